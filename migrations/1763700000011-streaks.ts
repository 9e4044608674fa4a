import type { MigrationInterface, QueryRunner } from 'typeorm';

const grants = {
  streak_units: 'SELECT, INSERT, UPDATE (length, qualified_at)',
  streak_awards: 'SELECT, INSERT, UPDATE (amount)',
  streaks: 'SELECT, INSERT, UPDATE',
};

/**
 * Streaks of days, of messages and of series, which late events may still lengthen: what qualified,
 * what was paid for it, and where each streak stands. And what became of a delivery later.
 */
export class Streaks1763700000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      SELECT set_config('app.reach', 'everything', true);
      ALTER TABLE deliveries ADD COLUMN state text NOT NULL DEFAULT 'DELIVERED'
        CHECK (state IN ('DELIVERED', 'BOUNCED', 'SUPPRESSED'));
      GRANT UPDATE (state) ON deliveries TO atomic_rewards_app;

      -- A strand is what is counted in one row: DAY, MESSAGE, or SERIES and the id of the series.
      CREATE TABLE streak_units (
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        rule_name text NOT NULL,
        strand text NOT NULL,
        -- A local day, or the UUID of a message.
        unit text NOT NULL,
        -- Orders the units: the day's midnight as if in UTC, or when the message was delivered.
        position timestamptz(3) NOT NULL,
        qualified_at timestamptz(3) NOT NULL,
        length integer NOT NULL CHECK (length > 0),
        event_id uuid NOT NULL REFERENCES attention_events,
        PRIMARY KEY (brand_id, customer_id, rule_name, strand, unit)
      );
      CREATE INDEX streak_units_order ON streak_units (brand_id, customer_id, rule_name, strand, position);
      CREATE INDEX streak_units_customer ON streak_units (customer_id);
      CREATE INDEX streak_units_event ON streak_units (event_id);

      -- What an event was paid for its place in a streak, top-ups included.
      CREATE TABLE streak_awards (
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        rule_name text NOT NULL,
        strand text NOT NULL,
        unit text NOT NULL,
        event_id uuid NOT NULL REFERENCES attention_events,
        rule_id uuid NOT NULL REFERENCES earn_rules,
        -- What the customer was paid of the rate, and the name under which a message pays it once.
        percent integer NOT NULL CHECK (percent >= 0),
        once text NOT NULL,
        amount bigint NOT NULL CHECK (amount > 0),
        PRIMARY KEY (brand_id, customer_id, rule_name, strand, unit, event_id)
      );
      CREATE INDEX streak_awards_customer ON streak_awards (customer_id);
      CREATE INDEX streak_awards_event ON streak_awards (event_id);
      CREATE INDEX streak_awards_rule ON streak_awards (rule_id);

      CREATE TABLE streaks (
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        rule_name text NOT NULL,
        strand text NOT NULL,
        -- The version that counted last.
        rule_id uuid NOT NULL REFERENCES earn_rules,
        current integer NOT NULL CHECK (current >= 0),
        best integer NOT NULL CHECK (best > 0),
        state text NOT NULL CHECK (state IN ('ALIVE', 'BROKEN')),
        last_position timestamptz(3) NOT NULL,
        last_day date NOT NULL,
        last_message_id uuid REFERENCES messages,
        -- When it may have broken for want of an event; null once it has.
        check_at timestamptz(3),
        PRIMARY KEY (brand_id, customer_id, rule_name, strand)
      ) WITH (fillfactor = 70);
      CREATE INDEX streaks_customer ON streaks (customer_id);
      CREATE INDEX streaks_rule ON streaks (rule_id);
      CREATE INDEX streaks_last_message ON streaks (last_message_id) WHERE last_message_id IS NOT NULL;
      CREATE INDEX streaks_check ON streaks (check_at) WHERE check_at IS NOT NULL;

      INSERT INTO streak_units (brand_id, customer_id, rule_name, strand, unit, position, qualified_at, length, event_id)
      SELECT d.brand_id, d.customer_id, d.rule_name, 'DAY', d.local_day::text,
        d.local_day::timestamp AT TIME ZONE 'UTC', e.occurred_at, d.length, d.event_id
      FROM streak_days d JOIN attention_events e ON e.id = d.event_id;
      INSERT INTO streaks (brand_id, customer_id, rule_name, strand, rule_id, current, best, state,
        last_position, last_day, check_at)
      SELECT DISTINCT ON (d.brand_id, d.customer_id, d.rule_name) d.brand_id, d.customer_id, d.rule_name,
        'DAY', r.id, d.length, max(d.length) OVER (PARTITION BY d.brand_id, d.customer_id, d.rule_name),
        'ALIVE', d.local_day::timestamp AT TIME ZONE 'UTC', d.local_day, now()
      FROM streak_days d
      JOIN LATERAL (SELECT x.id FROM earn_rules x WHERE x.brand_id = d.brand_id AND x.name = d.rule_name
        ORDER BY x.version DESC LIMIT 1) r ON true
      ORDER BY d.brand_id, d.customer_id, d.rule_name, d.local_day DESC;
      DROP TABLE streak_days;
      UPDATE earn_rules SET streak = '{"scope": "BRAND", "windowHours": 72}'::jsonb || streak
      WHERE streak IS NOT NULL;

      -- A streak over brands is counted by a writer, which learns days of other brands and no more.
      DROP POLICY tenant ON attention_events;
      CREATE POLICY tenant ON attention_events
        USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR customer_id = (SELECT app_subject())
          OR (SELECT app_directory()))
        WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
    `);
    for (const [table, grant] of Object.entries(grants)) await runner.query(wall(table, grant));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      SELECT set_config('app.reach', 'everything', true);
      DROP POLICY tenant ON attention_events;
      CREATE POLICY tenant ON attention_events
        USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR customer_id = (SELECT app_subject())
          OR (SELECT app_everything()))
        WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
      CREATE TABLE streak_days (
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        rule_name text NOT NULL,
        local_day date NOT NULL,
        length integer NOT NULL CHECK (length > 0),
        event_id uuid NOT NULL REFERENCES attention_events,
        PRIMARY KEY (brand_id, customer_id, rule_name, local_day)
      );
      CREATE INDEX streak_days_customer ON streak_days (customer_id);
      CREATE INDEX streak_days_event ON streak_days (event_id);
      INSERT INTO streak_days SELECT brand_id, customer_id, rule_name, unit::date, length, event_id
      FROM streak_units WHERE strand = 'DAY';
      DROP TABLE streaks; DROP TABLE streak_awards; DROP TABLE streak_units;
      ALTER TABLE deliveries DROP COLUMN state;
    `);
    await runner.query(wall('streak_days', 'SELECT, INSERT'));
  }
}

function wall(table: string, grant: string): string {
  return `
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant ON ${table}
      USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR customer_id = (SELECT app_subject())
        OR (SELECT app_everything()))
      WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
    GRANT ${grant} ON ${table} TO atomic_rewards_app;`;
}
