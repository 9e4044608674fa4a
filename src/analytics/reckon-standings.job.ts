import type { CommandTransaction } from '../platform/database/command';
import { inDueBrandTurn, type DueBrands } from '../platform/database/brand-turn';
import { takeTime } from '../platform/database/turn';
import type { Job } from '../platform/feature';
import { localDay } from '../platform/local-day';
import { atRiskSql, standingSql } from './standing.sql';

const job = { name: 'reckon-standings', lock: 7_219_340_595 };

const minuteMs = 60_000;

interface DueBrand {
  id: string;
  timezone: string;
  computed_at: Date | null;
  known: string | null;
  heard: string;
  /** How many customers it had when it was reckoned last. */
  customers: number;
}

// The text is made of counters of brands, so that looking costs the same however many customers they have.
const dueSql = (more: string, most: number) => `
  SELECT d.*, concat_ws(' ',
    (SELECT sum(a.deliveries) || ' ' || sum(a.events) || ' ' || sum(a.verified)
      FROM brand_attention_days a WHERE a.brand_id = d.id),
    (SELECT sum(m.messages) FROM delivery_days m WHERE m.brand_id = d.id),
    (SELECT t.customers || ' ' || t.orders || ' ' || t.refunded_minor FROM brand_purchase_totals t WHERE t.brand_id = d.id)) AS heard
  FROM (
    SELECT b.id, b.timezone, s.computed_at, s.heard AS known,
      coalesce((s.figures ->> 'customers')::integer, 0) AS customers
    FROM brands b LEFT JOIN brand_standings s ON s.brand_id = b.id
    WHERE (s.brand_id IS NULL OR s.check_at <= $1) AND ${more}
    ORDER BY s.check_at NULLS FIRST, b.id LIMIT ${most}) d`;

const laterSql = `UPDATE brand_standings SET check_at = $2 WHERE brand_id = $1`;

const storeSql = `
  WITH told AS (${standingSql}), day AS (
    INSERT INTO brand_snapshots AS s (brand_id, local_day, computed_at, figures)
    SELECT $1, $3, $2, t.figures FROM told t
    ON CONFLICT (brand_id, local_day) DO UPDATE SET computed_at = excluded.computed_at,
      figures = excluded.figures)
  INSERT INTO brand_standings AS s (brand_id, computed_at, local_day, check_at, heard, figures, quarters,
    rolling, cohorts)
  SELECT $1, $2, $3, $5::timestamptz, $6::text, t.figures, t.quarters, t.rolling, t.cohorts FROM told t
  ON CONFLICT (brand_id) DO UPDATE SET computed_at = excluded.computed_at, local_day = excluded.local_day,
    check_at = excluded.check_at, heard = excluded.heard, figures = excluded.figures,
    quarters = excluded.quarters, rolling = excluded.rolling, cohorts = excluded.cohorts`;

const forgetRisksSql = `DELETE FROM brand_at_risk k WHERE k.brand_id = $1`;

const storeRisksSql = `
  INSERT INTO brand_at_risk (brand_id, customer_id, state, next_state, due_at)
  SELECT x.brand_id, x.customer_id, x.state, x.next_state, x.due_at FROM (${atRiskSql}) x`;

const due: DueBrands<DueBrand> = { sql: dueSql, values: ({ now }) => [now], work: reckon };

/**
 * Reckons how brands stand, a brand a turn: whenever something has happened, looked for once in so many
 * minutes, and once a day because time passes.
 */
export const reckonStandings: Job = {
  name: job.name,
  leisurely: true,
  run: (context) => inDueBrandTurn(context, job, due),
};

/** A small base is reckoned in milliseconds, and whoever has just begun looks at it often. */
function restMinutesOf({ customers }: DueBrand, { limits }: CommandTransaction): number {
  return customers > limits.standingAtOnce
    ? limits.standingMinutes
    : Math.min(1, limits.standingMinutes);
}

async function reckon(tx: CommandTransaction, brand: DueBrand): Promise<number> {
  const checkAt = new Date(tx.now.getTime() + restMinutesOf(brand, tx) * minuteMs);
  const reckoned = brand.computed_at;
  const today = localDay(tx.now, brand.timezone);
  const isOfToday = reckoned !== null && localDay(reckoned, brand.timezone) === today;
  if (isOfToday && brand.known === brand.heard) {
    await tx.query(laterSql, [brand.id, checkAt]);
    return 1;
  }
  await takeTime(tx);
  await tx.query(`SET LOCAL work_mem = '64MB'`);
  await tx.query(storeSql, [brand.id, tx.now, today, brand.timezone, checkAt, brand.heard]);
  await tx.query(forgetRisksSql, [brand.id]);
  await tx.query(storeRisksSql, [brand.id, tx.now, tx.limits.atRiskKept]);
  return 1;
}
