import type { Answer, Command, CommandTransaction } from '../platform/database/command';
import { sameHash } from '../platform/auth/secrets';
import { userError, type UserErrorShape } from '../platform/errors';
import { confirmationId, customerId } from './customer.id';
import type { IdentityKind } from './identity.type';
import { lockRelationships } from './lock-relationships';
import { proveIdentities, type ProvenIdentity } from './proven-identity';

/** A code given back: its proof under a key of the service stands for the code. */
export interface ConfirmIdentity {
  confirmationId: string;
  proof: string;
}

/** Holds the UUID of whose identity it is from now on. */
export interface ConfirmIdentityAnswer extends Answer {
  customer?: string;
}

export const confirmIdentityKind = 'confirmIdentity';

export const identityTopics = {
  'identity.confirmed': 'A customer proved with a code that an address or number is theirs.',
};

/** What giving a code back led to. */
export type Confirmed = ProvenIdentity | UserErrorShape;

interface Row {
  id: string;
  brand_id: string;
  customer_id: string;
  kind: IdentityKind;
  value: string;
  code_hash: Buffer;
  attempts: number;
  expires_at: Date;
  confirmed_at: Date | null;
}

const lockSql = `
  SELECT c.* FROM identity_confirmations c
  JOIN (SELECT DISTINCT id, brand_id FROM unnest($1::uuid[], $2::uuid[]) AS t(id, brand_id)) t
    ON t.id = c.id AND t.brand_id = c.brand_id
  ORDER BY c.id
  FOR NO KEY UPDATE OF c`;

const storeSql = `
  UPDATE identity_confirmations c SET attempts = t.attempts, confirmed_at = t.confirmed_at
  FROM unnest($1::uuid[], $2::integer[], $3::timestamptz[]) AS t(id, attempts, confirmed_at)
  WHERE c.id = t.id`;

/**
 * Judges the codes of a list of commands one after another under the locks of their confirmations, and
 * writes down what was proven. A wrong code is counted, which is why a refusal is stored too.
 */
export async function confirmIdentities(
  tx: CommandTransaction,
  commands: readonly Command<ConfirmIdentity>[],
): Promise<Confirmed[]> {
  const rows = await lockConfirmations(tx, commands);
  const judged = commands.map((command) => judge(tx, command, rows));
  await tx.query(storeSql, [
    [...rows.keys()],
    [...rows.values()].map((row) => row.attempts),
    [...rows.values()].map((row) => row.confirmed_at),
  ]);
  const proven = judged.filter((one): one is Row => 'value' in one).map(claimOf);
  if (proven.length === 0) return judged as UserErrorShape[];
  await lockRelationships(tx, proven);
  const identities = (await proveIdentities(tx, proven)).values();
  for (const { brandId, customer, kind } of proven) {
    const payload = { customerId: customerId.encode(customer), kind };
    tx.announce({ topic: 'identity.confirmed', brandId, customerId: customer, payload });
  }
  return judged.map((one) => ('value' in one ? (identities.next().value as ProvenIdentity) : one));
}

async function lockConfirmations(
  tx: CommandTransaction,
  commands: readonly Command<ConfirmIdentity>[],
): Promise<Map<string, Row>> {
  const named = commands.flatMap(({ input, tenant }) => {
    const id = confirmationId.decode(input.confirmationId);
    return id === null || tenant === null ? [] : [{ id, tenant }];
  });
  const rows = await tx.query<Row>(lockSql, [
    named.map(({ id }) => id),
    named.map(({ tenant }) => tenant),
  ]);
  return new Map(rows.map((row) => [row.id, row]));
}

function judge(
  { now, limits }: CommandTransaction,
  { input, tenant, subject }: Command<ConfirmIdentity>,
  rows: ReadonlyMap<string, Row>,
): Row | UserErrorShape {
  const row = rows.get(confirmationId.decode(input.confirmationId) ?? '');
  if (row === undefined || row.brand_id !== tenant || isForeign(row, subject)) {
    return userError('NOT_FOUND', ['confirmationId']);
  }
  const tooOften = row.attempts >= limits.confirmationAttempts;
  if (row.confirmed_at !== null || row.expires_at <= now || tooOften) {
    return userError('CONFIRMATION_CLOSED', ['confirmationId']);
  }
  row.attempts += 1;
  if (!sameHash(Buffer.from(input.proof, 'base64'), row.code_hash)) {
    return userError('WRONG_CODE', ['code']);
  }
  row.confirmed_at = now;
  return row;
}

function isForeign(row: Row, subject: Command['subject']): boolean {
  return subject != null && subject !== row.customer_id;
}

function claimOf(row: Row): Omit<ProvenIdentity, 'owner'> {
  const { brand_id: brandId, customer_id: customer, kind, value } = row;
  return { brandId, customer, kind, value };
}
