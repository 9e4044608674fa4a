import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages a brand sent, with the Mu they offer, and to whom they were delivered; and past purchases. */
export class Messages1763700000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE messages (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        external_id text NOT NULL,
        channel text NOT NULL,
        kind text NOT NULL,
        subject text,
        campaign text,
        open_mu bigint CHECK (open_mu >= 0),
        action_mu_max bigint CHECK (action_mu_max >= 0),
        audience integer CHECK (audience > 0),
        expires_at timestamptz(3),
        created_at timestamptz(3) NOT NULL,
        UNIQUE (brand_id, external_id)
      );
      CREATE INDEX messages_expiry ON messages (expires_at) WHERE audience IS NOT NULL;
      ALTER TABLE messages ENABLE ROW LEVEL SECURITY;
      ALTER TABLE messages FORCE ROW LEVEL SECURITY;
      GRANT SELECT, INSERT ON messages TO atomic_rewards_app;

      CREATE TABLE deliveries (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        message_id uuid NOT NULL REFERENCES messages,
        customer_id uuid NOT NULL REFERENCES customers,
        delivered_at timestamptz(3) NOT NULL,
        recorded_at timestamptz(3) NOT NULL,
        UNIQUE (brand_id, message_id, customer_id)
      );
      CREATE INDEX deliveries_message ON deliveries (message_id);
      CREATE INDEX deliveries_customer ON deliveries (customer_id, delivered_at DESC, id DESC);
      ALTER TABLE deliveries ENABLE ROW LEVEL SECURITY;
      ALTER TABLE deliveries FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON deliveries
        USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR customer_id = (SELECT app_subject())
          OR (SELECT app_everything()))
        WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
      GRANT SELECT, INSERT ON deliveries TO atomic_rewards_app;

      CREATE POLICY tenant ON messages
        USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything())
          OR ((SELECT app_subject()) IS NOT NULL AND EXISTS (
            SELECT FROM deliveries d
            WHERE d.brand_id = messages.brand_id AND d.message_id = messages.id
              AND d.customer_id = (SELECT app_subject()))))
        WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));

      CREATE TABLE purchases (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        external_id text NOT NULL,
        purchased_at timestamptz(3) NOT NULL,
        items integer NOT NULL CHECK (items > 0),
        total_minor bigint NOT NULL CHECK (total_minor >= 0),
        currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
        recorded_at timestamptz(3) NOT NULL,
        UNIQUE (brand_id, external_id)
      );
      CREATE INDEX purchases_customer ON purchases (customer_id, purchased_at DESC, id DESC);
      ALTER TABLE purchases ENABLE ROW LEVEL SECURITY;
      ALTER TABLE purchases FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON purchases
        USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR customer_id = (SELECT app_subject())
          OR (SELECT app_everything()))
        WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
      GRANT SELECT, INSERT ON purchases TO atomic_rewards_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE purchases; DROP TABLE deliveries CASCADE; DROP TABLE messages;');
  }
}
