import { lockRelationships } from '../customers';
import type { CommandTransaction } from '../platform/database/command';
import { ConflictError } from '../platform/database/errors';

const stayingSql = `
  SELECT c.id FROM customers c WHERE c.id = ANY ($1::uuid[]) AND c.merged_into IS NULL
  ORDER BY c.id FOR SHARE`;

/**
 * Holds customers with their brands until the transaction ends: nobody merges them away from their
 * orders, and nobody else counts these. Throws ConflictError when one has just been merged, upon
 * which the transaction runs again and finds the survivor.
 */
export async function lockBuyers(
  tx: CommandTransaction,
  pairs: readonly { brandId: string; customerId: string }[],
): Promise<void> {
  const people = [...new Set(pairs.map(({ customerId }) => customerId))];
  const staying = await tx.query(stayingSql, [people]);
  if (staying.length < people.length) throw new ConflictError('a customer has just been merged');
  await lockRelationships(
    tx,
    pairs.map(({ brandId, customerId }) => ({ brandId, customer: customerId })),
  );
}
