import { brandOf } from '../platform/auth/caller';
import { toEntities } from '../platform/database/rows';
import {
  readPage,
  toConnection,
  type Connection,
  type PageArgs,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { defineListLoader, defineLoader } from '../platform/graphql/loaders';
import { EmSeriesEntity } from './em-series.entity';
import { SeriesItemEntity } from './series-item.entity';

/** Series are the affair of the brand that sends them, and of the platform. */
function mayRead({ caller }: Context): boolean {
  return caller.kind === 'brand' || caller.kind === 'platform';
}

const seriesSql = `
  SELECT s.* FROM em_series s WHERE s.id = ANY ($2::uuid[]) AND ($1::uuid IS NULL OR s.brand_id = $1)`;

export const emSeriesLoader = defineLoader<string, EmSeriesEntity | null>(async (context, ids) => {
  if (!mayRead(context)) return ids.map(() => null);
  const rows = await context.reads.query(seriesSql, [brandOf(context.caller), ids]);
  const found = new Map(toEntities(EmSeriesEntity, rows).map((one) => [one.uuid, one]));
  return ids.map((id) => found.get(id) ?? null);
});

const itemsSql = `
  SELECT i.* FROM em_series_items i WHERE i.id = ANY ($2::uuid[]) AND ($1::uuid IS NULL OR i.brand_id = $1)`;

export const seriesItemLoader = defineLoader<string, SeriesItemEntity | null>(
  async (context, ids) => {
    if (!mayRead(context)) return ids.map(() => null);
    const rows = await context.reads.query(itemsSql, [brandOf(context.caller), ids]);
    const found = new Map(toEntities(SeriesItemEntity, rows).map((one) => [one.uuid, one]));
    return ids.map((id) => found.get(id) ?? null);
  },
);

const listSql = `
  SELECT i.* FROM unnest($2::uuid[]) AS s(id)
  CROSS JOIN LATERAL (
    SELECT * FROM em_series_items x WHERE x.series_id = s.id AND ($1::uuid IS NULL OR x.brand_id = $1)
      AND x.position > $3 ORDER BY x.position LIMIT $4) i
  ORDER BY i.position`;

const listLoader = defineListLoader<{ first: number; after: number }, SeriesItemEntity[]>(
  async (context, series, { first, after }) => {
    const values = [brandOf(context.caller), series, after, first + 1];
    const items = toEntities(SeriesItemEntity, await context.reads.query(listSql, values));
    return series.map((id) => items.filter((item) => item.seriesUuid === id));
  },
);

/** A page of a series' items, in their order. */
export async function readItems(
  context: Context,
  seriesId: string,
  args: PageArgs,
): Promise<Connection<SeriesItemEntity>> {
  const page = readPage(args, context.config.limits, ['integer']);
  const after = page.after?.[0] ?? 0;
  const items = await listLoader(context, { first: page.first, after }).load(seriesId);
  return toConnection(items, page, (item) => [item.position]);
}
