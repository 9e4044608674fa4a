import type { TestDatabase } from '../support/test-database';

const fade = `power(2::float8, (least(k.ema_day, t.ema_day) - k.ema_day) / 14.0::float8)`;

/** Differences between what is kept and what the events say, of everybody; empty when there are none. */
export async function differences(database: TestDatabase): Promise<unknown[]> {
  return database.query(`
    SELECT 'state' AS of, to_jsonb(k) AS kept, to_jsonb(t) AS told
    FROM attention_states k FULL JOIN (SELECT x.* FROM attention_told(NULL) x
      JOIN customers c ON c.id = x.customer_id AND c.merged_into IS NULL) t USING (brand_id, customer_id)
    WHERE k.first_contact_at IS DISTINCT FROM t.first_contact_at
      OR k.last_delivered_at IS DISTINCT FROM t.last_delivered_at
      OR k.last_attended_at IS DISTINCT FROM t.last_attended_at
      OR k.last_verified_at IS DISTINCT FROM t.last_verified_at
      OR k.last_clicked_at IS DISTINCT FROM t.last_clicked_at
      OR k.delivered_since IS DISTINCT FROM t.delivered_since
      OR k.ema_day IS DISTINCT FROM t.ema_day OR abs(k.ema * coalesce(${fade}, 1) - t.ema) > 1e-9
    UNION ALL
    SELECT 'day', to_jsonb(k), to_jsonb(t)
    FROM attention_days k FULL JOIN attention_days_told(NULL) t
      USING (brand_id, customer_id, local_day)
    WHERE (k.opens, k.clicks, k.events, k.verified, k.points_x2)
      IS DISTINCT FROM (t.opens, t.clicks, t.events, t.verified, t.points_x2)
    UNION ALL
    SELECT 'brand', to_jsonb(k), to_jsonb(t)
    FROM brand_attention_days k FULL JOIN brand_attention_told(NULL) t USING (brand_id, local_day)
    WHERE (k.deliveries, k.opens, k.clicks, k.events, k.verified, k.machine)
      IS DISTINCT FROM (t.deliveries, t.opens, t.clicks, t.events, t.verified, t.machine)`);
}
