import { toEntities } from '../platform/database/rows';
import { defineLoader } from '../platform/graphql/loaders';
import { IdentityEntity } from './identity.entity';
import { listsOf } from './lists';

/** People have a few; a brand that names more sees the newest. */
const most = 100;

const forBrandSql = `
  SELECT i.*
  FROM unnest($2::uuid[]) AS c(id)
  CROSS JOIN LATERAL (
    SELECT b.brand_id, b.customer_id, b.kind, b.value, b.confirmed_at, b.proven_at,
      b.created_at
    FROM brand_identities b WHERE b.customer_id = c.id AND b.brand_id = $1
    ORDER BY b.created_at DESC, b.kind, b.value LIMIT ${most}) i`;

const forCustomerSql = `
  SELECT b.customer_id, b.kind, b.value, min(b.confirmed_at) AS confirmed_at,
    min(b.proven_at) AS proven_at, min(b.created_at) AS created_at
  FROM brand_identities b WHERE b.customer_id = $1
  GROUP BY b.customer_id, b.kind, b.value
  ORDER BY created_at DESC, b.kind, b.value LIMIT ${most}`;

/**
 * Identities by the customers' UUIDs, newest first: what the brand itself was told; for the person,
 * what any brand was told, each once; for everybody else none.
 */
export const identityLoader = defineLoader<string, IdentityEntity[]>(async (context, uuids) => {
  const { caller, reads } = context;
  let rows: Record<string, unknown>[] = [];
  if (caller.kind === 'brand') rows = await reads.query(forBrandSql, [caller.brandId, uuids]);
  if (caller.kind === 'customer') rows = await reads.query(forCustomerSql, [caller.customerId]);
  return listsOf(uuids, toEntities(IdentityEntity, rows), (identity) => identity.customerUuid);
});
