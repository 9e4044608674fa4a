import { defineLoader } from '../platform/graphql/loaders';
import type { Context } from '../platform/graphql/context';
import { CustomerEntity } from './customer.entity';
import type { CustomerKey } from './customer-by';
import { keyValues, selectByKey } from './customer-key.sql';

/** What a row of `relationships` shows of a customer; the one list of columns for every view. */
export const relationshipColumns = `r.brand_id, r.customer_id, r.external_id, r.email, r.phone,
  r.traits, r.created_at, r.updated_at`;

const forBrandSql = selectByKey(relationshipColumns);

const forPlatformSql = `
  SELECT c.id, coalesce(c.merged_into, c.id) AS survivor FROM customers c
  WHERE c.id = ANY ($1::uuid[])`;

const newest = (kind: string): string => `(
  SELECT i.value FROM brand_identities i WHERE i.customer_id = c.id AND i.kind = '${kind}'
  ORDER BY i.created_at DESC, i.value LIMIT 1)`;

const forCustomerSql = `
  SELECT r.brand_id, c.id AS customer_id, r.external_id, ${newest('EMAIL')} AS email,
    ${newest('PHONE')} AS phone, r.traits, r.created_at, r.updated_at
  FROM customers c
  JOIN relationships r ON r.customer_id = c.id AND r.brand_id = $2
  WHERE c.id = $1`;

/** Customers by UUID, as the caller may see them; null for unknown ones. */
export const customerLoader = defineLoader<string, CustomerEntity | null>((context, uuids) =>
  loadCustomers(
    context,
    uuids.map((value) => ({ kind: 'ID', value })),
  ),
);

/** Customers by any key, as the caller may see them; null for unknown ones. */
export const customerByKeyLoader = defineLoader<CustomerKey, CustomerEntity | null>(
  loadCustomers,
  ({ kind, value }) => `${kind} ${value}`,
);

async function loadCustomers(
  context: Context,
  keys: readonly CustomerKey[],
): Promise<(CustomerEntity | null)[]> {
  const { caller } = context;
  if (caller.kind === 'brand') return loadForBrand(context, caller.brandId, keys);
  if (caller.kind === 'customer') return loadForCustomer(context, caller, keys);
  if (caller.kind === 'platform') return loadForPlatform(context, keys);
  return keys.map(() => null);
}

async function loadForBrand(
  context: Context,
  brandId: string,
  keys: readonly CustomerKey[],
): Promise<(CustomerEntity | null)[]> {
  const customers = keys.map((): CustomerEntity | null => null);
  const values = keyValues(keys.map((key) => ({ brandId, key })));
  for (const row of await context.reads.query(forBrandSql, values)) {
    customers[(row['place'] as number) - 1] = CustomerEntity.ofRelationship(row);
  }
  return customers;
}

/** A person finds themselves only, by what they see of themselves. */
async function loadForCustomer(
  context: Context,
  { customerId, brandId }: { customerId: string; brandId: string },
  keys: readonly CustomerKey[],
): Promise<(CustomerEntity | null)[]> {
  const [row] = await context.reads.query(forCustomerSql, [customerId, brandId]);
  if (row === undefined) return keys.map(() => null);
  const self = CustomerEntity.ofRelationship(row);
  const own = {
    ID: self.uuid,
    EXTERNAL_ID: self.externalId,
    EMAIL: self.email,
    PHONE: self.phone,
    // A person is not told apart by their device from themselves.
    DEVICE: null,
  };
  return keys.map(({ kind, value }) => (own[kind] === value ? self : null));
}

async function loadForPlatform(
  context: Context,
  keys: readonly CustomerKey[],
): Promise<(CustomerEntity | null)[]> {
  const uuids = keys.filter((key) => key.kind === 'ID').map((key) => key.value);
  const rows = await context.reads.query<{ id: string; survivor: string }>(forPlatformSql, [uuids]);
  const known = new Map(rows.map((row) => [row.id, row.survivor]));
  return keys.map(({ kind, value }) => {
    const uuid = kind === 'ID' ? known.get(value) : undefined;
    return uuid === undefined ? null : Object.assign(new CustomerEntity(), { uuid });
  });
}
