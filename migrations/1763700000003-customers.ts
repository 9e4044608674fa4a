import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Customers span brands. The directory of identities (whose e-mail is this?) is seen by writers only;
 * what one brand was told about a customer is that brand's: relationship, identities, consents.
 */
export class Customers1763700000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE customers (
        id uuid PRIMARY KEY,
        created_at timestamptz(3) NOT NULL
      );
      ALTER TABLE customers ENABLE ROW LEVEL SECURITY;
      ALTER TABLE customers FORCE ROW LEVEL SECURITY;

      CREATE TABLE identities (
        kind text NOT NULL CHECK (kind IN ('EMAIL', 'PHONE')),
        value text NOT NULL,
        customer_id uuid NOT NULL REFERENCES customers,
        created_at timestamptz(3) NOT NULL,
        PRIMARY KEY (kind, value)
      );
      CREATE INDEX identities_customer ON identities (customer_id);
      ALTER TABLE identities ENABLE ROW LEVEL SECURITY;
      ALTER TABLE identities FORCE ROW LEVEL SECURITY;
      CREATE POLICY directory ON identities
        USING ((SELECT app_directory()) OR customer_id = (SELECT app_subject()))
        WITH CHECK ((SELECT app_directory()));
      GRANT SELECT, INSERT ON identities TO atomic_rewards_app;

      CREATE TABLE relationships (
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        external_id text,
        -- The address and number the brand named last; brand_identities has all it ever named.
        email text,
        phone text,
        traits jsonb NOT NULL DEFAULT '{}',
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        PRIMARY KEY (brand_id, customer_id),
        UNIQUE (brand_id, external_id)
      );
      CREATE INDEX relationships_customer ON relationships (customer_id);
      CREATE INDEX relationships_brand_created ON relationships (brand_id, created_at DESC, customer_id DESC);

      CREATE TABLE brand_identities (
        brand_id uuid NOT NULL REFERENCES brands,
        kind text NOT NULL CHECK (kind IN ('EMAIL', 'PHONE')),
        value text NOT NULL,
        customer_id uuid NOT NULL REFERENCES customers,
        confirmed_at timestamptz(3),
        created_at timestamptz(3) NOT NULL,
        PRIMARY KEY (brand_id, kind, value)
      );
      CREATE INDEX brand_identities_customer ON brand_identities (customer_id, brand_id);

      CREATE TABLE consents (
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        purpose text NOT NULL,
        granted boolean NOT NULL,
        recorded_at timestamptz(3) NOT NULL,
        PRIMARY KEY (brand_id, customer_id, purpose)
      );
      CREATE INDEX consents_customer ON consents (customer_id);

      -- A brand sees a person once it has a relationship with them.
      CREATE POLICY related ON customers
        USING ((SELECT app_directory()) OR id = (SELECT app_subject()) OR EXISTS (
          SELECT FROM relationships r
          WHERE r.customer_id = customers.id AND r.brand_id = ANY ((SELECT app_tenants())::uuid[])))
        WITH CHECK ((SELECT app_directory()));
      GRANT SELECT, INSERT ON customers TO atomic_rewards_app;
    `);
    for (const table of ['relationships', 'brand_identities', 'consents']) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON ${table}
          USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR customer_id = (SELECT app_subject())
            OR (SELECT app_everything()))
          WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
        GRANT SELECT, INSERT, UPDATE ON ${table} TO atomic_rewards_app;
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE consents; DROP TABLE brand_identities; DROP TABLE identities;
      DROP TABLE customers CASCADE; DROP TABLE relationships;
    `);
  }
}
