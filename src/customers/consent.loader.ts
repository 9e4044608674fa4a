import { toEntities } from '../platform/database/rows';
import { defineLoader } from '../platform/graphql/loaders';
import { ConsentEntity } from './consent.entity';
import { listsOf } from './lists';

const forBrandSql = `
  SELECT brand_id, customer_id, purpose, granted, recorded_at
  FROM consents WHERE brand_id = $1 AND customer_id = ANY ($2::uuid[])
  ORDER BY purpose`;

const forCustomerSql = `
  SELECT brand_id, customer_id, purpose, granted, recorded_at
  FROM consents WHERE customer_id = $1
  ORDER BY brand_id, purpose`;

/**
 * Consents by the customers' UUIDs: what the brand itself recorded; for the person, what any brand
 * recorded; for everybody else none.
 */
export const consentLoader = defineLoader<string, ConsentEntity[]>(async (context, uuids) => {
  const { caller, reads } = context;
  let rows: Record<string, unknown>[] = [];
  if (caller.kind === 'brand') rows = await reads.query(forBrandSql, [caller.brandId, uuids]);
  if (caller.kind === 'customer') rows = await reads.query(forCustomerSql, [caller.customerId]);
  return listsOf(uuids, toEntities(ConsentEntity, rows), (consent) => consent.customerUuid);
});
