import type { MigrationInterface, QueryRunner } from 'typeorm';
import { told } from './attention-states/told.sql';

/**
 * How attentive each customer of each brand is: kept beside the events, so that nobody reads events to
 * know it, and told anew from the events by functions of their own, so that the two can be compared.
 */
export class AttentionStates1763700000027 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SELECT set_config('app.reach', 'everything', true)`);
    await runner.query(this.days);
    await runner.query(this.tables);
    await runner.query(told);
    await runner.query(this.backfill);
    for (const [table, grant] of Object.entries(this.grants)) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
        GRANT ${grant} ON ${table} TO atomic_rewards_app;
      `);
    }
    for (const table of ['attention_states', 'attention_days']) {
      await runner.query(`
        CREATE POLICY tenant ON ${table}
          USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR customer_id = (SELECT app_subject())
            OR (SELECT app_everything()))
          WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
      `);
    }
    await runner.query(`
      CREATE POLICY tenant ON brand_attention_days
        USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()))
        WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
      -- By which days a customer is told where they stand is no secret from them.
      CREATE POLICY tenant ON dormancy_policies
        USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_subject()) IS NOT NULL
          OR (SELECT app_everything()))
        WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
      SELECT set_config('app.reach', '', true);
    `);
  }

  private readonly grants = {
    attention_states: 'SELECT, INSERT, UPDATE',
    attention_days: 'SELECT, INSERT, UPDATE',
    brand_attention_days: 'SELECT, INSERT, UPDATE',
    dormancy_policies: 'SELECT, INSERT, UPDATE',
  };

  /** The day an event belongs to stays what it was, also when the customer or the brand moves. */
  private readonly days = `
    ALTER TABLE attention_events ADD COLUMN local_day date;
    ALTER TABLE deliveries ADD COLUMN local_day date;
    CREATE TEMP TABLE zone_names ON COMMIT DROP AS SELECT name FROM pg_timezone_names;
    CREATE UNIQUE INDEX ON zone_names (name);
    CREATE TEMP TABLE zones_of ON COMMIT DROP AS
      SELECT b.id AS brand_id, r.customer_id, coalesce(own.name, brand.name, 'UTC') AS zone
      FROM brands b LEFT JOIN relationships r ON r.brand_id = b.id
      LEFT JOIN zone_names own ON own.name = r.traits ->> 'timezone'
      LEFT JOIN zone_names brand ON brand.name = b.timezone;
    CREATE INDEX ON zones_of (brand_id, customer_id);
    UPDATE attention_events e SET local_day = (e.occurred_at AT TIME ZONE z.zone)::date
    FROM zones_of z WHERE z.brand_id = e.brand_id AND z.customer_id = e.customer_id;
    UPDATE deliveries d SET local_day = (d.delivered_at AT TIME ZONE z.zone)::date
    FROM zones_of z WHERE z.brand_id = d.brand_id AND z.customer_id = d.customer_id;
    UPDATE attention_events SET local_day = (occurred_at AT TIME ZONE 'UTC')::date WHERE local_day IS NULL;
    UPDATE deliveries SET local_day = (delivered_at AT TIME ZONE 'UTC')::date WHERE local_day IS NULL;
    ALTER TABLE attention_events ALTER COLUMN local_day SET NOT NULL;
    ALTER TABLE deliveries ALTER COLUMN local_day SET NOT NULL;
  `;

  private readonly tables = `
    -- By brand, the days after which silence has a name; a brand without a row has the defaults.
    CREATE TABLE dormancy_policies (
      brand_id uuid PRIMARY KEY REFERENCES brands,
      active_days integer NOT NULL DEFAULT 30,
      drifting_days integer NOT NULL DEFAULT 60,
      inactive_days integer NOT NULL DEFAULT 90,
      dormant_days integer NOT NULL DEFAULT 365,
      min_messages integer NOT NULL DEFAULT 3,
      changed_at timestamptz(3) NOT NULL,
      -- Until where, in the order of their ids, the brand's customers were judged anew; null when all were.
      judged_to uuid,
      CHECK (active_days > 0 AND drifting_days > active_days AND inactive_days > drifting_days
        AND dormant_days > inactive_days AND min_messages >= 0)
    );

    -- One row for each customer a brand has reached or heard from.
    CREATE TABLE attention_states (
      brand_id uuid NOT NULL REFERENCES brands,
      customer_id uuid NOT NULL REFERENCES customers,
      first_contact_at timestamptz(3) NOT NULL,
      last_delivered_at timestamptz(3),
      last_attended_at timestamptz(3),
      last_verified_at timestamptz(3),
      last_clicked_at timestamptz(3),
      -- Messages that reached them since they last attended.
      delivered_since integer NOT NULL CHECK (delivered_since >= 0),
      -- The moving average of daily points as it was on the latest day that has any; it fades since.
      ema double precision NOT NULL CHECK (ema >= 0),
      ema_day date,
      -- The longest living streak of days by the brand's rules, told by those who count them.
      streak integer NOT NULL DEFAULT 0 CHECK (streak >= 0),
      dormancy text NOT NULL CHECK (dormancy IN
        ('ACTIVE', 'DRIFTING', 'INACTIVE', 'DORMANT', 'LOST', 'NEVER', 'NOT_TESTED', 'NEW')),
      dormancy_since timestamptz(3) NOT NULL,
      -- When time alone will change it; null when it will not.
      dormancy_due_at timestamptz(3),
      band text NOT NULL CHECK (band IN ('HOOKED', 'ENGAGED', 'DRIFTING', 'FADING', 'SILENT')),
      band_since timestamptz(3) NOT NULL,
      -- From where an unproven event has woken them, until a verified one proves it.
      woken_from text CHECK (woken_from IN ('DORMANT', 'LOST')),
      reactivated_at timestamptz(3),
      -- When to look again, never later than time changes anything. Moved only when it must be, so that
      -- an event changes no indexed column.
      check_at timestamptz(3),
      PRIMARY KEY (brand_id, customer_id)
    ) WITH (fillfactor = 70);
    -- The row of somebody who is merged away is kept for the undoing; what both rows say is told anew.
    COMMENT ON TABLE attention_states IS 'merge: DROP';
    COMMENT ON COLUMN attention_states.first_contact_at IS 'merge: LEAST';
    CREATE INDEX attention_states_customer ON attention_states (customer_id);
    CREATE INDEX attention_states_dormancy ON attention_states (brand_id, dormancy);
    CREATE INDEX attention_states_band ON attention_states (brand_id, band);
    CREATE INDEX attention_states_check ON attention_states (check_at) WHERE check_at IS NOT NULL;

    -- Events of a customer's local day that count: at least half sure, and no repetition.
    CREATE TABLE attention_days (
      brand_id uuid NOT NULL REFERENCES brands,
      customer_id uuid NOT NULL REFERENCES customers,
      local_day date NOT NULL,
      opens integer NOT NULL,
      clicks integer NOT NULL,
      events integer NOT NULL,
      verified integer NOT NULL,
      -- Twice the points, so that half a point is a whole number; not capped.
      points_x2 integer NOT NULL,
      PRIMARY KEY (brand_id, customer_id, local_day)
    ) WITH (fillfactor = 80);
    CREATE INDEX attention_days_customer ON attention_days (customer_id);

    CREATE TABLE brand_attention_days (
      brand_id uuid NOT NULL REFERENCES brands,
      local_day date NOT NULL,
      deliveries bigint NOT NULL,
      opens bigint NOT NULL,
      clicks bigint NOT NULL,
      events bigint NOT NULL,
      verified bigint NOT NULL,
      -- Fetches by machines, which count nowhere else.
      machine bigint NOT NULL,
      PRIMARY KEY (brand_id, local_day)
    ) WITH (fillfactor = 50);
  `;

  /** What was before is told from its events; nothing of it is announced. */
  private readonly backfill = `
    INSERT INTO attention_days (brand_id, customer_id, local_day, opens, clicks, events, verified, points_x2)
    SELECT brand_id, customer_id, local_day, opens, clicks, events, verified, points_x2
    FROM attention_days_told(NULL);
    INSERT INTO brand_attention_days (brand_id, local_day, deliveries, opens, clicks, events, verified, machine)
    SELECT brand_id, local_day, deliveries, opens, clicks, events, verified, machine
    FROM brand_attention_told(NULL);
    INSERT INTO attention_states (brand_id, customer_id, first_contact_at, last_delivered_at,
      last_attended_at, last_verified_at, last_clicked_at, delivered_since, ema, ema_day, streak, dormancy,
      dormancy_since, dormancy_due_at, band, band_since, check_at)
    SELECT t.brand_id, t.customer_id, t.first_contact_at, t.last_delivered_at, t.last_attended_at,
      t.last_verified_at, t.last_clicked_at, t.delivered_since, t.ema, t.ema_day, s.streak,
      dormancy_told(t.brand_id, t.first_contact_at, t.last_attended_at, t.delivered_since, now()), now(),
      now(), attention_band_told(t.ema, t.ema_day, s.streak, (now() AT TIME ZONE 'UTC')::date), now(), now()
    FROM attention_told(NULL) t
    CROSS JOIN LATERAL (SELECT coalesce(max(x.current), 0) AS streak FROM streaks x
      WHERE x.brand_id = t.brand_id AND x.customer_id = t.customer_id AND x.strand = 'DAY'
        AND x.state = 'ALIVE') s;
  `;

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION retell_attention(uuid[], timestamptz);
      DROP FUNCTION brand_attention_told(uuid);
      DROP FUNCTION attention_band_told(double precision, date, integer, date);
      DROP FUNCTION dormancy_told(uuid, timestamptz, timestamptz, integer, timestamptz); DROP FUNCTION attention_told(uuid[]);
      DROP FUNCTION attention_days_told(uuid[]); DROP FUNCTION attention_weight(text, integer);
      DROP TABLE brand_attention_days; DROP TABLE attention_days; DROP TABLE attention_states;
      DROP TABLE dormancy_policies;
      ALTER TABLE deliveries DROP COLUMN local_day;
      ALTER TABLE attention_events DROP COLUMN local_day;
    `);
  }
}
