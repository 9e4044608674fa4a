import type { Client } from 'pg';
import { sumsSoFarSql } from '../../migrations/1763700000031-economics.sums';
import type { Steps } from './steps';

/** What the service keeps beside the rows, told from them by its own functions where it has such. */
const told: Record<string, string> = {
  'identities, bounces': `
    INSERT INTO identity_history (id, brand_id, customer_id, kind, value, change, level, source, happened_at)
    SELECT gen_random_uuid(), i.brand_id, i.customer_id, i.kind, i.value, 'LINKED',
      identity_level(i.confirmed_at, i.proven_at), 'BRAND', i.created_at FROM brand_identities i;
    INSERT INTO bounces (brand_id, customer_id, channel, address, bounced_at)
    SELECT d.brand_id, d.customer_id, 'EMAIL', md5(r.email)::uuid, max(d.delivered_at)
    FROM deliveries d JOIN relationships r ON r.brand_id = d.brand_id AND r.customer_id = d.customer_id
    WHERE d.state = 'BOUNCED' GROUP BY 1, 2, 3, 4;
    SELECT setval(pg_get_serial_sequence('accounts', 'id'), (SELECT max(id) FROM accounts));`,
  'attention by day': `
    INSERT INTO attention_days (brand_id, customer_id, local_day, opens, clicks, events, verified, points_x2)
    SELECT t.* FROM attention_days_told(NULL) t;
    INSERT INTO brand_attention_days
      (brand_id, local_day, deliveries, opens, clicks, events, verified, machine)
    SELECT brand_id, local_day, deliveries, opens, clicks, events, verified, machine
    FROM brand_attention_told(NULL);`,
  'attention by customer': `
    INSERT INTO attention_states (brand_id, customer_id, first_contact_at, last_delivered_at,
      last_attended_at, last_verified_at, last_clicked_at, delivered_since, ema, ema_day, dormancy,
      dormancy_since, band, band_since, check_at)
    SELECT t.*, dormancy_told(t.brand_id, t.first_contact_at, t.last_attended_at, t.delivered_since, now()),
      now(), attention_band_told(t.ema, t.ema_day, 0, (now() AT TIME ZONE 'UTC')::date), now(), now()
    FROM attention_told(NULL) t;`,
  'messages, Mu and years': sumsSoFarSql,
  'orders by customer and day': `
    INSERT INTO brand_purchase_days (brand_id, local_day, bucket, orders, gross_minor, refunded_minor,
      other_currency_orders)
    SELECT p.brand_id, p.local_day, p.bucket, count(*), sum(p.total_minor), sum(p.refunded_minor), 0
    FROM purchases p GROUP BY 1, 2, 3;
    SELECT recount_purchases(array_agg(DISTINCT p.customer_id)) FROM purchases p;`,
  rhythms: `
    SELECT keep_rhythms(array_agg(x.brand_id), array_agg(x.customer_id))
    FROM (SELECT DISTINCT brand_id, customer_id FROM purchases) x;`,
  'worth, to be reckoned': `SELECT forget_worth(array_agg(DISTINCT p.customer_id)) FROM purchases p;`,
  statistics: 'ANALYZE',
};

/** Fills every roll-up, without triggers: each is told as a whole. */
export async function fillRollUps(client: Client, steps: Steps): Promise<void> {
  for (const [name, sql] of Object.entries(told)) await steps.run(name, () => client.query(sql));
}

/** Trends look back over days that nobody had looked at; they get the figures of today. */
export const pastSnapshotsSql = `
  INSERT INTO brand_snapshots (brand_id, local_day, computed_at, figures)
  SELECT s.brand_id, s.local_day - n, s.computed_at - n * interval '1 day', s.figures
  FROM brand_snapshots s, generate_series(1, 400) AS n
  ON CONFLICT DO NOTHING`;
