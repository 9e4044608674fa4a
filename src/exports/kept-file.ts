import { viewer } from '../platform/auth/caller';
import type { Context } from '../platform/graphql/context';

/** A file that can be fetched now. UUIDs; `sha256` in hexadecimal digits. */
export interface KeptFile {
  exportUuid: string;
  brandUuid: string;
  name: string;
  bytes: number;
  sha256: string;
}

const visible = `($1::uuid IS NULL OR x.brand_id = $1) AND $2::uuid IS NULL`;

const fileSql = `
  SELECT x.export_id AS "exportUuid", x.brand_id AS "brandUuid", x.name, x.bytes,
    encode(x.sha256, 'hex') AS sha256
  FROM exports e JOIN export_files x ON x.export_id = e.id AND x.brand_id = e.brand_id
  WHERE e.id = $3 AND x.name = $4 AND ${visible} AND e.status = 'DONE' AND e.expires_at > $5`;

/** The file of that name of an export; null when it is not kept, or not the caller's. */
export async function findKeptFile(
  context: Context,
  exportUuid: string,
  name: string,
): Promise<KeptFile | null> {
  const now = context.clock.now(new Date());
  const values = [...viewer(context.caller), exportUuid, name, now];
  const [file] = await context.reads.query<KeptFile>(fileSql, values);
  return file ?? null;
}

const pieceSql = `
  SELECT x.position, x.bytes FROM export_chunks x
  WHERE x.export_id = $3 AND x.name = $4 AND ${visible} AND x.brand_id = $5 AND x.position <= $6
  ORDER BY x.position DESC LIMIT 1`;

/** The bytes of a file from a place in it on, a megabyte at most; null when they are gone by now. */
export async function readPiece(
  context: Context,
  { exportUuid, brandUuid, name }: KeptFile,
  from: number,
): Promise<Buffer | null> {
  const values = [...viewer(context.caller), exportUuid, name, brandUuid, from];
  const [piece] = await context.reads.query<{ position: number; bytes: Buffer }>(pieceSql, values);
  const rest = piece?.bytes.subarray(from - piece.position);
  return rest === undefined || rest.length === 0 ? null : rest;
}
