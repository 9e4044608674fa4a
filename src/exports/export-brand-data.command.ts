import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { exportPartNames, type ExportPartName } from './export-part';
import { exportJobId } from './export.id';

/** Which parts; all when left out. */
export interface ExportBrandData {
  parts?: ExportPartName[] | null;
}

/** Holds the UUID of the export. */
export interface ExportBrandDataAnswer extends Answer {
  exportJob?: string;
}

/** Exports are counted while their brand is locked, so that many callers at once stay below the limit. */
const lockSql = `
  SELECT b.id FROM brands b WHERE b.id = ANY ($1::uuid[]) ORDER BY b.id FOR NO KEY UPDATE`;

const standingSql = `
  SELECT e.brand_id, bool_or(e.status <> 'DONE') AS busy,
    (count(*) FILTER (WHERE e.status = 'DONE'))::integer AS kept
  FROM exports e
  WHERE e.brand_id = ANY ($1::uuid[])
    AND (e.status IN ('QUEUED', 'RUNNING') OR e.status = 'DONE' AND e.expires_at > $2)
  GROUP BY e.brand_id`;

const insertSql = `
  INSERT INTO exports (id, brand_id, parts, status, created_at)
  SELECT t.id, t.brand_id, string_to_array(t.parts, ' '), 'QUEUED', $4
  FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS t(id, brand_id, parts)`;

interface Standing {
  brand_id: string;
  busy: boolean;
  kept: number;
}

interface Asked {
  id: string;
  brandId: string;
  parts: readonly ExportPartName[];
}

/** Queues exports, one at a time for a brand. */
export const exportBrandData: CommandHandler<ExportBrandData, ExportBrandDataAnswer> = {
  kind: 'exportBrandData',
  async execute(tx, commands) {
    const brands = [...new Set(commands.map(({ tenant }) => tenant as string))];
    await tx.query(lockSql, [brands]);
    const rows = await tx.query<Standing>(standingSql, [brands, tx.now]);
    const standings = new Map(rows.map((row) => [row.brand_id, row]));
    const decided = commands.map((command) => decide(tx, command, standings));
    const asked = decided.filter((one): one is Asked => 'id' in one);
    if (asked.length > 0) {
      await tx.query(insertSql, [
        asked.map(({ id }) => id),
        asked.map(({ brandId }) => brandId),
        asked.map(({ parts }) => parts.join(' ')),
        tx.now,
      ]);
    }
    return decided.map((one) =>
      'id' in one ? { exportJob: one.id, userErrors: [] } : refused(one),
    );
  },
};

function decide(
  { limits }: CommandTransaction,
  { input, tenant }: Command<ExportBrandData>,
  standings: Map<string, Standing>,
): Asked | UserErrorShape {
  const brandId = tenant as string;
  const { busy, kept } = standings.get(brandId) ?? { busy: false, kept: 0 };
  const parts = exportPartNames.filter((name) => input.parts?.includes(name) ?? true);
  if (parts.length === 0) {
    return userError('INVALID_VALUE', ['parts'], 'Name a part, or leave them out to get all.');
  }
  if (busy) return userError('EXPORT_UNDER_WAY');
  if (kept >= limits.exportsKept) {
    const message = `At most ${limits.exportsKept} exports of a brand are kept; wait until one expires.`;
    return userError('LIMIT_EXCEEDED', null, message);
  }
  standings.set(brandId, { brand_id: brandId, busy: true, kept });
  return { id: exportJobId.create(), brandId, parts };
}
