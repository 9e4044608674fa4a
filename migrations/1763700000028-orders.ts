import type { MigrationInterface, QueryRunner } from 'typeorm';
import { recountSql } from './1763700000028-orders.recount';

/**
 * Orders with where they were made, what drove them and what was paid back; what is kept of them by
 * customer, by brand and by day, so that no figure ever scans orders; and what a customer is worth.
 */
export class Orders1763700000028 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.purchases);
    await runner.query(this.totals);
    await runner.query(this.worth);
    await this.protect(runner);
    await runner.query(recountSql);
    // What has been recorded until now is counted once, by the function that counts anew after merges.
    await runner.query(`
      SELECT set_config('app.reach', 'everything', true);
      UPDATE purchases p SET local_day = (p.purchased_at AT TIME ZONE b.timezone)::date
      FROM brands b WHERE b.id = p.brand_id;
      ALTER TABLE purchases ALTER local_day SET NOT NULL;
      INSERT INTO brand_purchase_days (brand_id, local_day, bucket, orders, gross_minor,
        refunded_minor, other_currency_orders)
      SELECT p.brand_id, p.local_day, p.bucket, count(*) FILTER (WHERE p.currency = b.currency),
        coalesce(sum(p.total_minor) FILTER (WHERE p.currency = b.currency), 0), 0,
        count(*) FILTER (WHERE p.currency <> b.currency)
      FROM purchases p JOIN brands b ON b.id = p.brand_id GROUP BY 1, 2, 3;
      SELECT recount_purchases(array_agg(DISTINCT p.customer_id)) FROM purchases p;
      SELECT set_config('app.reach', 'everything', true);
      SELECT forget_worth(array_agg(DISTINCT p.customer_id)) FROM purchases p;
      SELECT set_config('app.reach', '', true);
    `);
  }

  private readonly purchases = `
    -- Each order falls into exactly one of seven. What nobody drove is organic.
    CREATE FUNCTION purchase_bucket(surface text, driver text, first boolean) RETURNS text
    LANGUAGE sql IMMUTABLE AS $$
      SELECT CASE WHEN surface = 'THIRD_PARTY' THEN 'INTERMEDIATED'
        ELSE 'DIRECT_' || coalesce(driver, 'ORGANIC') || CASE WHEN first THEN '_NEW' ELSE '_KNOWN' END END
    $$;
    ALTER TABLE purchases
      ADD COLUMN surface text NOT NULL DEFAULT 'OWN' CHECK (surface IN ('OWN', 'THIRD_PARTY')),
      ADD COLUMN driver text CHECK (driver IN ('ORGANIC', 'CRM', 'ADTECH')),
      ADD COLUMN campaign text,
      ADD COLUMN cost_minor bigint CHECK (cost_minor >= 0),
      ADD COLUMN refunded_minor bigint NOT NULL DEFAULT 0
        CHECK (refunded_minor BETWEEN 0 AND total_minor),
      -- The earliest of the customer's orders with the brand, whatever order they arrived in.
      ADD COLUMN first_of_customer boolean NOT NULL DEFAULT false,
      ADD COLUMN bucket text NOT NULL
        GENERATED ALWAYS AS (purchase_bucket(surface, driver, first_of_customer)) STORED,
      -- The brand's day when it was recorded; a brand that moves keeps the days it had.
      ADD COLUMN local_day date;
    GRANT UPDATE (refunded_minor, first_of_customer) ON purchases TO atomic_rewards_app;

    CREATE TABLE purchase_refunds (
      id uuid PRIMARY KEY,
      brand_id uuid NOT NULL REFERENCES brands,
      purchase_id uuid NOT NULL REFERENCES purchases,
      amount_minor bigint NOT NULL CHECK (amount_minor > 0),
      reason text,
      refunded_at timestamptz(3) NOT NULL,
      recorded_at timestamptz(3) NOT NULL
    );
    CREATE INDEX purchase_refunds_purchase ON purchase_refunds (purchase_id, id);
    CREATE INDEX purchase_refunds_brand ON purchase_refunds (brand_id);
  `;

  private readonly totals = `
    -- Money is in the brand's currency; orders in others are only counted. Times are of all orders.
    CREATE TABLE purchase_totals (
      brand_id uuid NOT NULL REFERENCES brands,
      customer_id uuid NOT NULL REFERENCES customers,
      orders integer NOT NULL,
      gross_minor bigint NOT NULL,
      refunded_minor bigint NOT NULL,
      other_currency_orders integer NOT NULL,
      -- What the orders cost that say so, and what those were sold for.
      cost_minor bigint NOT NULL,
      costed_minor bigint NOT NULL,
      first_at timestamptz(3) NOT NULL,
      first_id uuid NOT NULL,
      last_at timestamptz(3) NOT NULL,
      PRIMARY KEY (brand_id, customer_id)
    );
    CREATE INDEX purchase_totals_customer ON purchase_totals (customer_id);

    CREATE TABLE brand_purchase_totals (
      brand_id uuid PRIMARY KEY REFERENCES brands,
      customers integer NOT NULL,
      orders bigint NOT NULL,
      gross_minor bigint NOT NULL,
      refunded_minor bigint NOT NULL,
      other_currency_orders bigint NOT NULL,
      -- The pauses between a customer's orders, over all customers: how many, and how long together.
      gaps bigint NOT NULL,
      gap_seconds bigint NOT NULL
    );

    -- Refunds count on the day of the order, so that a bucket is what its orders brought in the end.
    CREATE TABLE brand_purchase_days (
      brand_id uuid NOT NULL REFERENCES brands,
      local_day date NOT NULL,
      bucket text NOT NULL,
      orders integer NOT NULL,
      gross_minor bigint NOT NULL,
      refunded_minor bigint NOT NULL,
      other_currency_orders integer NOT NULL,
      PRIMARY KEY (brand_id, local_day, bucket)
    );

    -- How far proving has come with a brand: roll-ups against the orders they are made of.
    CREATE TABLE purchase_proofs (
      brand_id uuid PRIMARY KEY REFERENCES brands,
      reached uuid NOT NULL,
      started_at timestamptz(3) NOT NULL,
      ended_at timestamptz(3)
    );
  `;

  private readonly worth = `
    CREATE TABLE customer_worth (
      brand_id uuid NOT NULL REFERENCES brands,
      customer_id uuid NOT NULL REFERENCES customers,
      clv_minor bigint NOT NULL,
      source text NOT NULL CHECK (source IN ('RULE_6_9', 'BG_NBD', 'INGESTED')),
      p_alive double precision,
      expected_orders double precision,
      expected_value_minor bigint,
      model_version text NOT NULL,
      computed_at timestamptz(3) NOT NULL,
      PRIMARY KEY (brand_id, customer_id)
    );
    CREATE INDEX customer_worth_rank ON customer_worth (brand_id, clv_minor DESC, customer_id);
    CREATE INDEX customer_worth_customer ON customer_worth (customer_id);
    CREATE INDEX customer_worth_age ON customer_worth (brand_id, computed_at) WHERE source = 'RULE_6_9';

    -- Null stands for the default.
    CREATE TABLE worth_settings (
      brand_id uuid PRIMARY KEY REFERENCES brands,
      margin double precision CHECK (margin BETWEEN 0 AND 1),
      discount double precision CHECK (discount BETWEEN 0 AND 10),
      horizon_years integer CHECK (horizon_years BETWEEN 1 AND 50),
      yearly_retention double precision CHECK (yearly_retention BETWEEN 0 AND 1),
      days_between_orders double precision CHECK (days_between_orders BETWEEN 1 AND 3650),
      clv_model text CHECK (clv_model IN ('RULE_6_9', 'BG_NBD')),
      updated_at timestamptz(3) NOT NULL
    );

    -- What brands' own models say of customers, and which of them said it when: the newest word counts.
    CREATE TABLE customer_scores (
      brand_id uuid NOT NULL REFERENCES brands,
      customer_id uuid NOT NULL REFERENCES customers,
      kind text NOT NULL,
      value double precision NOT NULL,
      scorer text NOT NULL,
      scorer_version text NOT NULL,
      scored_at timestamptz(3) NOT NULL,
      recorded_at timestamptz(3) NOT NULL,
      PRIMARY KEY (brand_id, customer_id, kind)
    );
    CREATE INDEX customer_scores_customer ON customer_scores (customer_id);
  `;

  private async protect(runner: QueryRunner): Promise<void> {
    const own = 'brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything())';
    const also = ' OR customer_id = (SELECT app_subject())';
    const tables: Record<string, [readable: string, grant: string]> = {
      purchase_refunds: [
        `${own} OR ((SELECT app_subject()) IS NOT NULL AND EXISTS (SELECT FROM purchases p
          WHERE p.id = purchase_id AND p.customer_id = (SELECT app_subject())))`,
        'SELECT, INSERT',
      ],
      purchase_totals: [own + also, 'SELECT, INSERT, UPDATE'],
      brand_purchase_totals: [own, 'SELECT, INSERT, UPDATE'],
      brand_purchase_days: [own, 'SELECT, INSERT, UPDATE'],
      purchase_proofs: [own, 'SELECT, INSERT, UPDATE'],
      customer_worth: [own + also, 'SELECT, INSERT, UPDATE'],
      worth_settings: [own, 'SELECT, INSERT, UPDATE'],
      customer_scores: [own + also, 'SELECT, INSERT, UPDATE'],
    };
    for (const [table, [readable, grant]] of Object.entries(tables)) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON ${table} USING (${readable}) WITH CHECK (${own});
        GRANT ${grant} ON ${table} TO atomic_rewards_app;
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER moved ON purchases;
      DROP FUNCTION worth_terms(uuid[]); DROP FUNCTION recount_moved_purchases(); DROP FUNCTION forget_worth(uuid[]); DROP FUNCTION recount_purchases(uuid[]);
      DROP FUNCTION counted_purchases(uuid[]);
      DROP TABLE customer_scores; DROP TABLE worth_settings; DROP TABLE customer_worth;
      DROP TABLE purchase_proofs; DROP TABLE brand_purchase_days; DROP TABLE brand_purchase_totals;
      DROP TABLE purchase_totals; DROP TABLE purchase_refunds;
      REVOKE UPDATE (refunded_minor, first_of_customer) ON purchases FROM atomic_rewards_app;
      ALTER TABLE purchases DROP COLUMN local_day, DROP COLUMN bucket, DROP COLUMN first_of_customer,
        DROP COLUMN refunded_minor, DROP COLUMN cost_minor, DROP COLUMN campaign,
        DROP COLUMN driver, DROP COLUMN surface;
      DROP FUNCTION purchase_bucket(text, text, boolean);
    `);
  }
}
