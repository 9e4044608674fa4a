import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Attention events, earn rules (immutable versions), and the facts rules ask about. */
export class Attention1763700000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE attention_events (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        message_id uuid REFERENCES messages,
        action text NOT NULL,
        channel text,
        -- Confidence in percent: 0 a machine, 50 an unclassified open, 100 verified.
        confidence smallint NOT NULL CHECK (confidence BETWEEN 0 AND 100),
        machine boolean NOT NULL,
        duplicate boolean NOT NULL,
        user_agent text,
        duration_ms integer CHECK (duration_ms >= 0),
        properties jsonb,
        occurred_at timestamptz(3) NOT NULL,
        recorded_at timestamptz(3) NOT NULL
      );
      CREATE INDEX attention_customer ON attention_events (customer_id, occurred_at DESC, id DESC);
      CREATE INDEX attention_message ON attention_events (message_id, customer_id) WHERE message_id IS NOT NULL;
      CREATE INDEX attention_brand ON attention_events (brand_id, id DESC);

      CREATE TABLE earn_rules (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        name text NOT NULL,
        version integer NOT NULL CHECK (version > 0),
        action text NOT NULL,
        amount bigint NOT NULL CHECK (amount > 0),
        channel text,
        per_customer_per_day integer NOT NULL CHECK (per_customer_per_day > 0),
        min_confidence smallint NOT NULL CHECK (min_confidence BETWEEN 0 AND 100),
        streak jsonb,
        starts_at timestamptz(3),
        ends_at timestamptz(3),
        created_at timestamptz(3) NOT NULL,
        UNIQUE (brand_id, name, version)
      );

      -- One row for each payment of a message's offer: the primary key is what makes it one payment.
      CREATE TABLE message_awards (
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        message_id uuid NOT NULL REFERENCES messages,
        action text NOT NULL,
        amount bigint NOT NULL CHECK (amount > 0),
        event_id uuid NOT NULL REFERENCES attention_events,
        PRIMARY KEY (brand_id, customer_id, message_id, action)
      );
      CREATE INDEX message_awards_customer ON message_awards (customer_id);
      CREATE INDEX message_awards_message ON message_awards (message_id);
      CREATE INDEX message_awards_event ON message_awards (event_id);

      CREATE TABLE daily_awards (
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        rule_name text NOT NULL,
        local_day date NOT NULL,
        payments integer NOT NULL CHECK (payments > 0),
        PRIMARY KEY (brand_id, customer_id, rule_name, local_day)
      );
      CREATE INDEX daily_awards_customer ON daily_awards (customer_id);

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
    `);
    const grants = {
      attention_events: 'SELECT, INSERT, UPDATE (confidence)',
      earn_rules: 'SELECT, INSERT',
      message_awards: 'SELECT, INSERT',
      daily_awards: 'SELECT, INSERT, UPDATE (payments)',
      streak_days: 'SELECT, INSERT',
    };
    for (const [table, grant] of Object.entries(grants)) {
      const subject =
        table === 'earn_rules'
          ? '(SELECT app_subject()) IS NOT NULL'
          : 'customer_id = (SELECT app_subject())';
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON ${table}
          USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR ${subject} OR (SELECT app_everything()))
          WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
        GRANT ${grant} ON ${table} TO atomic_rewards_app;
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE streak_days; DROP TABLE daily_awards; DROP TABLE message_awards;
      DROP TABLE earn_rules; DROP TABLE attention_events;
    `);
  }
}
