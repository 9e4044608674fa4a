import type { CommandTransaction } from '../platform/database/command';

const lockSql = `
  SELECT r.brand_id, r.customer_id FROM relationships r
  JOIN (SELECT DISTINCT brand_id, customer_id FROM unnest($1::uuid[], $2::uuid[])
    AS t(brand_id, customer_id)) t ON t.brand_id = r.brand_id AND t.customer_id = r.customer_id
  ORDER BY r.brand_id, r.customer_id
  FOR NO KEY UPDATE OF r`;

/**
 * Locks what brands have with customers, in the order in which every writer locks it, so that what is
 * counted about a customer of a brand afterwards stays so.
 */
export async function lockRelationships(
  tx: CommandTransaction,
  pairs: readonly { brandId: string; customer: string }[],
): Promise<void> {
  await tx.query(lockSql, [
    pairs.map(({ brandId }) => brandId),
    pairs.map(({ customer }) => customer),
  ]);
}
