import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What of a job failed for a brand, and when it is tried again: meanwhile the others have their turns. */
export class JobSetbacks1763700000069 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE job_setbacks (
        brand_id uuid NOT NULL REFERENCES brands,
        job text NOT NULL,
        failures integer NOT NULL CHECK (failures > 0),
        failed_at timestamptz(3) NOT NULL,
        retry_at timestamptz(3) NOT NULL,
        PRIMARY KEY (brand_id, job)
      );
      ALTER TABLE job_setbacks ENABLE ROW LEVEL SECURITY;
      ALTER TABLE job_setbacks FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON job_setbacks
        USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()))
        WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
      GRANT SELECT, INSERT, DELETE, UPDATE (failures, failed_at, retry_at) ON job_setbacks
        TO atomic_rewards_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE job_setbacks');
  }
}
