import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whether and when a brand may write to a customer: every word of consent ever given, channels the
 * customer wants or not, addresses that bounced, quiet hours, and how often is often enough.
 */
export class Contact1763700000026 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- When the customer said it; the newest word counts, in whatever order words arrive.
      ALTER TABLE consents ADD COLUMN given_at timestamptz(3);

      CREATE TABLE consent_receipts (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        purpose text NOT NULL,
        granted boolean NOT NULL,
        -- Who told us: the brand, or the customer themselves.
        told_by text NOT NULL CHECK (told_by IN ('BRAND', 'CUSTOMER')),
        source text,
        given_at timestamptz(3) NOT NULL,
        recorded_at timestamptz(3) NOT NULL
      );
      CREATE INDEX consent_receipts_customer ON consent_receipts (customer_id, brand_id, id DESC);
      CREATE INDEX consent_receipts_brand ON consent_receipts (brand_id);

      SELECT set_config('app.reach', 'everything', true);
      UPDATE consents SET given_at = recorded_at;
      INSERT INTO consent_receipts
        (id, brand_id, customer_id, purpose, granted, told_by, given_at, recorded_at)
      SELECT gen_random_uuid(), brand_id, customer_id, purpose, granted, 'BRAND', given_at, recorded_at
      FROM consents;
      SELECT set_config('app.reach', '', true);
      ALTER TABLE consents ALTER COLUMN given_at SET NOT NULL;

      CREATE TABLE channel_preferences (
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        channel text NOT NULL,
        allowed boolean NOT NULL,
        preferred_hour smallint CHECK (preferred_hour BETWEEN 0 AND 23),
        told_by text NOT NULL CHECK (told_by IN ('BRAND', 'CUSTOMER')),
        updated_at timestamptz(3) NOT NULL,
        PRIMARY KEY (brand_id, customer_id, channel)
      );
      CREATE INDEX channel_preferences_customer ON channel_preferences (customer_id);

      CREATE TABLE bounces (
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        channel text NOT NULL,
        -- A digest of the address that bounced, so that another address is another matter.
        address uuid NOT NULL,
        bounced_at timestamptz(3) NOT NULL,
        -- Set when something was delivered there after all.
        cleared_at timestamptz(3),
        PRIMARY KEY (brand_id, customer_id, channel, address)
      );
      CREATE INDEX bounces_customer ON bounces (customer_id);

      CREATE TABLE quiet_hours (
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        -- Minutes after midnight on the customer's clock; equal ones are no quiet hours at all.
        -- Null where the brand's hold again.
        quiet_from smallint CHECK (quiet_from BETWEEN 0 AND 1439),
        quiet_until smallint CHECK (quiet_until BETWEEN 0 AND 1439),
        updated_at timestamptz(3) NOT NULL,
        PRIMARY KEY (brand_id, customer_id),
        CHECK ((quiet_from IS NULL) = (quiet_until IS NULL))
      );
      CREATE INDEX quiet_hours_customer ON quiet_hours (customer_id);

      CREATE TABLE frequency_policies (
        brand_id uuid PRIMARY KEY REFERENCES brands,
        quiet_from smallint CHECK (quiet_from BETWEEN 0 AND 1439),
        quiet_until smallint CHECK (quiet_until BETWEEN 0 AND 1439),
        caps jsonb NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        CHECK ((quiet_from IS NULL) = (quiet_until IS NULL))
      );

      -- The address a channel reaches, as a digest; null when there is none.
      CREATE FUNCTION contact_address(channel text, email text, phone text) RETURNS uuid
      LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN CASE
        WHEN channel = 'EMAIL' THEN md5(email)::uuid
        WHEN channel IN ('SMS', 'WHATSAPP', 'RCS') THEN md5(phone)::uuid
        ELSE md5('')::uuid END;
    `);
    // How two rows about one thing become one when customers are merged: the stricter word counts.
    await runner.query(`
      COMMENT ON COLUMN consents.given_at IS 'merge: STAMP';
      COMMENT ON COLUMN channel_preferences.allowed IS 'merge: AND';
      COMMENT ON COLUMN channel_preferences.preferred_hour IS 'merge: FILL';
      COMMENT ON COLUMN channel_preferences.updated_at IS 'merge: STAMP';
      COMMENT ON COLUMN bounces.bounced_at IS 'merge: GREATEST';
    `);
    const ofCustomer = {
      consent_receipts: 'SELECT, INSERT',
      channel_preferences: 'SELECT, INSERT, UPDATE (allowed, preferred_hour, told_by, updated_at)',
      bounces: 'SELECT, INSERT, UPDATE (bounced_at, cleared_at)',
      quiet_hours: 'SELECT, INSERT, UPDATE (quiet_from, quiet_until, updated_at)',
    };
    for (const [table, grant] of Object.entries(ofCustomer)) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON ${table}
          USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR customer_id = (SELECT app_subject())
            OR (SELECT app_everything()))
          WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
        GRANT ${grant} ON ${table} TO atomic_rewards_app;
      `);
    }
    await runner.query(`
      ALTER TABLE frequency_policies ENABLE ROW LEVEL SECURITY;
      ALTER TABLE frequency_policies FORCE ROW LEVEL SECURITY;
      -- A customer may ask why a brand does not write to them.
      CREATE POLICY tenant ON frequency_policies
        USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything())
          OR ((SELECT app_subject()) IS NOT NULL AND EXISTS (
            SELECT FROM relationships r WHERE r.brand_id = frequency_policies.brand_id
              AND r.customer_id = (SELECT app_subject()))))
        WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
      GRANT SELECT, INSERT, UPDATE (quiet_from, quiet_until, caps, updated_at) ON frequency_policies
        TO atomic_rewards_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION contact_address(text, text, text);
      DROP TABLE frequency_policies; DROP TABLE quiet_hours; DROP TABLE bounces;
      DROP TABLE channel_preferences; DROP TABLE consent_receipts;
      ALTER TABLE consents DROP COLUMN given_at;
    `);
  }
}
