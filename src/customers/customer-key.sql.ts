import type { CustomerKey } from './customer-by';

/** One key to look up in one brand; a null key finds nobody. */
export interface BrandKey {
  brandId: string;
  key: CustomerKey | null;
}

/**
 * A statement over the relationships `r` behind keys `f`, of which $1…$5 hold one a row. A brand finds a
 * customer only by what it was told itself: the directory over all brands is not asked. The key that
 * counts is worked out before the join, because under row-level security a join on an expression such
 * as coalesce reads the whole table.
 */
export function selectByKey(columns: string): string {
  return `
    WITH found AS MATERIALIZED (
      SELECT k.place, k.brand_id, coalesce(k.customer_id, x.customer_id, i.customer_id) AS customer_id
      FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[])
        WITH ORDINALITY AS k(brand_id, customer_id, external_id, kind, value, place)
      LEFT JOIN relationships x ON x.brand_id = k.brand_id AND x.external_id = k.external_id
      LEFT JOIN brand_identities i
        ON i.brand_id = k.brand_id AND i.kind = k.kind AND i.value = k.value),
    survivors AS MATERIALIZED (
      SELECT f.place, f.brand_id, coalesce(m.merged_into, f.customer_id) AS customer_id
      FROM found f
      LEFT JOIN customers m ON m.id = f.customer_id AND m.merged_into IS NOT NULL)
    SELECT f.place, ${columns}
    FROM survivors f
    JOIN relationships r ON r.brand_id = f.brand_id AND r.customer_id = f.customer_id`;
}

/** The values of $1…$5. */
export function keyValues(keys: readonly BrandKey[]): unknown[] {
  const valuesOf = (...kinds: string[]): (string | null)[] =>
    keys.map(({ key }) => (key !== null && kinds.includes(key.kind) ? key.value : null));
  const identityKinds = keys.map(({ key }) =>
    key?.kind === 'EMAIL' || key?.kind === 'PHONE' || key?.kind === 'DEVICE' ? key.kind : null,
  );
  return [
    keys.map(({ brandId }) => brandId),
    valuesOf('ID'),
    valuesOf('EXTERNAL_ID'),
    identityKinds,
    valuesOf('EMAIL', 'PHONE', 'DEVICE'),
  ];
}
