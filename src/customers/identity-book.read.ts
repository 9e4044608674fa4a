import type { CommandTransaction } from '../platform/database/command';
import type { IdentifyRequest } from './identify.request';
import { IdentityBook } from './identity-book';
import type { IdentityKind } from './identity.type';

interface KeyRow {
  source: 'EXTERNAL_ID' | 'OWN' | 'DIRECTORY';
  brand_id: string;
  kind: IdentityKind;
  value: string;
  customer_id: string;
  confirmed: boolean;
}

interface RelationshipRow {
  brand_id: string;
  customer_id: string;
  external_id: string | null;
  email: string | null;
  phone: string | null;
  traits: Record<string, unknown>;
}

interface CountRow {
  brand_id: string;
  customer_id: string;
  kind: IdentityKind;
  count: number;
}

const keysSql = `
  SELECT 'EXTERNAL_ID' AS source, r.brand_id, NULL AS kind, r.external_id AS value,
    coalesce(m.merged_into, r.customer_id) AS customer_id, false AS confirmed
  FROM unnest($1::uuid[], $2::text[]) AS k(brand_id, external_id)
  JOIN relationships r ON r.brand_id = k.brand_id AND r.external_id = k.external_id
  LEFT JOIN customers m ON m.id = r.customer_id AND m.merged_into IS NOT NULL
  UNION ALL
  SELECT 'OWN', i.brand_id, i.kind, i.value, i.customer_id, i.confirmed_at IS NOT NULL
  FROM unnest($3::uuid[], $4::text[], $5::text[]) AS k(brand_id, kind, value)
  JOIN brand_identities i
    ON i.brand_id = k.brand_id AND i.kind = k.kind AND i.value = k.value
  UNION ALL
  SELECT 'DIRECTORY', NULL, i.kind, i.value, i.customer_id, false
  FROM unnest($4::text[], $5::text[]) AS k(kind, value)
  JOIN identities i ON i.kind = k.kind AND i.value = k.value`;

// Locked in the order of the primary key, as every batch does it. A command may meet any customer of
// its batch, since a line one command adds to the directory leads the next one there.
const relationshipsSql = `
  SELECT brand_id, customer_id, external_id, email, phone, traits
  FROM relationships
  WHERE brand_id = ANY ($1::uuid[]) AND customer_id = ANY ($2::uuid[])
  ORDER BY brand_id, customer_id
  FOR NO KEY UPDATE`;

const erasedSql = `
  SELECT e.brand_id, e.customer_id FROM erasures e
  WHERE e.brand_id = ANY ($1::uuid[]) AND e.customer_id = ANY ($2::uuid[])`;

// Under the locks of the relationships. No more are counted than it takes to be too many.
const countsSql = `
  SELECT t.brand_id, t.customer_id, k.kind, (
    SELECT count(*) FROM (SELECT FROM brand_identities i
      WHERE i.customer_id = t.customer_id AND i.brand_id = t.brand_id AND i.kind = k.kind LIMIT $3) x) AS count
  FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, customer_id)
  CROSS JOIN unnest(ARRAY['EMAIL', 'PHONE', 'APP', 'DEVICE']) AS k(kind)`;

/** Opens the book on everything the database knows of the keys of these requests. */
export async function readBook(
  tx: CommandTransaction,
  requests: readonly IdentifyRequest[],
): Promise<IdentityBook> {
  const book = new IdentityBook(tx.limits);
  const rows = await readKeys(tx, requests);
  for (const row of rows) {
    const { brand_id: brandId, kind, value, customer_id: customer, confirmed } = row;
    if (row.source === 'EXTERNAL_ID') book.knowExternalId(brandId, value, customer);
    if (row.source === 'OWN') book.knowIdentity({ brandId, kind, value, customer, confirmed });
    if (row.source === 'DIRECTORY') book.knowLine({ kind, value, customer });
  }
  const customers = [...new Set(rows.map((row) => row.customer_id))];
  if (customers.length === 0) return book;
  const brands = [...new Set(requests.map((request) => request.brandId))];
  const relationships = await tx.query<RelationshipRow>(relationshipsSql, [brands, customers]);
  for (const row of relationships) {
    const { brand_id: brandId, customer_id: customer, external_id: externalId, ...rest } = row;
    book.knowRelationship({ brandId, customer, externalId, ...rest });
  }
  const erased = await tx.query<Pick<CountRow, 'brand_id' | 'customer_id'>>(erasedSql, [
    brands,
    customers,
  ]);
  for (const row of erased) book.knowErased(row.brand_id, row.customer_id);
  const counts = await tx.query<CountRow>(countsSql, [
    relationships.map((row) => row.brand_id),
    relationships.map((row) => row.customer_id),
    tx.limits.identitiesPerKind,
  ]);
  for (const row of counts) book.knowCount(row.brand_id, row.customer_id, row.kind, row.count);
  return book;
}

function readKeys(tx: CommandTransaction, requests: readonly IdentifyRequest[]): Promise<KeyRow[]> {
  const filed = requests.filter((request) => request.externalId !== null);
  const claims = requests.flatMap(({ brandId, identities }) =>
    identities.map(({ kind, value }) => ({ brandId, kind, value })),
  );
  return tx.query<KeyRow>(keysSql, [
    filed.map((request) => request.brandId),
    filed.map((request) => request.externalId),
    claims.map((claim) => claim.brandId),
    claims.map((claim) => claim.kind),
    claims.map((claim) => claim.value),
  ]);
}
