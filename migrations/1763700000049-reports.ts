import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reports that come by themselves at the end of each week or month, and their figures as they were then. */
export class Reports1763700000049 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE report_schedules (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        kind text NOT NULL CHECK (kind IN ('EXECUTIVE_SUMMARY')),
        every text NOT NULL CHECK (every IN ('WEEK', 'MONTH')),
        -- The first local day of the period that is reported next, and when that is over.
        next_day date NOT NULL,
        due_at timestamptz(3) NOT NULL,
        created_at timestamptz(3) NOT NULL,
        deleted_at timestamptz(3)
      );
      CREATE UNIQUE INDEX report_schedules_one ON report_schedules (brand_id, kind, every)
        WHERE deleted_at IS NULL;
      CREATE INDEX report_schedules_brand ON report_schedules (brand_id);
      CREATE INDEX report_schedules_due ON report_schedules (due_at) WHERE deleted_at IS NULL;

      CREATE TABLE reports (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        schedule_id uuid NOT NULL REFERENCES report_schedules,
        kind text NOT NULL,
        every text NOT NULL,
        first_day date NOT NULL,
        last_day date NOT NULL,
        from_at timestamptz(3) NOT NULL,
        until_at timestamptz(3) NOT NULL,
        computed_at timestamptz(3) NOT NULL,
        model_version text NOT NULL,
        figures jsonb NOT NULL,
        -- Each period once, however many processes find it due.
        UNIQUE (brand_id, schedule_id, first_day)
      );
      CREATE INDEX reports_schedule ON reports (schedule_id);
      CREATE INDEX reports_page ON reports (brand_id, id DESC);
    `);
    const grants = {
      report_schedules: 'SELECT, INSERT, UPDATE (next_day, due_at, deleted_at)',
      reports: 'SELECT, INSERT',
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
    await runner.query('DROP TABLE reports; DROP TABLE report_schedules;');
  }
}
