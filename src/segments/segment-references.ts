import type { CommandTransaction } from '../platform/database/command';

const livingSql = `
  SELECT t.place::integer AS place, s.id
  FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS t(id, brand_id, place)
  JOIN segments s ON s.id = t.id AND s.brand_id = t.brand_id AND s.deleted_at IS NULL`;

/**
 * Those of the UUIDs that are of a saved segment of the brand at the same place of the other list; null where
 * none is named, and where it is unknown, another brand's or deleted. At most one statement.
 */
export async function savedSegments(
  tx: Pick<CommandTransaction, 'query'>,
  uuids: readonly (string | null)[],
  brandIds: readonly string[],
): Promise<(string | null)[]> {
  if (uuids.every((uuid) => uuid === null)) return uuids.map(() => null);
  const rows = await tx.query<{ place: number; id: string }>(livingSql, [uuids, brandIds]);
  const found = new Map(rows.map(({ place, id }) => [place - 1, id]));
  return uuids.map((_, at) => found.get(at) ?? null);
}

/**
 * Whether a customer is in a saved segment now, as a condition of SQL; both arguments are SQL. Nobody is in
 * one that was deleted.
 */
export function inSegmentSql(segment: string, customer: string): string {
  return `EXISTS (SELECT FROM segment_members sm
    JOIN segments sg ON sg.id = sm.segment_id AND sg.deleted_at IS NULL
    WHERE sm.segment_id = ${segment} AND sm.customer_id = ${customer})`;
}

/** What a condition about the band of a customer names, as SQL. */
interface BandAsked {
  brand: string;
  customer: string;
  /** A text. */
  model: string;
  /** An array of texts. */
  bands: string;
}

/** Whether a model has put a customer into one of these bands, as a condition of SQL. */
export function inBandSql({ brand, customer, model, bands }: BandAsked): string {
  return `EXISTS (SELECT FROM brand_bands bb
    WHERE bb.brand_id = ${brand} AND bb.model = ${model}
      AND bb.customer_id = ${customer} AND bb.band = ANY (${bands}))`;
}
