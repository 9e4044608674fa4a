import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is too broad to be counted at each reading of a brand's figures: as a job last found it, and as it
 * was on each day before.
 */
export class Analytics1763700000044 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- How a brand stands: one row, replaced whenever it is reckoned.
      CREATE TABLE brand_standings (
        brand_id uuid PRIMARY KEY REFERENCES brands,
        computed_at timestamptz(3) NOT NULL,
        local_day date NOT NULL,
        -- When to look whether anything has changed.
        check_at timestamptz(3) NOT NULL,
        -- What had been counted of the brand by then; another text tells that something has happened.
        heard text NOT NULL,
        figures jsonb NOT NULL,
        quarters jsonb NOT NULL,
        rolling jsonb NOT NULL,
        cohorts jsonb NOT NULL
      );
      CREATE INDEX brand_standings_check ON brand_standings (check_at);

      -- The same figures as they were when each day was last looked at.
      CREATE TABLE brand_snapshots (
        brand_id uuid NOT NULL REFERENCES brands,
        local_day date NOT NULL,
        computed_at timestamptz(3) NOT NULL,
        figures jsonb NOT NULL,
        PRIMARY KEY (brand_id, local_day)
      );

      -- Who slides down next by time alone, soonest first. Refers to nobody, because it is made anew: a row
      -- counts only while the state it was made of still says the same.
      CREATE TABLE brand_at_risk (
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL,
        state text NOT NULL,
        next_state text NOT NULL,
        due_at timestamptz(3) NOT NULL,
        PRIMARY KEY (brand_id, due_at, customer_id)
      );

      -- The attention index of docs/attention.md on a day, from what is kept of a customer.
      CREATE FUNCTION attention_index_told(ema double precision, ema_day date, streak integer, today date)
      RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT floor(least(100, 90 * (1 - power(2::float8, -ema
          * power(2::float8, -greatest(0, coalesce(today - ema_day, 0)) / 14.0::float8)))
          + least(10, streak)) + 0.5)::integer $$;
    `);
    for (const [table, grant] of Object.entries(this.grants)) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON ${table}
          USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()))
          WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
        GRANT ${grant} ON ${table} TO atomic_rewards_app;
      `);
    }
  }

  private readonly grants = {
    brand_standings: `SELECT, INSERT,
      UPDATE (computed_at, local_day, check_at, heard, figures, quarters, rolling, cohorts)`,
    brand_snapshots: 'SELECT, INSERT, UPDATE (computed_at, figures)',
    brand_at_risk: 'SELECT, INSERT, DELETE',
  };

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION attention_index_told(double precision, date, integer, date);
      DROP TABLE brand_at_risk; DROP TABLE brand_snapshots; DROP TABLE brand_standings;
    `);
  }
}
