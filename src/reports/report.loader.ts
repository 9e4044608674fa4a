import { brandOf, viewer } from '../platform/auth/caller';
import { toEntities } from '../platform/database/rows';
import {
  readPage,
  toConnection,
  type Connection,
  type PageArgs,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { defineListLoader, defineLoader } from '../platform/graphql/loaders';
import { ReportEntity } from './report.entity';
import { ReportScheduleEntity } from './report-schedule.entity';

/** What is seen by a brand or the platform, and by no customer: $2 and $3 are the viewer. */
const visible = '($2::uuid IS NULL OR x.brand_id = $2) AND $3::uuid IS NULL';

function byId<Entity extends { uuid: string }>(
  entity: new () => Entity,
  table: string,
  only: string,
) {
  const sql = `SELECT x.* FROM ${table} x WHERE x.id = ANY ($1::uuid[]) AND ${visible} AND ${only}`;
  return defineLoader<string, Entity | null>(async ({ caller, reads }, ids) => {
    const rows = await reads.query(sql, [ids, ...viewer(caller)]);
    const found = new Map(toEntities(entity, rows).map((one) => [one.uuid, one]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

/** Reports by UUID; null for unknown and foreign ones. */
export const reportLoader = byId(ReportEntity, 'reports', 'true');

/** Schedules by UUID; null for unknown, foreign and deleted ones. */
export const scheduleLoader = byId(
  ReportScheduleEntity,
  'report_schedules',
  'x.deleted_at IS NULL',
);

/** Schedules by UUID, deleted ones too, for the answers of mutations. */
export const scheduleOfAnswerLoader = byId(ReportScheduleEntity, 'report_schedules', 'true');

const schedulesSql = `
  SELECT s.* FROM report_schedules s
  WHERE s.brand_id = ANY ($1::uuid[]) AND ($2::uuid IS NULL OR s.brand_id = $2) AND s.deleted_at IS NULL
  ORDER BY s.created_at, s.id`;

/** The schedules of brands by their UUID, oldest first; a brand has at most one for a kind and period. */
export const schedulesLoader = defineLoader<string, ReportScheduleEntity[]>(
  async ({ caller, reads }, brands) => {
    const rows = await reads.query(schedulesSql, [brands, brandOf(caller)]);
    const all = toEntities(ReportScheduleEntity, rows);
    return brands.map((brand) => all.filter(({ brandUuid }) => brandUuid === brand));
  },
);

const pageSql = `
  SELECT p.* FROM unnest($1::uuid[]) AS b(id) CROSS JOIN LATERAL (
    SELECT r.* FROM reports r
    WHERE r.brand_id = b.id AND ($2::uuid IS NULL OR r.brand_id = $2)
      AND ($3::uuid IS NULL OR r.id < $3)
    ORDER BY r.id DESC LIMIT $4) p
  ORDER BY p.id DESC`;

const pageLoader = defineListLoader<{ first: number; after: string | null }, ReportEntity[]>(
  async ({ caller, reads }, brands, { first, after }) => {
    const rows = await reads.query(pageSql, [brands, brandOf(caller), after, first + 1]);
    const all = toEntities(ReportEntity, rows);
    return brands.map((brand) => all.filter(({ brandUuid }) => brandUuid === brand));
  },
);

/** A page of a brand's reports, the one made last first. */
export async function readReports(
  context: Context,
  brand: string,
  args: PageArgs,
): Promise<Connection<ReportEntity>> {
  const page = readPage(args, context.config.limits, ['uuid']);
  const after = page.after?.[0] ?? null;
  const rows = await pageLoader(context, { first: page.first, after }).load(brand);
  return toConnection(rows, page, ({ uuid }) => [uuid]);
}
