import { viewer } from '../platform/auth/caller';
import { toEntities } from '../platform/database/rows';
import {
  readPage,
  toConnection,
  type Connection,
  type PageArgs,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { defineListLoader, defineLoader } from '../platform/graphql/loaders';
import { EventMappingEntity, ImportJobEntity, ImportRefusalEntity } from './import.entity';

/** A brand sees its own, the platform all, and customers none. */
const visible = `($1::uuid IS NULL OR x.brand_id = $1) AND $2::uuid IS NULL`;

type Constructor<Entity> = new () => Entity;

function byId<Entity extends { uuid: string }>(entity: Constructor<Entity>, table: string) {
  const sql = `SELECT x.* FROM ${table} x WHERE x.id = ANY ($3::uuid[]) AND ${visible}`;
  return defineLoader<string, Entity | null>(async (context, ids) => {
    const rows = await context.reads.query(sql, [...viewer(context.caller), ids]);
    const found = new Map(toEntities(entity, rows).map((one) => [one.uuid, one]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

/** Imports by UUID. */
export const importJobLoader = byId(ImportJobEntity, 'import_jobs');

/** Kept mappings by UUID. */
export const eventMappingLoader = byId(EventMappingEntity, 'event_mappings');

interface ListArgs {
  first: number;
  after: string | null;
}

function ofBrand<Entity extends { uuid: string; brandUuid: string }>(
  entity: Constructor<Entity>,
  table: string,
) {
  const sql = `
    SELECT j.* FROM unnest($3::uuid[]) AS b(id)
    CROSS JOIN LATERAL (
      SELECT x.* FROM ${table} x
      WHERE x.brand_id = b.id AND ${visible} AND ($4::uuid IS NULL OR x.id < $4)
      ORDER BY x.id DESC LIMIT $5) j ORDER BY j.id DESC`;
  const loader = defineListLoader<ListArgs, Entity[]>(async (context, brands, { first, after }) => {
    const values = [...viewer(context.caller), brands, after, first + 1];
    const rows = toEntities(entity, await context.reads.query(sql, values));
    return brands.map((id) => rows.filter((row) => row.brandUuid === id));
  });
  return async (context: Context, brand: string, args: PageArgs): Promise<Connection<Entity>> => {
    const page = readPage(args, context.config.limits, ['uuid']);
    const after = page.after?.[0] ?? null;
    const rows = await loader(context, { first: page.first, after }).load(brand);
    return toConnection(rows, page, (one) => [one.uuid]);
  };
}

/** A page of a brand's imports, the newest first. */
export const readImports = ofBrand(ImportJobEntity, 'import_jobs');

/** A page of a brand's mappings, the newest first. */
export const readMappings = ofBrand(EventMappingEntity, 'event_mappings');

const refusalsSql = `
  SELECT f.* FROM unnest($3::uuid[]) AS t(id)
  CROSS JOIN LATERAL (
    SELECT x.* FROM import_refusals x
    WHERE x.job_id = t.id AND ${visible} AND x.index > $4
    ORDER BY x.index LIMIT $5) f ORDER BY f.index`;

const refusalsLoader = defineListLoader<{ first: number; after: number }, ImportRefusalEntity[]>(
  async (context, ids, { first, after }) => {
    const values = [...viewer(context.caller), ids, after, first + 1];
    const rows = toEntities(ImportRefusalEntity, await context.reads.query(refusalsSql, values));
    return ids.map((id) => rows.filter((row) => row.jobUuid === id));
  },
);

/** A page of the refused events of an import, in their order. */
export async function readRefusals(
  context: Context,
  jobUuid: string,
  args: PageArgs,
): Promise<Connection<ImportRefusalEntity>> {
  const page = readPage(args, context.config.limits, ['integer']);
  const after = page.after?.[0] ?? -1;
  const rows = await refusalsLoader(context, { first: page.first, after }).load(jobUuid);
  return toConnection(rows, page, (one) => [one.index]);
}
