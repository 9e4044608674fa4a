import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Brands (the tenants) and their API keys, of which only a hash is stored. */
export class Brands1763700000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE brands (
        id uuid PRIMARY KEY,
        slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
        name text NOT NULL,
        timezone text NOT NULL,
        currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
        max_event_age_days integer NOT NULL DEFAULT 30 CHECK (max_event_age_days BETWEEN 1 AND 365),
        bucket_size bigint,
        bucket_per_second bigint,
        sendgrid_public_key text,
        created_at timestamptz(3) NOT NULL
      );
      ALTER TABLE brands ENABLE ROW LEVEL SECURITY;
      ALTER TABLE brands FORCE ROW LEVEL SECURITY;
      -- A customer's own view names the brands it is about, so a subject may read brand rows.
      CREATE POLICY tenant ON brands
        USING (id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_subject()) IS NOT NULL
          OR (SELECT app_directory()))
        WITH CHECK (id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_directory()));
      GRANT SELECT, INSERT, UPDATE ON brands TO atomic_rewards_app;

      CREATE TABLE api_keys (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        name text NOT NULL,
        secret_hash bytea NOT NULL CHECK (octet_length(secret_hash) = 32),
        scopes text[] NOT NULL,
        created_at timestamptz(3) NOT NULL,
        revoked_at timestamptz(3)
      );
      CREATE INDEX api_keys_brand ON api_keys (brand_id, id);
      ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY;
      ALTER TABLE api_keys FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON api_keys
        USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()))
        WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
      GRANT SELECT, INSERT, UPDATE (revoked_at) ON api_keys TO atomic_rewards_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE api_keys; DROP TABLE brands;');
  }
}
