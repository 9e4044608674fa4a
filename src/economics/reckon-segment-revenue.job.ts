import { DateTime } from 'luxon';
import type { CommandTransaction } from '../platform/database/command';
import { inDueBrandTurn, type DueBrands } from '../platform/database/brand-turn';
import { takeTime } from '../platform/database/turn';
import type { Job } from '../platform/feature';
import { localDay, startOfDay } from '../platform/local-day';
import { SegmentationModelEnum } from '../segments';
import { bandsOfMonthSql } from './segment-revenue.sql';

const job = { name: 'reckon-segment-revenue', lock: 7_219_340_602 };
const minuteMs = 60_000;

interface DueBrand {
  id: string;
  timezone: string;
}

interface ChangedMonth {
  month: string;
  heard: string;
}

const dueSql = (more: string, most: number) => `
  SELECT b.id, b.timezone FROM brands b LEFT JOIN segment_revenue_turns t ON t.brand_id = b.id
  WHERE (t.brand_id IS NULL OR t.check_at <= $1) AND ${more}
  ORDER BY t.check_at NULLS FIRST, b.id LIMIT ${most}`;

// Told by sums of days, so that looking costs the same however many orders there are.
const changedSql = `
  SELECT m.month::date::text AS month, h.heard
  FROM generate_series(date_trunc('month', $2::date) - ($3::integer - 1) * interval '1 month',
    date_trunc('month', $2::date), interval '1 month') AS m(month)
  CROSS JOIN LATERAL (
    SELECT concat_ws(' ', sum(d.orders), sum(d.gross_minor), sum(d.refunded_minor),
      sum(d.gross_minor) FILTER (WHERE d.local_day >= m.month), (SELECT max(s.as_of) FROM segmentations s
        WHERE s.brand_id = $1 AND s.done_at IS NOT NULL)) AS heard
    FROM brand_purchase_days d WHERE d.brand_id = $1
      AND d.local_day >= m.month - interval '1 month' AND d.local_day < m.month + interval '1 month') h
  LEFT JOIN segment_revenues r ON r.brand_id = $1 AND r.month = m.month
  WHERE r.heard IS DISTINCT FROM h.heard AND (r.computed_at IS NULL OR r.computed_at <= $4)
  ORDER BY m.month DESC`;

const smallSql = `
  SELECT count(*) <= $2 AS small
  FROM (SELECT FROM relationships r WHERE r.brand_id = $1 LIMIT $2::integer + 1) r`;

const storeSql = `
  INSERT INTO segment_revenues AS r (brand_id, month, computed_at, heard, bands)
  SELECT $1, m.month, $2, m.heard, coalesce(x.bands, '[]')
  FROM unnest($3::date[], $4::date[], $5::date[], $6::timestamptz[], $7::text[])
    AS m(month, before, next, starts, heard)
  CROSS JOIN LATERAL (${bandsOfMonthSql}) x
  ON CONFLICT (brand_id, month) DO UPDATE SET computed_at = excluded.computed_at, heard = excluded.heard,
    bands = excluded.bands`;

const laterSql = `
  INSERT INTO segment_revenue_turns AS t (brand_id, check_at) VALUES ($1, $2)
  ON CONFLICT (brand_id) DO UPDATE SET check_at = excluded.check_at`;

const due: DueBrands<DueBrand> = { sql: dueSql, values: ({ now }) => [now], work: reckon };

/**
 * Reckons what bands of customers brought in each of the last months in which something was ordered or paid
 * back since, looked for once in so many minutes: all of them in the turn of a small brand, one a turn of
 * a large one.
 */
export const reckonSegmentRevenue: Job = {
  name: job.name,
  leisurely: true,
  run: (context) => inDueBrandTurn(context, job, due),
};

async function reckon(tx: CommandTransaction, brand: DueBrand): Promise<number> {
  const { standingMinutes, standingAtOnce, revenueMonths } = tx.limits;
  const today = localDay(tx.now, brand.timezone);
  const restMs = standingMinutes * minuteMs;
  // A month that changes all the time rests as well, or its brand would have every turn.
  const rested = new Date(tx.now.getTime() - restMs);
  const values = [brand.id, today, revenueMonths, rested];
  const changed = await tx.query<ChangedMonth>(changedSql, values);
  const all = changed.length < 2 || (await isSmall(tx, brand, standingAtOnce));
  if (changed.length > 0) await store(tx, brand, all ? changed : changed.slice(0, 1));
  if (all) await tx.query(laterSql, [brand.id, new Date(tx.now.getTime() + restMs)]);
  return 1;
}

async function isSmall(tx: CommandTransaction, { id }: DueBrand, most: number): Promise<boolean> {
  const [row] = await tx.query<{ small: boolean }>(smallSql, [id, most]);
  return row?.small === true;
}

async function store(
  tx: CommandTransaction,
  { id, timezone }: DueBrand,
  changed: readonly ChangedMonth[],
): Promise<void> {
  await takeTime(tx);
  await tx.query(storeSql, [
    id,
    tx.now,
    changed.map(({ month }) => month),
    changed.map(({ month }) => monthAfter(month, -1)),
    changed.map(({ month }) => monthAfter(month, 1)),
    changed.map(({ month }) => startOfDay(month, timezone)),
    changed.map(({ heard }) => heard),
    Object.keys(SegmentationModelEnum),
  ]);
}

/** The first day of the month so many months later, of a month by its first day. */
export function monthAfter(month: string, months: number): string {
  return DateTime.fromISO(month, { zone: 'utc' }).plus({ months }).toFormat('yyyy-MM-dd');
}
