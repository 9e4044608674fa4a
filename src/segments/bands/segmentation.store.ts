import { uuidv7 } from 'uuidv7';
import type { CommandTransaction } from '../../platform/database/command';
import { nilUuid } from '../../platform/ids';

/** How far back the revenue of a division goes, unless it is asked for otherwise. */
export const usualTrailingDays = 365;

const askSql = `
  INSERT INTO segmentations (id, brand_id, as_of, trailing_days, reached)
  SELECT t.id, t.brand_id, $4, t.days, '${nilUuid}'
  FROM unnest($1::uuid[], $2::uuid[], $3::integer[]) AS t(id, brand_id, days)
  ORDER BY t.brand_id ON CONFLICT DO NOTHING`;

const runningSql = `
  SELECT s.brand_id, s.as_of FROM segmentations s
  WHERE s.brand_id = ANY ($1::uuid[]) AND s.done_at IS NULL`;

/**
 * Has brands' customers divided into bands by the job. A brand that is just being divided is not divided
 * twice; answers as of when each is, by the brand's UUID.
 */
export async function askForSegmentations(
  tx: CommandTransaction,
  asked: readonly { brandId: string; trailingDays: number }[],
): Promise<Map<string, Date>> {
  if (asked.length === 0) return new Map();
  const brands = asked.map(({ brandId }) => brandId);
  await tx.query(askSql, [
    asked.map(() => uuidv7()),
    brands,
    asked.map(({ trailingDays }) => trailingDays),
    tx.now,
  ]);
  const rows = await tx.query<{ brand_id: string; as_of: Date }>(runningSql, [brands]);
  return new Map(rows.map((row) => [row.brand_id, row.as_of]));
}
