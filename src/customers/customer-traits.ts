import type { CommandTransaction } from '../platform/database/command';
import { isZoneName } from '../platform/zones';

/** Traits of one customer, as one brand told them. */
export type Traits = Readonly<Record<string, unknown>>;

const traitsSql = `
  SELECT r.brand_id, r.customer_id,
    (SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each(r.traits) e WHERE e.key = ANY ($3::text[]))
      AS traits
  FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, customer_id)
  JOIN relationships r ON r.brand_id = t.brand_id AND r.customer_id = t.customer_id
  WHERE r.traits ?| $3::text[]`;

/** The traits of these names, by "brand customer", in one statement; a customer who has none is left out. */
export async function customerTraits(
  tx: Pick<CommandTransaction, 'query'>,
  pairs: readonly { brandId: string; customerId: string }[],
  names: readonly string[],
): Promise<Map<string, Traits>> {
  const rows = await tx.query<{ brand_id: string; customer_id: string; traits: Traits }>(
    traitsSql,
    [pairs.map((pair) => pair.brandId), pairs.map((pair) => pair.customerId), names],
  );
  return new Map(rows.map((row) => [`${row.brand_id} ${row.customer_id}`, row.traits]));
}

/** The time zone a customer's traits name (`timezone`, an IANA zone), or null. */
export function zoneIn(traits: Traits): string | null {
  const zone = traits['timezone'];
  return typeof zone === 'string' && isZoneName(zone) ? zone : null;
}
