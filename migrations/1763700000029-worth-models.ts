import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * In which rhythm each customer buys, kept beside the orders by triggers, so that it is right whoever
 * records, refunds or moves an order; the models fitted on those rhythms; and whose turn it is to be fitted.
 */
export class WorthModels1763700000029 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.tables);
    await runner.query(this.truth);
    await runner.query(this.triggers);
    await runner.query(this.forget(`<> 'INGESTED'`));
    for (const [table, [also, grant]] of Object.entries(this.grants)) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON ${table}
          USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) ${also} OR (SELECT app_everything()))
          WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
        GRANT ${grant} ON ${table} TO atomic_rewards_app;
      `);
    }
    await runner.query(`
      SELECT set_config('app.reach', 'everything', true);
      SELECT keep_rhythms(array_agg(p.brand_id), array_agg(p.customer_id))
      FROM (SELECT DISTINCT brand_id, customer_id FROM purchases) p;
      SELECT set_config('app.reach', '', true);
    `);
  }

  private readonly grants: Record<string, [also: string, grant: string]> = {
    purchase_rhythms: ['OR customer_id = (SELECT app_subject())', 'SELECT'],
    // A person sees by them what is foretold of themselves; the rows name nobody.
    worth_models: ['OR (SELECT app_subject()) IS NOT NULL', 'SELECT, INSERT'],
    worth_turns: [
      '',
      'SELECT, UPDATE (due_at, tried_at, refusal, customers, spenders, version, fitted_at)',
    ],
  };

  private readonly tables = `
    -- Days with an order in the brand's currency that was not wholly refunded.
    CREATE TABLE purchase_rhythms (
      brand_id uuid NOT NULL REFERENCES brands,
      -- Refers to nobody, because it follows the orders: where they go, it is counted anew.
      customer_id uuid NOT NULL,
      days integer NOT NULL CHECK (days >= 0),
      first_day date NOT NULL,
      last_day date NOT NULL,
      -- What was spent on the days after the first, less refunds.
      repeat_minor bigint NOT NULL,
      PRIMARY KEY (brand_id, customer_id)
    );
    CREATE INDEX purchase_rhythms_customer ON purchase_rhythms (customer_id);

    CREATE TABLE worth_models (
      brand_id uuid NOT NULL REFERENCES brands,
      version integer NOT NULL CHECK (version >= 1),
      fitted_at timestamptz(3) NOT NULL,
      -- How many customers it was fitted on, and how many of them came back and spent something.
      customers integer NOT NULL,
      spenders integer NOT NULL,
      -- Parameters and log-likelihoods: estimates, told to as many figures as they have.
      buying jsonb NOT NULL,
      spending jsonb NOT NULL,
      PRIMARY KEY (brand_id, version)
    );

    CREATE TABLE worth_turns (
      brand_id uuid PRIMARY KEY REFERENCES brands,
      due_at timestamptz(3) NOT NULL,
      tried_at timestamptz(3),
      -- Why the last try brought no model; null when it brought one.
      refusal text,
      customers integer,
      spenders integer,
      -- The newest model; 0 is none.
      version integer NOT NULL DEFAULT 0,
      fitted_at timestamptz(3)
    );
    CREATE INDEX worth_turns_due ON worth_turns (due_at);

    -- What a model said grows old as what the rule said does.
    DROP INDEX customer_worth_age;
    CREATE INDEX customer_worth_age ON customer_worth (brand_id, computed_at) WHERE source <> 'INGESTED';
  `;

  private readonly truth = `
    -- What purchase_rhythms must hold of these pairs, counted from their orders.
    CREATE FUNCTION counted_rhythms(brands_of uuid[], people uuid[]) RETURNS SETOF purchase_rhythms
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
      WITH by_day AS (
        SELECT p.brand_id, p.customer_id, p.local_day, sum(p.total_minor - p.refunded_minor) AS minor
        FROM (SELECT DISTINCT * FROM unnest(brands_of, people) AS u(brand_id, customer_id)) w
        JOIN purchases p ON p.brand_id = w.brand_id AND p.customer_id = w.customer_id
        JOIN brands b ON b.id = p.brand_id AND b.currency = p.currency
        WHERE p.total_minor = 0 OR p.refunded_minor < p.total_minor
        GROUP BY p.brand_id, p.customer_id, p.local_day
      )
      SELECT brand_id, customer_id, count(*)::integer, min(local_day), max(local_day),
        (sum(minor) - (array_agg(minor ORDER BY local_day))[1])::bigint
      FROM by_day GROUP BY brand_id, customer_id
    $$;

    -- Counts these pairs anew, whoever else does: each is locked before its orders are read.
    CREATE FUNCTION keep_rhythms(brands_of uuid[], people uuid[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE reach text := coalesce(current_setting('app.reach', true), '');
    BEGIN
      IF cardinality(people) IS NULL OR cardinality(people) = 0 THEN RETURN; END IF;
      PERFORM set_config('app.reach', 'everything', true);
      INSERT INTO purchase_rhythms
      SELECT DISTINCT w.brand_id, w.customer_id, 0, date '-infinity', date '-infinity', 0
      FROM unnest(brands_of, people) AS w(brand_id, customer_id) ORDER BY 1, 2
      ON CONFLICT DO NOTHING;
      PERFORM FROM purchase_rhythms r
      WHERE (r.brand_id, r.customer_id) IN (SELECT * FROM unnest(brands_of, people))
      ORDER BY r.brand_id, r.customer_id FOR UPDATE;
      WITH counted AS MATERIALIZED (
        SELECT * FROM counted_rhythms(brands_of, people)
      ), kept AS (
        UPDATE purchase_rhythms r SET days = c.days, first_day = c.first_day, last_day = c.last_day,
          repeat_minor = c.repeat_minor
        FROM counted c WHERE r.brand_id = c.brand_id AND r.customer_id = c.customer_id
      )
      DELETE FROM purchase_rhythms r
      WHERE (r.brand_id, r.customer_id) IN (SELECT * FROM unnest(brands_of, people))
        AND NOT EXISTS (SELECT FROM counted c
          WHERE c.brand_id = r.brand_id AND c.customer_id = r.customer_id);
      INSERT INTO worth_turns (brand_id, due_at)
      SELECT DISTINCT w.brand_id, timestamptz '-infinity' FROM unnest(brands_of) AS w(brand_id)
      WHERE NOT EXISTS (SELECT FROM worth_turns t WHERE t.brand_id = w.brand_id)
      ORDER BY 1 ON CONFLICT DO NOTHING;
      PERFORM set_config('app.reach', reach, true);
    END $$;
    REVOKE ALL ON FUNCTION keep_rhythms(uuid[], uuid[]) FROM PUBLIC;
  `;

  /** What was said of people whose orders moved is of another time: it is made anew, first of all. */
  private readonly forget = (said: string): string => `
    CREATE OR REPLACE FUNCTION forget_worth(people uuid[]) RETURNS void
    LANGUAGE sql SET search_path = public, pg_temp AS $$
    INSERT INTO customer_worth AS w (brand_id, customer_id, clv_minor, source, model_version, computed_at)
    SELECT t.brand_id, t.customer_id, 0, 'RULE_6_9', 'clv-rule-1', '-infinity'
    FROM purchase_totals t WHERE t.customer_id = ANY (people)
    ON CONFLICT (brand_id, customer_id) DO UPDATE SET computed_at = '-infinity'
    WHERE w.source ${said}
  $$;`;

  private readonly triggers = `
    CREATE FUNCTION rhythms_after_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
      PERFORM keep_rhythms(array_agg(n.brand_id), array_agg(n.customer_id)) FROM now_there n;
      RETURN NULL;
    END $$;
    CREATE FUNCTION rhythms_after_update() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
      PERFORM keep_rhythms(array_agg(x.brand_id), array_agg(x.customer_id))
      FROM was w JOIN now_there n ON n.id = w.id
      CROSS JOIN LATERAL (VALUES (w.brand_id, w.customer_id), (n.brand_id, n.customer_id))
        AS x(brand_id, customer_id)
      WHERE w.customer_id <> n.customer_id OR w.refunded_minor <> n.refunded_minor;
      RETURN NULL;
    END $$;
    CREATE FUNCTION rhythms_after_delete() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
      PERFORM keep_rhythms(array_agg(w.brand_id), array_agg(w.customer_id)) FROM was w;
      RETURN NULL;
    END $$;
    REVOKE ALL ON FUNCTION rhythms_after_insert() FROM PUBLIC;
    REVOKE ALL ON FUNCTION rhythms_after_update() FROM PUBLIC;
    REVOKE ALL ON FUNCTION rhythms_after_delete() FROM PUBLIC;
    CREATE TRIGGER rhythms_added AFTER INSERT ON purchases REFERENCING NEW TABLE AS now_there
      FOR EACH STATEMENT EXECUTE FUNCTION rhythms_after_insert();
    CREATE TRIGGER rhythms_changed AFTER UPDATE ON purchases
      REFERENCING OLD TABLE AS was NEW TABLE AS now_there
      FOR EACH STATEMENT EXECUTE FUNCTION rhythms_after_update();
    CREATE TRIGGER rhythms_removed AFTER DELETE ON purchases REFERENCING OLD TABLE AS was
      FOR EACH STATEMENT EXECUTE FUNCTION rhythms_after_delete();
  `;

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(this.forget(`= 'RULE_6_9'`));
    await runner.query(`
      DROP INDEX customer_worth_age;
      CREATE INDEX customer_worth_age ON customer_worth (brand_id, computed_at) WHERE source = 'RULE_6_9';
      DROP TRIGGER rhythms_added ON purchases;
      DROP TRIGGER rhythms_changed ON purchases;
      DROP TRIGGER rhythms_removed ON purchases;
      DROP FUNCTION rhythms_after_insert(); DROP FUNCTION rhythms_after_update();
      DROP FUNCTION rhythms_after_delete(); DROP FUNCTION keep_rhythms(uuid[], uuid[]);
      DROP FUNCTION counted_rhythms(uuid[], uuid[]);
      DROP TABLE worth_turns; DROP TABLE worth_models; DROP TABLE purchase_rhythms;
    `);
  }
}
