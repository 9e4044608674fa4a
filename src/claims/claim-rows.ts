import type { MagnetAnswer } from '../magnets';
import type { Command, CommandTransaction } from '../platform/database/command';
import { claimColumns, type ClaimRow } from './claim.entity';
import { claimId } from './claim.id';

/** A claim with what its code says. */
export interface LockedClaim extends ClaimRow {
  code_name: string;
  code_mu: number;
  code_message: string | null;
  code_magnet: string | null;
  /** Its answer to the magnet, which no stored answer of a command has. */
  answer: MagnetAnswer | null;
}

const lockSql = `
  SELECT ${claimColumns}, q.name AS code_name, q.mu AS code_mu, q.message_id AS code_message,
    q.magnet_id AS code_magnet, c.answer
  FROM claims c JOIN qr_codes q ON q.id = c.code_id
  JOIN (SELECT DISTINCT id, brand_id FROM unnest($1::uuid[], $2::uuid[]) AS t(id, brand_id)) t
    ON t.id = c.id AND t.brand_id = c.brand_id
  ORDER BY c.id
  FOR NO KEY UPDATE OF c`;

/** Locks the claims a list of commands names, of the brands they come from; by UUID and brand. */
export async function lockClaims(
  tx: CommandTransaction,
  commands: readonly Command<{ claimId: string }>[],
): Promise<(command: Command<{ claimId: string }>) => LockedClaim | undefined> {
  const ids = commands.map(({ input }) => claimId.decode(input.claimId));
  const rows = await tx.query<LockedClaim>(lockSql, [ids, commands.map(({ tenant }) => tenant)]);
  const found = new Map(rows.map((row) => [row.id, row]));
  return ({ input, tenant }) => {
    const row = found.get(claimId.decode(input.claimId) ?? '');
    return row?.brand_id === tenant ? row : undefined;
  };
}

const storeSql = `
  UPDATE claims c SET state = t.state, mu = t.mu, message_id = t.message_id,
    customer_id = t.customer_id, event_id = t.event_id, answered_at = t.answered_at,
    bound_at = t.bound_at, answer = t.answer
  FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::uuid[], $5::uuid[], $6::uuid[],
    $7::timestamptz[], $8::timestamptz[], $9::jsonb[])
    AS t(id, state, mu, message_id, customer_id, event_id, answered_at, bound_at, answer)
  WHERE c.id = t.id`;

/** Writes what became of claims, whose rows are locked; an answer only while the claim waits. */
export async function storeClaims(
  tx: CommandTransaction,
  claims: readonly (ClaimRow & { answer?: MagnetAnswer | null })[],
): Promise<void> {
  if (claims.length === 0) return;
  const column = (name: keyof ClaimRow) => claims.map((claim) => claim[name]);
  await tx.query(storeSql, [
    column('id'),
    column('state'),
    column('mu'),
    column('message_id'),
    column('customer_id'),
    column('event_id'),
    column('answered_at'),
    column('bound_at'),
    claims.map(({ state, answer }) =>
      state === 'PENDING' && answer != null ? JSON.stringify(answer) : null,
    ),
  ]);
}

/** A claim as an answer keeps it. */
export function snapshotOf(claim: LockedClaim): ClaimRow {
  const {
    code_name: _name,
    code_mu: _mu,
    code_message: _message,
    code_magnet: _magnet,
    answer: _answer,
    ...row
  } = claim;
  return row;
}
