import type { CommandTransaction } from '../platform/database/command';
import { readCustomerBy, type CustomerBy } from './customer-by';
import { keyValues, selectByKey } from './customer-key.sql';

/** A customer as one brand names them. */
export interface CustomerRequest {
  brandId: string;
  by: CustomerBy;
}

const resolveSql = selectByKey('r.customer_id');

/**
 * UUIDs of the customers brands name, in the same order and in one statement; null where the brand has
 * no relationship with such a customer, be they unknown, another brand's, or named by a malformed key.
 */
export async function resolveCustomers(
  tx: Pick<CommandTransaction, 'query'>,
  requests: readonly CustomerRequest[],
): Promise<(string | null)[]> {
  const uuids = requests.map((): string | null => null);
  if (requests.length === 0) return uuids;
  const keys = requests.map(({ brandId, by }) => ({ brandId, key: readCustomerBy(by) }));
  const rows = await tx.query<{ place: number; customer_id: string }>(resolveSql, keyValues(keys));
  for (const row of rows) uuids[row.place - 1] = row.customer_id;
  return uuids;
}
