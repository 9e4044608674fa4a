import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What every other table stands on: the functions row-level security asks, and the idempotency keys
 * with their stored answers.
 */
export class Ground1763700000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION app_tenants() RETURNS uuid[] LANGUAGE sql STABLE AS
        $$ SELECT coalesce(nullif(current_setting('app.tenants', true), ''), '{}')::uuid[] $$;
      CREATE FUNCTION app_subject() RETURNS uuid LANGUAGE sql STABLE AS
        $$ SELECT nullif(current_setting('app.subject', true), '')::uuid $$;
      CREATE FUNCTION app_everything() RETURNS boolean LANGUAGE sql STABLE AS
        $$ SELECT coalesce(current_setting('app.reach', true), '') = 'everything' $$;
      CREATE FUNCTION app_directory() RETURNS boolean LANGUAGE sql STABLE AS
        $$ SELECT coalesce(current_setting('app.reach', true), '') IN ('everything', 'directory') $$;

      CREATE TABLE idempotency_keys (
        scope uuid NOT NULL,
        key text NOT NULL CHECK (octet_length(key) BETWEEN 8 AND 200),
        kind text NOT NULL,
        input_hash bytea NOT NULL CHECK (octet_length(input_hash) = 32),
        answer jsonb,
        created_at timestamptz(3) NOT NULL,
        PRIMARY KEY (scope, key)
      ) WITH (fillfactor = 60);
      ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY;
      ALTER TABLE idempotency_keys FORCE ROW LEVEL SECURITY;
      CREATE POLICY scope ON idempotency_keys
        USING (scope = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()))
        WITH CHECK (scope = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
      GRANT SELECT, INSERT, UPDATE (answer) ON idempotency_keys TO atomic_rewards_app;
      COMMENT ON TABLE idempotency_keys IS
        'One row for each idempotency key with the answer it got; answers hold no personal data.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE idempotency_keys;
      DROP FUNCTION app_directory(); DROP FUNCTION app_everything();
      DROP FUNCTION app_subject(); DROP FUNCTION app_tenants();
    `);
  }
}
