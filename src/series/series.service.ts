import type { CommandTransaction } from '../platform/database/command';
import { seriesItemId } from './series.id';

const itemsSql = `
  SELECT i.id, i.series_id, i.brand_id FROM unnest($1::uuid[], $2::uuid[]) AS t(id, brand_id)
  JOIN em_series_items i ON i.id = t.id AND i.brand_id = t.brand_id`;

/** An item and the series it belongs to. */
export interface ItemOfSeries {
  itemId: string;
  seriesId: string;
}

/** The items of these ids, each of the brand at the same place of the other list; null where there is none. */
export async function itemsByIds(
  tx: CommandTransaction,
  ids: readonly (string | null)[],
  brandIds: readonly string[],
): Promise<(ItemOfSeries | null)[]> {
  const uuids = ids.map((id) => (id === null ? null : seriesItemId.decode(id)));
  if (uuids.every((uuid) => uuid === null)) return ids.map(() => null);
  const rows = await tx.query<{ id: string; series_id: string; brand_id: string }>(itemsSql, [
    uuids,
    brandIds,
  ]);
  const found = new Map(rows.map((row) => [`${row.brand_id} ${row.id}`, row]));
  return uuids.map((uuid, at) => {
    const row = found.get(`${brandIds[at]} ${uuid}`);
    return row === undefined ? null : { itemId: row.id, seriesId: row.series_id };
  });
}

const lockSql = `
  SELECT s.* FROM em_series s WHERE (s.id, s.brand_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))
  ORDER BY s.id FOR NO KEY UPDATE`;

/** Columns of the em_series table. */
export interface SeriesRow extends Record<string, unknown> {
  id: string;
  brand_id: string;
  name: string;
  daily_slot: string;
  state: string;
}

/** Locks series of brands; by "brand series". */
export async function lockSeries(
  tx: CommandTransaction,
  ids: readonly (string | null)[],
  brandIds: readonly string[],
): Promise<Map<string, SeriesRow>> {
  const rows = await tx.query<SeriesRow>(lockSql, [ids, brandIds]);
  return new Map(rows.map((row) => [`${row.brand_id} ${row.id}`, row]));
}
