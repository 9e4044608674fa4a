import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where brands want to hear of what happened, and what has been told to them. */
export class Webhooks1763700000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook_endpoints (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        url text NOT NULL,
        -- A single star means every topic there is or will be.
        topics text[] NOT NULL CHECK (cardinality(topics) > 0),
        description text,
        state text NOT NULL CHECK (state IN ('ACTIVE', 'PAUSED', 'FAILED', 'GONE', 'DELETED')),
        -- The secret is derived from the id and this number; nothing secret is stored.
        secret_version integer NOT NULL DEFAULT 1 CHECK (secret_version > 0),
        secret_rotated_at timestamptz(3),
        -- Since when every attempt has failed.
        failing_since timestamptz(3),
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL
      );
      CREATE INDEX webhook_endpoints_brand ON webhook_endpoints (brand_id, id DESC);

      CREATE TABLE webhook_deliveries (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        endpoint_id uuid NOT NULL REFERENCES webhook_endpoints,
        -- The event's row; null for a test. No foreign key, since deliveries outlive it.
        outbox_id bigint,
        topic text NOT NULL,
        customer_id uuid,
        payload jsonb NOT NULL,
        happened_at timestamptz(3) NOT NULL,
        state text NOT NULL CHECK (state IN ('PENDING', 'DELIVERED', 'FAILED')),
        attempts integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz(3) NOT NULL,
        -- Somebody is sending it until then; doubles as the token of whoever that is.
        leased_until timestamptz(3),
        last_attempt_at timestamptz(3),
        last_status integer,
        failure text CHECK (failure IN ('STATUS', 'TIMEOUT', 'UNREACHABLE', 'ADDRESS_REFUSED',
          'ENDPOINT_INACTIVE')),
        delivered_at timestamptz(3),
        created_at timestamptz(3) NOT NULL,
        CHECK ((state = 'DELIVERED') = (delivered_at IS NOT NULL))
      ) WITH (fillfactor = 80);
      -- An event is told to an endpoint once, however often it is dispatched or asked for again.
      CREATE UNIQUE INDEX webhook_deliveries_event ON webhook_deliveries (brand_id, endpoint_id, outbox_id);
      CREATE INDEX webhook_deliveries_endpoint ON webhook_deliveries (endpoint_id, id DESC);
      CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, next_attempt_at)
        WHERE state = 'PENDING';
      CREATE INDEX webhook_deliveries_failed ON webhook_deliveries (endpoint_id, id) WHERE state = 'FAILED';
      CREATE INDEX webhook_deliveries_age ON webhook_deliveries (created_at);

      -- For an endpoint that asks for what it has missed.
      CREATE INDEX outbox_brand ON outbox (brand_id, created_at);
    `);
    const grants = {
      webhook_endpoints: `SELECT, INSERT, UPDATE (url, topics, description, state, secret_version,
        secret_rotated_at, failing_since, updated_at)`,
      webhook_deliveries: `SELECT, INSERT, DELETE, UPDATE (state, attempts, next_attempt_at, leased_until,
        last_attempt_at, last_status, failure, delivered_at)`,
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
    await runner.query(`
      DROP INDEX outbox_brand;
      DROP TABLE webhook_deliveries;
      DROP TABLE webhook_endpoints;
    `);
  }
}
