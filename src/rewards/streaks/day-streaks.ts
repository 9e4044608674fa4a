import type { CommandTransaction } from '../../platform/database/command';

const longestSql = `
  SELECT t.brand_id, t.customer_id, coalesce(max(s.current), 0)::integer AS current
  FROM (SELECT DISTINCT brand_id, customer_id FROM unnest($1::uuid[], $2::uuid[])
    AS t(brand_id, customer_id)) t
  LEFT JOIN streaks s ON s.brand_id = t.brand_id AND s.customer_id = t.customer_id
    AND s.strand = 'DAY' AND s.state = 'ALIVE'
  GROUP BY 1, 2`;

/** The longest living streak of days of each pair, by "brand customer", by whichever rule counts it. */
export async function dayStreaks(
  tx: CommandTransaction,
  pairs: readonly { brandId: string; customerId: string }[],
): Promise<Map<string, number>> {
  if (pairs.length === 0) return new Map();
  const rows = await tx.query<{ brand_id: string; customer_id: string; current: number }>(
    longestSql,
    [pairs.map((pair) => pair.brandId), pairs.map((pair) => pair.customerId)],
  );
  return new Map(rows.map((row) => [`${row.brand_id} ${row.customer_id}`, row.current]));
}
