import type { CommandTransaction } from '../platform/database/command';
import type { Mapping } from './mapping';

/** An import that may take more events. */
export interface OpenImport {
  id: string;
  brand_id: string;
  mapping: Mapping;
  backfill: boolean;
  received: number;
  received_at: Date;
  /** Whether this transaction begins it. */
  begun: boolean;
}

const lockSql = `
  SELECT j.id, j.brand_id, j.mapping, j.backfill, j.received, j.received_at, false AS begun
  FROM import_jobs j
  WHERE (j.brand_id, j.id) IN (SELECT t.brand_id, t.id FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, id))
  ORDER BY j.id FOR NO KEY UPDATE`;

/** Imports of brands, so that nobody else adds to them before this transaction has ended. */
export async function lockImports(
  tx: CommandTransaction,
  named: readonly { brandId: string; id: string }[],
): Promise<OpenImport[]> {
  if (named.length === 0) return [];
  return tx.query<OpenImport>(lockSql, [
    named.map(({ brandId }) => brandId),
    named.map(({ id }) => id),
  ]);
}

const keptSql = `
  SELECT m.brand_id, m.key, m.mapping FROM unnest($1::uuid[], $2::text[]) AS t(brand_id, key)
  JOIN event_mappings m ON m.brand_id = t.brand_id AND m.key = t.key`;

/** Mappings that brands keep, by "brand key". */
export async function mappingsByKey(
  tx: CommandTransaction,
  named: readonly { brandId: string; key: string }[],
): Promise<Map<string, Mapping>> {
  if (named.length === 0) return new Map();
  const rows = await tx.query<{ brand_id: string; key: string; mapping: Mapping }>(keptSql, [
    named.map(({ brandId }) => brandId),
    named.map(({ key }) => key),
  ]);
  return new Map(rows.map((row) => [`${row.brand_id} ${row.key}`, row.mapping]));
}

const waitingSql = `
  SELECT j.brand_id, sum(j.received - j.recorded - j.duplicates - j.refused - j.ignored)::integer AS waiting
  FROM import_jobs j WHERE j.brand_id = ANY ($1::uuid[]) AND j.finished_at IS NULL GROUP BY j.brand_id`;

/** How many events of brands wait to be recorded, by brand. */
export async function waitingOf(
  tx: CommandTransaction,
  brandIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx.query<{ brand_id: string; waiting: number }>(waitingSql, [brandIds]);
  return new Map(rows.map((row) => [row.brand_id, row.waiting]));
}

/** How many events of an import came to what end. */
export interface Ends {
  recorded: number;
  duplicates: number;
  refused: number;
  ignored: number;
}

/** No event yet. */
export const noEnds = (): Ends => ({ recorded: 0, duplicates: 0, refused: 0, ignored: 0 });

/** An event that is not recorded. */
export interface RefusalRow {
  job_id: string;
  brand_id: string;
  index: number;
  code: string;
  field: string[] | null;
  message: string;
  keys: string[] | null;
  event: Record<string, unknown> | null;
}

// Whom the event names, as far as the brand knows them.
const refuseSql = `
  INSERT INTO import_refusals (job_id, brand_id, index, code, field, message, keys, event, customer_id, refused_at)
  SELECT t.job_id, t.brand_id, t.index, t.code, t.field, t.message, t.keys, t.event, (
    SELECT coalesce(i.customer_id, r.customer_id)
    FROM unnest(t.keys) AS k(key)
    CROSS JOIN LATERAL (SELECT split_part(k.key, ' ', 1), substr(k.key, strpos(k.key, ' ') + 1)) AS p(kind, value)
    LEFT JOIN brand_identities i ON i.brand_id = t.brand_id AND i.kind = p.kind AND i.value = p.value
    LEFT JOIN relationships r ON r.brand_id = t.brand_id AND p.kind = 'EXTERNAL_ID' AND r.external_id = p.value
    WHERE coalesce(i.customer_id, r.customer_id) IS NOT NULL LIMIT 1), $2
  FROM jsonb_populate_recordset(NULL::import_refusals, $1::jsonb) t`;

/** Keeps refused events, in one statement. */
export async function storeRefusals(
  tx: CommandTransaction,
  rows: readonly RefusalRow[],
): Promise<void> {
  if (rows.length > 0) await tx.query(refuseSql, [JSON.stringify(rows), tx.now]);
}
