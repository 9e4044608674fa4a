import type { CommandTransaction } from '../platform/database/command';
import type { Job } from '../platform/feature';
import { refreshWorth, type Pair } from './refresh-worth';

const dayMs = 86_400_000;

// Each brand's oldest rows first, by one index; those somebody else is just writing are as good as new. A new
// model makes old what the last one said, in brands that have chosen the model.
const dueSql = `
  SELECT w.brand_id AS "brandId", w.customer_id AS "customerId"
  FROM brands b
  LEFT JOIN worth_settings s ON s.brand_id = b.id
  LEFT JOIN worth_turns t ON t.brand_id = b.id AND s.clv_model = 'BG_NBD'
  CROSS JOIN LATERAL (
    SELECT c.brand_id, c.customer_id FROM customer_worth c
    WHERE c.brand_id = b.id AND c.source <> 'INGESTED'
      AND c.computed_at < greatest($1, s.updated_at, t.fitted_at)
    ORDER BY c.computed_at LIMIT $2
    FOR NO KEY UPDATE SKIP LOCKED
  ) w
  LIMIT $2`;

/**
 * Reckons anew what customers are worth whose figure is a day old, since silence makes it less, or older
 * than what their brand reckons by.
 */
export const refreshWorthDaily: Job = {
  name: 'refresh-worth',
  run: ({ database, clock, limits }) =>
    database.transact(clock, (tx) => refreshDue(tx, limits.worthBatch)),
};

async function refreshDue(tx: CommandTransaction, atOnce: number): Promise<number> {
  const due = await tx.query<Pair>(dueSql, [new Date(tx.now.getTime() - dayMs), atOnce]);
  await refreshWorth(tx, due);
  return due.length;
}
