import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Experiments with a share of customers held out. Members remember what they did first; triggers of the
 * tables where it is recorded tell them, in the transaction that records it, whoever records it.
 */
export class Experiments1763700000032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.tables);
    const grants = {
      experiments:
        'SELECT, INSERT, UPDATE (ends_at, sweep_after, sweep_at, assigned_at, ended_at, released_mu)',
      experiment_members: `SELECT, INSERT, UPDATE (delivered_at, opened_at, clicked_at, ordered_at,
        reactivated_at, deliveries, orders, revenue_minor, counted, counted_deliveries, counted_orders,
        counted_revenue, stale)`,
      experiment_arms: `SELECT, INSERT, UPDATE (members, delivered, opened, clicked, ordered, reactivated,
        deliveries, orders, revenue_minor)`,
    };
    for (const [table, grant] of Object.entries(grants)) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON ${table}
          USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()))
          WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
        GRANT ${grant} ON ${table} TO atomic_rewards_app;
      `);
    }
    await runner.query(this.attention);
    await runner.query(this.deliveries);
    await runner.query(this.purchases);
  }

  private readonly tables = `
    CREATE TABLE experiments (
      id uuid PRIMARY KEY,
      brand_id uuid NOT NULL REFERENCES brands,
      external_id text NOT NULL,
      outcome text NOT NULL CHECK (outcome IN ('OPEN', 'CLICK', 'ORDER', 'REACTIVATED')),
      -- Whom it is about; without any of the three, everybody.
      dormancies text[] CHECK (cardinality(dormancies) > 0),
      segment_id uuid,
      trait jsonb,
      -- The share held out, in hundredths of a percent.
      holdout_bp integer NOT NULL CHECK (holdout_bp BETWEEN 1 AND 9999),
      -- What assigns the arms; secret, so that nobody can choose theirs.
      key bytea NOT NULL CHECK (octet_length(key) = 32),
      reserve_mu bigint NOT NULL CHECK (reserve_mu >= 0),
      released_mu bigint CHECK (released_mu >= 0),
      -- In millionths of the currency: a mail costs less than a paisa.
      mu_price bigint NOT NULL CHECK (mu_price >= 0),
      message_cost bigint NOT NULL CHECK (message_cost >= 0),
      currency text NOT NULL,
      starts_at timestamptz(3) NOT NULL,
      ends_at timestamptz(3) NOT NULL,
      created_at timestamptz(3) NOT NULL,
      -- A sweep goes through the customers by id; when the next step of it is due.
      sweep_after uuid,
      sweep_at timestamptz(3) NOT NULL,
      -- When the first sweep was through.
      assigned_at timestamptz(3),
      ended_at timestamptz(3),
      CHECK (starts_at < ends_at),
      CHECK ((ended_at IS NULL) = (released_mu IS NULL)),
      UNIQUE (brand_id, external_id)
    );
    CREATE INDEX experiments_brand ON experiments (brand_id, id DESC);
    CREATE INDEX experiments_sweep ON experiments (sweep_at) WHERE ended_at IS NULL;
    CREATE INDEX experiments_end ON experiments (ends_at) WHERE ended_at IS NULL;

    CREATE TABLE experiment_members (
      experiment_id uuid NOT NULL REFERENCES experiments,
      customer_id uuid NOT NULL REFERENCES customers,
      brand_id uuid NOT NULL REFERENCES brands,
      arm text NOT NULL CHECK (arm IN ('TREATED', 'HELD_OUT')),
      -- How silent they were when they came in; null where nobody knew.
      dormancy text,
      entered_at timestamptz(3) NOT NULL,
      -- When they first did it, within the experiment's time.
      delivered_at timestamptz(3),
      opened_at timestamptz(3),
      clicked_at timestamptz(3),
      ordered_at timestamptz(3),
      reactivated_at timestamptz(3),
      -- Messages of the experiment that reached them; orders and what they paid less refunds.
      deliveries integer NOT NULL DEFAULT 0,
      orders integer NOT NULL DEFAULT 0,
      revenue_minor bigint NOT NULL DEFAULT 0,
      -- What of it the arm has counted: a bit for being there and for each of the five firsts.
      counted smallint NOT NULL DEFAULT 0,
      counted_deliveries integer NOT NULL DEFAULT 0,
      counted_orders integer NOT NULL DEFAULT 0,
      counted_revenue bigint NOT NULL DEFAULT 0,
      stale boolean NOT NULL DEFAULT true,
      PRIMARY KEY (brand_id, experiment_id, customer_id)
    ) WITH (fillfactor = 80);
    CREATE INDEX experiment_members_arm ON experiment_members (experiment_id, arm, customer_id);
    CREATE INDEX experiment_members_customer ON experiment_members (customer_id, experiment_id);
    CREATE INDEX experiment_members_stale ON experiment_members (experiment_id, customer_id) WHERE stale;

    CREATE TABLE experiment_arms (
      experiment_id uuid NOT NULL REFERENCES experiments,
      arm text NOT NULL CHECK (arm IN ('TREATED', 'HELD_OUT')),
      brand_id uuid NOT NULL REFERENCES brands,
      members integer NOT NULL,
      delivered integer NOT NULL,
      opened integer NOT NULL,
      clicked integer NOT NULL,
      ordered integer NOT NULL,
      reactivated integer NOT NULL,
      deliveries bigint NOT NULL,
      orders bigint NOT NULL,
      revenue_minor bigint NOT NULL,
      PRIMARY KEY (brand_id, experiment_id, arm)
    );
    CREATE INDEX experiment_arms_experiment ON experiment_arms (experiment_id);

    ALTER TABLE messages ADD COLUMN experiment_id uuid REFERENCES experiments;
    CREATE INDEX messages_experiment ON messages (experiment_id) WHERE experiment_id IS NOT NULL;
  `;

  // Members are locked in the order of their keys, so that two writers never wait for each other.
  private readonly attention = `
    CREATE FUNCTION experiments_see_attention() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (SELECT FROM experiments e WHERE e.ended_at IS NULL
          AND e.brand_id IN (SELECT a.brand_id FROM added a)) THEN
        RETURN NULL;
      END IF;
      WITH seen AS MATERIALIZED (
        SELECT m.experiment_id, m.customer_id,
          min(a.occurred_at) FILTER (WHERE a.action = 'OPEN' AND a.confidence >= 50) AS opened_at,
          min(a.occurred_at) FILTER (WHERE a.action = 'CLICK' AND a.confidence >= 50) AS clicked_at,
          min(a.occurred_at) FILTER (WHERE a.confidence = 100
            AND m.dormancy IN ('DORMANT', 'LOST')) AS reactivated_at
        FROM added a
        JOIN experiments e ON e.brand_id = a.brand_id AND e.ended_at IS NULL AND a.occurred_at < e.ends_at
        JOIN experiment_members m ON m.experiment_id = e.id AND m.customer_id = a.customer_id
          AND m.brand_id = a.brand_id AND a.occurred_at >= m.entered_at
        WHERE NOT a.machine AND NOT a.duplicate
        GROUP BY m.experiment_id, m.customer_id
      ), locked AS MATERIALIZED (
        SELECT m.experiment_id, m.customer_id FROM seen s
        JOIN experiment_members m USING (experiment_id, customer_id)
        WHERE s.opened_at < coalesce(m.opened_at, 'infinity')
          OR s.clicked_at < coalesce(m.clicked_at, 'infinity')
          OR s.reactivated_at < coalesce(m.reactivated_at, 'infinity')
        ORDER BY m.experiment_id, m.customer_id FOR NO KEY UPDATE OF m
      )
      UPDATE experiment_members m SET stale = true,
        opened_at = least(m.opened_at, s.opened_at), clicked_at = least(m.clicked_at, s.clicked_at),
        reactivated_at = least(m.reactivated_at, s.reactivated_at)
      FROM locked l JOIN seen s USING (experiment_id, customer_id)
      WHERE m.experiment_id = l.experiment_id AND m.customer_id = l.customer_id;
      RETURN NULL;
    END $$;
    CREATE TRIGGER experiments_see_attention AFTER INSERT ON attention_events
      REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION experiments_see_attention();
  `;

  private readonly deliveries = `
    CREATE FUNCTION experiments_see_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (SELECT FROM experiments e WHERE e.ended_at IS NULL
          AND e.brand_id IN (SELECT a.brand_id FROM added a)) THEN
        RETURN NULL;
      END IF;
      WITH seen AS MATERIALIZED (
        SELECT m.experiment_id, m.customer_id,
          min(a.delivered_at) FILTER (WHERE a.delivered_at >= m.entered_at) AS delivered_at,
          count(*) FILTER (WHERE g.experiment_id = e.id) AS own
        FROM added a
        JOIN messages g ON g.id = a.message_id
        JOIN experiments e ON e.brand_id = a.brand_id AND e.ended_at IS NULL AND a.delivered_at < e.ends_at
        JOIN experiment_members m ON m.experiment_id = e.id AND m.customer_id = a.customer_id
          AND m.brand_id = a.brand_id
        WHERE a.state = 'DELIVERED'
        GROUP BY m.experiment_id, m.customer_id
      ), locked AS MATERIALIZED (
        SELECT m.experiment_id, m.customer_id FROM seen s
        JOIN experiment_members m USING (experiment_id, customer_id)
        WHERE s.own > 0 OR s.delivered_at < coalesce(m.delivered_at, 'infinity')
        ORDER BY m.experiment_id, m.customer_id FOR NO KEY UPDATE OF m
      )
      UPDATE experiment_members m SET stale = true,
        delivered_at = least(m.delivered_at, s.delivered_at), deliveries = m.deliveries + s.own
      FROM locked l JOIN seen s USING (experiment_id, customer_id)
      WHERE m.experiment_id = l.experiment_id AND m.customer_id = l.customer_id;
      RETURN NULL;
    END $$;
    CREATE TRIGGER experiments_see_deliveries AFTER INSERT ON deliveries
      REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION experiments_see_deliveries();
  `;

  private readonly purchases = `
    CREATE FUNCTION experiments_see_purchases() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (SELECT FROM experiments e WHERE e.ended_at IS NULL
          AND e.brand_id IN (SELECT a.brand_id FROM added a)) THEN
        RETURN NULL;
      END IF;
      WITH seen AS MATERIALIZED (
        SELECT m.experiment_id, m.customer_id, min(a.purchased_at) AS ordered_at, count(*) AS orders,
          coalesce(sum(a.total_minor) FILTER (WHERE a.currency = e.currency), 0) AS revenue
        FROM added a
        JOIN experiments e ON e.brand_id = a.brand_id AND e.ended_at IS NULL AND a.purchased_at < e.ends_at
        JOIN experiment_members m ON m.experiment_id = e.id AND m.customer_id = a.customer_id
          AND m.brand_id = a.brand_id AND a.purchased_at >= m.entered_at
        GROUP BY m.experiment_id, m.customer_id
      ), locked AS MATERIALIZED (
        SELECT m.experiment_id, m.customer_id FROM seen s
        JOIN experiment_members m USING (experiment_id, customer_id)
        ORDER BY m.experiment_id, m.customer_id FOR NO KEY UPDATE OF m
      )
      UPDATE experiment_members m SET stale = true, ordered_at = least(m.ordered_at, s.ordered_at),
        orders = m.orders + s.orders, revenue_minor = m.revenue_minor + s.revenue
      FROM locked l JOIN seen s USING (experiment_id, customer_id)
      WHERE m.experiment_id = l.experiment_id AND m.customer_id = l.customer_id;
      RETURN NULL;
    END $$;
    CREATE TRIGGER experiments_see_purchases AFTER INSERT ON purchases
      REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION experiments_see_purchases();
  `;

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER experiments_see_purchases ON purchases; DROP FUNCTION experiments_see_purchases();
      DROP TRIGGER experiments_see_deliveries ON deliveries; DROP FUNCTION experiments_see_deliveries();
      DROP TRIGGER experiments_see_attention ON attention_events; DROP FUNCTION experiments_see_attention();
      ALTER TABLE messages DROP COLUMN experiment_id;
      DROP TABLE experiment_arms; DROP TABLE experiment_members; DROP TABLE experiments;
    `);
  }
}
