import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each band of a brand's customers brought in each month, as a job last found it. */
export class SegmentRevenue1763700000053 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE segment_revenues (
        brand_id uuid NOT NULL REFERENCES brands,
        -- Its first local day.
        month date NOT NULL,
        computed_at timestamptz(3) NOT NULL,
        -- What had been ordered and paid back by then, and when bands were made; another text tells of change.
        heard text NOT NULL,
        -- By model, what each band came to.
        bands jsonb NOT NULL,
        PRIMARY KEY (brand_id, month)
      );
      -- When to look whether a month has changed.
      CREATE TABLE segment_revenue_turns (
        brand_id uuid PRIMARY KEY REFERENCES brands,
        check_at timestamptz(3) NOT NULL
      );
      CREATE INDEX segment_revenue_turns_check ON segment_revenue_turns (check_at);
    `);
    const grants = {
      segment_revenues: 'SELECT, INSERT, UPDATE (computed_at, heard, bands)',
      segment_revenue_turns: 'SELECT, INSERT, UPDATE (check_at)',
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
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE segment_revenue_turns; DROP TABLE segment_revenues;');
  }
}
