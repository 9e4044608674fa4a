import type { CommandTransaction } from '../platform/database/command';

// Each step of it reads the end of an index: the last lines of a pocket, the last events of a customer.
const signsSql = `
  SELECT t.customer_id, greatest(m.at, v.at) AS at
  FROM unnest($1::uuid[]) AS t(customer_id)
  LEFT JOIN LATERAL (
    SELECT max(l.posted_at) AS at FROM accounts a
    CROSS JOIN LATERAL (
      SELECT e.posted_at FROM entries e JOIN transfers x ON x.id = e.transfer_id
      WHERE e.account_id = a.id AND x.kind <> 'DECAY' ORDER BY e.number DESC LIMIT 1) l
    WHERE a.customer_id = t.customer_id) m ON true
  LEFT JOIN LATERAL (
    SELECT e.occurred_at AS at FROM attention_events e
    WHERE e.customer_id = t.customer_id AND e.confidence >= 50
    ORDER BY e.occurred_at DESC LIMIT 1) v ON true`;

/**
 * When each customer last gave attention to any brand, as far as a person can have done it, or had Mu
 * moved, on hold included; decay itself is no sign of life.
 */
export async function lastSignsOf(
  tx: CommandTransaction,
  customerIds: readonly string[],
): Promise<Map<string, Date>> {
  const rows = await tx.query<{ customer_id: string; at: Date | null }>(signsSql, [customerIds]);
  return new Map(rows.flatMap(({ customer_id, at }) => (at === null ? [] : [[customer_id, at]])));
}
