import type { CommandTransaction } from '../platform/database/command';
import type { IdentityKind } from './identity.type';

/** An identity a customer has proven theirs with a brand, and whose it was proven to be before. */
export interface ProvenIdentity {
  brandId: string;
  customer: string;
  kind: IdentityKind;
  value: string;
  /** The customer themselves, or somebody who proved the same earlier and therefore is the same person. */
  owner: string;
}

type Claim = Omit<ProvenIdentity, 'owner'>;

// Of several claims on one identity in a list the first comes first. What was not proven before yields
// to proof; what was, stays, and is answered.
const directorySql = `
  INSERT INTO identities AS i (kind, value, customer_id, created_at, confirmed_at)
  SELECT DISTINCT ON (t.kind, t.value) t.kind, t.value, t.customer_id, $4, $4
  FROM unnest($1::text[], $2::text[], $3::uuid[]) WITH ORDINALITY AS t(kind, value, customer_id, place)
  ORDER BY t.kind, t.value, t.place
  ON CONFLICT (kind, value) DO UPDATE SET
    customer_id = CASE WHEN i.confirmed_at IS NULL THEN excluded.customer_id ELSE i.customer_id END,
    confirmed_at = coalesce(i.confirmed_at, excluded.confirmed_at)
  RETURNING i.kind, i.value, i.customer_id`;

const ofBrandsSql = `
  INSERT INTO brand_identities AS i
    (brand_id, kind, value, customer_id, created_at, confirmed_at, proven_at)
  SELECT DISTINCT ON (t.brand_id, t.kind, t.value) t.brand_id, t.kind, t.value, t.customer_id, $5, $5, $5
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[]) WITH ORDINALITY
    AS t(brand_id, kind, value, customer_id, place)
  ORDER BY t.brand_id, t.kind, t.value, t.place
  ON CONFLICT (brand_id, kind, value) DO UPDATE SET
    customer_id = CASE WHEN i.confirmed_at IS NULL THEN excluded.customer_id ELSE i.customer_id END,
    confirmed_at = coalesce(i.confirmed_at, excluded.confirmed_at),
    proven_at = coalesce(i.proven_at, excluded.proven_at)
  RETURNING i.brand_id, i.kind, i.value, i.customer_id`;

// Whoever else had the address at the head of their relationship has it there no longer.
const headsSql = `
  UPDATE relationships r SET
    email = CASE WHEN r.customer_id = t.customer_id AND t.kind = 'EMAIL' THEN t.value
      WHEN r.customer_id <> t.customer_id AND t.kind = 'EMAIL' AND r.email = t.value THEN NULL
      ELSE r.email END,
    phone = CASE WHEN r.customer_id = t.customer_id AND t.kind = 'PHONE' THEN t.value
      WHEN r.customer_id <> t.customer_id AND t.kind = 'PHONE' AND r.phone = t.value THEN NULL
      ELSE r.phone END,
    updated_at = $5
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[]) AS t(brand_id, kind, value, customer_id)
  WHERE r.brand_id = t.brand_id AND (r.customer_id = t.customer_id
    OR (t.kind = 'EMAIL' AND r.email = t.value) OR (t.kind = 'PHONE' AND r.phone = t.value))`;

interface Owned {
  brand_id?: string;
  kind: IdentityKind;
  value: string;
  customer_id: string;
}

/**
 * Writes down what was proven: with the brand, and in the directory over all brands. The brand's own
 * earlier proof says first whose it is, then the directory's.
 */
export async function proveIdentities(
  tx: CommandTransaction,
  claims: readonly Claim[],
): Promise<ProvenIdentity[]> {
  const brands = claims.map(({ brandId }) => brandId);
  const kinds = claims.map(({ kind }) => kind);
  const values = claims.map(({ value }) => value);
  const customers = claims.map(({ customer }) => customer);
  const lines = await tx.query<Owned>(directorySql, [kinds, values, customers, tx.now]);
  const own = await tx.query<Owned>(ofBrandsSql, [brands, kinds, values, customers, tx.now]);
  const owners = new Map([...lines, ...own].map((row) => [nameOf(row), row.customer_id]));
  const proven = claims.map((claim) => {
    const withBrand = owners.get(nameOf({ ...claim, brand_id: claim.brandId }));
    const overall = owners.get(nameOf(claim)) as string;
    const owner = withBrand === claim.customer ? overall : (withBrand as string);
    return { ...claim, owner };
  });
  const heads = proven.filter(({ brandId, kind, value, customer }) => {
    return owners.get(nameOf({ brand_id: brandId, kind, value })) === customer;
  });
  await tx.query(headsSql, [
    heads.map(({ brandId }) => brandId),
    heads.map(({ kind }) => kind),
    heads.map(({ value }) => value),
    heads.map(({ customer }) => customer),
    tx.now,
  ]);
  return proven;
}

function nameOf({ brand_id: brand, kind, value }: Omit<Owned, 'customer_id'>): string {
  return `${brand ?? ''} ${kind} ${value}`;
}
