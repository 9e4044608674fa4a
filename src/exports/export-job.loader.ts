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
import { ExportJobEntity } from './export-job.entity';
import type { ExportPartName } from './export-part';

const columns = `x.id, x.brand_id, x.parts, x.status, x.created_at, x.as_of, x.finished_at, x.expires_at,
  x.rows, x.bytes`;

/** A brand sees its own, the platform all, customers none. */
const visible = `($1::uuid IS NULL OR x.brand_id = $1) AND $2::uuid IS NULL`;

const byIdSql = `SELECT ${columns} FROM exports x WHERE x.id = ANY ($3::uuid[]) AND ${visible}`;

/** Exports by UUID; null for those the caller may not see. */
export const exportJobLoader = defineLoader<string, ExportJobEntity | null>(
  async (context, ids) => {
    const rows = await context.reads.query(byIdSql, [...viewer(context.caller), ids]);
    const found = new Map(toEntities(ExportJobEntity, rows).map((one) => [one.uuid, one]));
    return ids.map((id) => found.get(id) ?? null);
  },
);

interface ListArgs {
  first: number;
  after: string | null;
}

const ofBrandsSql = `
  SELECT e.* FROM unnest($3::uuid[]) AS b(id)
  CROSS JOIN LATERAL (
    SELECT ${columns} FROM exports x
    WHERE x.brand_id = b.id AND ${visible} AND ($4::uuid IS NULL OR x.id < $4)
    ORDER BY x.id DESC LIMIT $5) e ORDER BY e.id DESC`;

const ofBrandLoader = defineListLoader<ListArgs, ExportJobEntity[]>(
  async (context, brands, { first, after }) => {
    const values = [...viewer(context.caller), brands, after, first + 1];
    const rows = toEntities(ExportJobEntity, await context.reads.query(ofBrandsSql, values));
    return brands.map((id) => rows.filter((row) => row.brandUuid === id));
  },
);

/** A page of a brand's exports, the newest first. */
export async function readExports(
  context: Context,
  brandUuid: string,
  args: PageArgs,
): Promise<Connection<ExportJobEntity>> {
  const page = readPage(args, context.config.limits, ['uuid']);
  const after = page.after?.[0] ?? null;
  const rows = await ofBrandLoader(context, { first: page.first, after }).load(brandUuid);
  return toConnection(rows, page, (one) => [one.uuid]);
}

/** A file as it is stored. */
export interface FileRow {
  export_id: string;
  part: ExportPartName;
  name: string;
  rows: number;
  bytes: number;
  sha256: Buffer;
}

const filesSql = `
  SELECT x.export_id, x.part, x.name, x.rows, x.bytes, x.sha256 FROM export_files x
  WHERE x.export_id = ANY ($3::uuid[]) AND ${visible} ORDER BY x.export_id, x.name`;

/** The files of exports, by name. */
export const exportFilesLoader = defineLoader<string, FileRow[]>(async (context, ids) => {
  const rows = await context.reads.query<FileRow>(filesSql, [...viewer(context.caller), ids]);
  return ids.map((id) => rows.filter((row) => row.export_id === id));
});
