import type { BrandEntity } from '../brands';
import { brandOf } from '../platform/auth/caller';
import type { Context } from '../platform/graphql/context';
import { defineListLoader, defineLoader } from '../platform/graphql/loaders';
import { localDay } from '../platform/local-day';
import type { Figures, Standing } from './standing';
import { standingsOfRowsSql } from './standing.sql';

const keptSql = `
  SELECT s.brand_id, s.computed_at AS "computedAt", s.local_day::text AS today, s.figures, s.quarters,
    s.rolling, s.cohorts
  FROM brand_standings s
  WHERE s.brand_id = ANY ($1::uuid[]) AND ($2::uuid IS NULL OR s.brand_id = $2)`;

const smallSql = `
  SELECT b.id FROM unnest($1::uuid[]) AS b(id)
  WHERE (SELECT count(*) FROM (SELECT FROM relationships r WHERE r.brand_id = b.id LIMIT $2::integer + 1) r)
    <= $2::integer`;

const smallLoader = defineLoader<string, boolean>(async ({ reads, config }, brands) => {
  const rows = await reads.query<{ id: string }>(smallSql, [brands, config.limits.standingAtOnce]);
  return brands.map((brand) => rows.some(({ id }) => id === brand));
});

// A brand with more customers than somebody waits for is left to the job.
const nowSql = `
  WITH small AS MATERIALIZED (
    SELECT b.id, b.today, b.zone
    FROM unnest($2::uuid[], $3::date[], $4::text[]) AS b(id, today, zone)
    WHERE (SELECT count(*) FROM (SELECT FROM relationships r WHERE r.brand_id = b.id LIMIT $5::integer + 1) r)
      <= $5::integer)
  SELECT b.id AS brand_id, b.today::text AS today, t.figures, t.quarters, t.rolling, t.cohorts
  FROM small b CROSS JOIN LATERAL (${standingsOfRowsSql}) t`;

type OfBrand<Row> = Row & { brand_id: string };

const standingLoader = defineLoader<BrandEntity, Standing | null>(
  async (context, brands) => {
    const values = [brands.map(({ uuid }) => uuid), brandOf(context.caller)];
    const kept = await context.reads.query<OfBrand<Standing>>(keptSql, values);
    const missing = brands.filter(({ uuid }) => !kept.some((row) => row.brand_id === uuid));
    const all = missing.length === 0 ? kept : [...kept, ...(await reckonNow(context, missing))];
    return brands.map(({ uuid }) => all.find((row) => row.brand_id === uuid) ?? null);
  },
  ({ uuid }) => uuid,
);

/**
 * How a brand stands, as it was last reckoned; a brand no job has come to yet is reckoned at once, and
 * null when that would take long. For whoever may see the brand's own figures.
 */
export function readStanding(context: Context, brand: BrandEntity): Promise<Standing | null> {
  return standingLoader(context).load(brand);
}

/** Whether a brand has no more customers than are counted while somebody waits. */
export function isSmall(context: Context, brandUuid: string): Promise<boolean> {
  return smallLoader(context).load(brandUuid);
}

async function reckonNow(
  { clock, reads, config }: Context,
  brands: readonly BrandEntity[],
): Promise<OfBrand<Standing>[]> {
  const computedAt = clock.now(new Date());
  const rows = await reads.query<OfBrand<Omit<Standing, 'computedAt'>>>(nowSql, [
    computedAt,
    brands.map(({ uuid }) => uuid),
    brands.map(({ timezone }) => localDay(computedAt, timezone)),
    brands.map(({ timezone }) => timezone),
    config.limits.standingAtOnce,
  ]);
  return rows.map((row) => ({ ...row, computedAt }));
}

/** The figures of a day. */
export interface DayFigures {
  day: string;
  computedAt: Date;
  figures: Figures;
}

const daysSql = `
  SELECT s.brand_id, s.local_day::text AS day, s.computed_at AS "computedAt", s.figures
  FROM brand_snapshots s
  WHERE s.brand_id = ANY ($1::uuid[]) AND ($2::uuid IS NULL OR s.brand_id = $2)
    AND s.local_day BETWEEN $3 AND $4
  ORDER BY s.local_day`;

/** The figures of days that were looked at, oldest first. */
export const dayFiguresLoader = defineListLoader<
  { firstDay: string; lastDay: string },
  DayFigures[]
>(async ({ caller, reads }, brands, { firstDay, lastDay }) => {
  const values = [brands, brandOf(caller), firstDay, lastDay];
  const rows = await reads.query<DayFigures & { brand_id: string }>(daysSql, values);
  return brands.map((brand) => rows.filter((row) => row.brand_id === brand));
});
