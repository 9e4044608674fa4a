import { customerId } from '../customers';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { checkText } from '../platform/text';
import type { Credential } from './credential';
import { lockMembers, nameOf } from './member.service';
import type { ArrivalRow, MemberRow } from './velvet.entity';
import { velvetArrivalId } from './velvet.id';

/** What was read off a screen at a store; `credential` is null for what we did not sign. */
export interface RecordVelvetArrival {
  storeId: string;
  credential: Credential | null;
  /** SHA-256 of what was shown, so that the key stands for it also when it is none of ours. */
  shown: string;
}

export interface ArrivalAnswer extends Answer {
  arrival?: ArrivalRow;
}

const storeBytes = 200;

const usedSql = `
  SELECT a.credential_id FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, credential_id)
  JOIN velvet_arrivals a ON a.brand_id = t.brand_id AND a.credential_id = t.credential_id`;

const insertSql = `
  INSERT INTO velvet_arrivals
  SELECT * FROM jsonb_populate_recordset(NULL::velvet_arrivals, $1::jsonb)`;

/** Recognises members at stores; a credential is good for one arrival, with the brand it was made for. */
export const recordVelvetArrival: CommandHandler<RecordVelvetArrival, ArrivalAnswer> = {
  kind: 'recordVelvetArrival',
  async execute(tx, commands) {
    const own = commands.flatMap(({ input: { credential }, tenant }) =>
      credential !== null && credential.brandId === tenant ? [credential] : [],
    );
    // Members are locked, so of two who show the same credential the second sees the first.
    const members = await lockMembers(tx, own);
    const used = await usedCredentials(tx, own);
    const rows: ArrivalRow[] = [];
    const answers = commands.map((command): ArrivalAnswer => {
      const row = judge(tx, command, members, used);
      if (!('id' in row)) return refused(row);
      used.add(row.credential_id);
      rows.push(row);
      announce(tx, row);
      return { arrival: row, userErrors: [] };
    });
    if (rows.length > 0) await tx.query(insertSql, [JSON.stringify(rows)]);
    return answers;
  },
};

async function usedCredentials(
  tx: CommandTransaction,
  own: readonly Credential[],
): Promise<Set<string>> {
  if (own.length === 0) return new Set();
  const rows = await tx.query<{ credential_id: string }>(usedSql, [
    own.map(({ brandId }) => brandId),
    own.map(({ id }) => id),
  ]);
  return new Set(rows.map((row) => row.credential_id));
}

function judge(
  tx: CommandTransaction,
  { input, tenant }: Command<RecordVelvetArrival>,
  members: ReadonlyMap<string, MemberRow>,
  used: ReadonlySet<string>,
): ArrivalRow | UserErrorShape {
  const storeId = checkText(input.storeId, { maxBytes: storeBytes, field: ['storeId'] });
  if (storeId.refusal) return storeId.refusal;
  const { credential } = input;
  const now = tx.now.getTime() / 1000;
  if (credential === null || credential.brandId !== tenant || credential.expiresAt <= now) {
    return userError('INVALID_CREDENTIAL', ['credential']);
  }
  if (used.has(credential.id)) return userError('ALREADY_RESOLVED', ['credential']);
  const member = members.get(nameOf(credential.brandId, credential.customerId));
  if (member?.status !== 'ACTIVE') return userError('NOT_A_MEMBER', ['credential']);
  return {
    id: velvetArrivalId.create(),
    brand_id: credential.brandId,
    customer_id: credential.customerId,
    credential_id: credential.id,
    store_id: storeId.value,
    arrived_at: tx.now,
  };
}

function announce(tx: CommandTransaction, row: ArrivalRow): void {
  tx.announce({
    topic: 'velvet.arrived',
    brandId: row.brand_id,
    customerId: row.customer_id,
    payload: {
      arrivalId: velvetArrivalId.encode(row.id),
      customerId: customerId.encode(row.customer_id),
      storeId: row.store_id,
    },
  });
}
