import type { CommandTransaction } from '../platform/database/command';

/** What judges the times of a brand's events. */
export interface BrandClock {
  timezone: string;
  maxEventAgeDays: number;
  /** Whether it ever had a referral programme. */
  refersFriends: boolean;
}

const clocksSql = `
  SELECT b.id, b.timezone, b.max_event_age_days AS "maxEventAgeDays",
    b.refers_friends AS "refersFriends" FROM brands b
  WHERE b.id = ANY ($1::uuid[])`;

/** Time zone and event window of brands, by UUID, in one statement. */
export async function brandClocks(
  tx: CommandTransaction,
  brandIds: readonly string[],
): Promise<Map<string, BrandClock>> {
  const rows = await tx.query<BrandClock & { id: string }>(clocksSql, [brandIds]);
  return new Map(rows.map((row) => [row.id, row]));
}

const existingSql = 'SELECT b.id FROM brands b WHERE b.id = ANY ($1::uuid[])';

/** Which of these UUIDs are brands, in one statement. */
export async function brandsThatExist(
  tx: CommandTransaction,
  brandIds: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(existingSql, [brandIds]);
  return new Set(rows.map((row) => row.id));
}
