import { viewer } from '../platform/auth/caller';
import { defineLoader } from '../platform/graphql/loaders';

const balancesSql = `
  SELECT a.owner, a.balance FROM accounts a
  WHERE a.kind = 'RESERVE' AND a.owner = ANY ($3::uuid[])
    AND ($1::uuid IS NULL OR a.brand_id = $1) AND $2::uuid IS NULL`;

/** What is left in a brand's reserves, by the UUID of what they are set aside for; 0 for unknown ones. */
export const reserveBalanceLoader = defineLoader<string, number>(async (context, purposes) => {
  const values = [...viewer(context.caller), purposes];
  const rows = await context.reads.query<{ owner: string; balance: number }>(balancesSql, values);
  const balances = new Map(rows.map(({ owner, balance }) => [owner, balance]));
  return purposes.map((purpose) => balances.get(purpose) ?? 0);
});
