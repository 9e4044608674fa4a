import type { CommandTransaction } from '../platform/database/command';
import type { MemberRow } from './velvet.entity';

/** A customer of a brand. */
export interface Pair {
  brandId: string;
  customerId: string;
}

export function nameOf(brandId: string, customerId: string): string {
  return `${brandId} ${customerId}`;
}

// The relationship is there before there is a member, so locking it makes people take turns who
// invite the same customer for the first time.
const turnsSql = `
  SELECT r.customer_id FROM relationships r
  WHERE (r.brand_id, r.customer_id) IN
    (SELECT t.brand_id, t.customer_id FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, customer_id))
  ORDER BY r.brand_id, r.customer_id FOR NO KEY UPDATE OF r`;

const membersSql = `
  SELECT m.* FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, customer_id)
  JOIN velvet_members m ON m.brand_id = t.brand_id AND m.customer_id = t.customer_id`;

/** Members behind pairs, held against everybody else who would change them, by `nameOf`. */
export async function lockMembers(
  tx: CommandTransaction,
  pairs: readonly Pair[],
): Promise<Map<string, MemberRow>> {
  if (pairs.length === 0) return new Map();
  const values = [pairs.map(({ brandId }) => brandId), pairs.map(({ customerId }) => customerId)];
  await tx.query(turnsSql, values);
  const rows = await tx.query<MemberRow>(membersSql, values);
  return new Map(rows.map((row) => [nameOf(row.brand_id, row.customer_id), row]));
}
