import type { CommandTransaction } from '../platform/database/command';
import { inTurn } from '../platform/database/turn';
import type { Job } from '../platform/feature';
import { meantSql } from './meant.sql';

/** Advisory lock of whoever looks for customers whom a trigger means already. */
const lock = 7_219_340_594;

const dueSql = `
  SELECT j.id, j.brand_id, j.sweep_after FROM journeys j WHERE j.sweep_at <= $1
  ORDER BY j.sweep_at, j.id LIMIT 1 FOR NO KEY UPDATE`;

const queueSql = `
  WITH step AS MATERIALIZED (
    SELECT x.customer_id FROM relationships x
    WHERE x.brand_id = $1 AND ($3::uuid IS NULL OR x.customer_id > $3)
    ORDER BY x.customer_id LIMIT $4
  ), queued AS (
    INSERT INTO journey_entries (brand_id, journey_id, customer_id)
    SELECT j.brand_id, j.id, step.customer_id FROM step
    JOIN journeys j ON j.id = $2 AND j.brand_id = $1
    WHERE ${meantSql('step.customer_id')} AND NOT EXISTS (SELECT FROM journey_runs r
      WHERE r.brand_id = j.brand_id AND r.journey_id = j.id AND r.customer_id = step.customer_id))
  SELECT count(*)::integer AS seen, (array_agg(customer_id ORDER BY customer_id DESC))[1] AS last FROM step`;

const advanceSql = `
  UPDATE journeys j SET sweep_after = $2, sweep_at = $3 WHERE j.id = $1 AND j.brand_id = $4`;

/** Queues, after a journey was published, the customers who are already what its trigger waits for. */
export const sweepJourneys: Job = {
  name: 'sweep-journeys',
  run: (context) => inTurn(context, lock, step),
};

async function step(tx: CommandTransaction): Promise<number> {
  interface Due {
    id: string;
    brand_id: string;
    sweep_after: string | null;
  }
  const [due] = await tx.query<Due>(dueSql, [tx.now]);
  if (due === undefined) return 0;
  const { id, brand_id: brandId, sweep_after: after } = due;
  const most = tx.limits.journeySweep;
  const [row] = await tx.query<{ seen: number; last: string | null }>(queueSql, [
    brandId,
    id,
    after,
    most,
  ]);
  const through = row === undefined || row.seen < most;
  await tx.query(advanceSql, [id, through ? null : row.last, through ? null : tx.now, brandId]);
  return 1;
}
