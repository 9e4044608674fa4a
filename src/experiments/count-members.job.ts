import type { CommandTransaction } from '../platform/database/command';
import { inTurn } from '../platform/database/turn';
import type { Job } from '../platform/feature';
import { additive, bitsSql, gainsSql } from './arms.sql';

/** Advisory lock of whoever counts members. */
const lock = 7_219_340_592;
const atOnce = 2000;

const names = additive.join(', ');
const raised = additive.map((name) => `${name} = a.${name} + excluded.${name}`).join(', ');

// One statement: what is counted of a member and what the arm gains by it are written together.
const countSql = `
  WITH m AS MATERIALIZED (
    SELECT x.* FROM experiment_members x WHERE x.stale
    ORDER BY x.experiment_id, x.customer_id LIMIT $1 FOR NO KEY UPDATE
  ), gained AS (
    INSERT INTO experiment_arms AS a (experiment_id, arm, brand_id, ${names})
    SELECT m.experiment_id, m.arm, m.brand_id, ${gainsSql}
    FROM m GROUP BY m.experiment_id, m.arm, m.brand_id ORDER BY m.experiment_id, m.arm
    ON CONFLICT (brand_id, experiment_id, arm) DO UPDATE SET ${raised}
  ), counted AS (
    UPDATE experiment_members w SET stale = false, counted = ${bitsSql},
      counted_deliveries = m.deliveries, counted_orders = m.orders, counted_revenue = m.revenue_minor
    FROM m WHERE w.brand_id = m.brand_id AND w.experiment_id = m.experiment_id
      AND w.customer_id = m.customer_id
    RETURNING 1)
  SELECT count(*)::integer AS counted FROM counted`;

/** Adds to the arms what their members have done since they were counted. */
export const countMembers: Job = {
  name: 'count-experiment-members',
  run: (context) => inTurn(context, lock, count),
};

async function count(tx: CommandTransaction): Promise<number> {
  const [row] = await tx.query<{ counted: number }>(countSql, [atOnce]);
  return row?.counted ?? 0;
}
