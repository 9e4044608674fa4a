import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Proof of who somebody is, by a code they were sent; and what an unknown person earned at a QR code,
 * which waits until they say who they are.
 */
export class Claims1763700000016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Whose an address is was proven to some brand; what is unproven yields to proof.
      ALTER TABLE identities ADD COLUMN confirmed_at timestamptz(3);
      GRANT UPDATE ON identities TO atomic_rewards_app;
      SELECT set_config('app.reach', 'everything', true);
      UPDATE identities i SET confirmed_at = c.confirmed_at
      FROM (SELECT kind, value, customer_id, min(confirmed_at) AS confirmed_at FROM brand_identities
        WHERE confirmed_at IS NOT NULL GROUP BY kind, value, customer_id) c
      WHERE c.kind = i.kind AND c.value = i.value AND c.customer_id = i.customer_id;
      SELECT set_config('app.reach', '', true);

      CREATE TABLE identity_confirmations (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        kind text NOT NULL CHECK (kind IN ('EMAIL', 'PHONE')),
        value text NOT NULL,
        -- Of the code, under a key of the service: six digits alone would be found by trying.
        code_hash bytea NOT NULL CHECK (octet_length(code_hash) = 32),
        attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
        expires_at timestamptz(3) NOT NULL,
        created_at timestamptz(3) NOT NULL,
        confirmed_at timestamptz(3)
      );
      CREATE INDEX identity_confirmations_brand
        ON identity_confirmations (brand_id, customer_id, created_at DESC);
      CREATE INDEX identity_confirmations_customer ON identity_confirmations (customer_id);

      CREATE TABLE qr_codes (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        code text NOT NULL,
        name text NOT NULL,
        mu bigint NOT NULL CHECK (mu > 0),
        message_id uuid REFERENCES messages,
        landing_url text,
        created_at timestamptz(3) NOT NULL,
        UNIQUE (brand_id, code)
      );
      CREATE INDEX qr_codes_message ON qr_codes (message_id) WHERE message_id IS NOT NULL;

      CREATE TABLE claims (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        code_id uuid NOT NULL REFERENCES qr_codes,
        -- Of the device's own id, which is nobody's business.
        device_hash bytea CHECK (octet_length(device_hash) = 32),
        state text NOT NULL CHECK (state IN ('OPEN', 'PENDING', 'BOUND', 'EXPIRED')),
        mu bigint CHECK (mu > 0),
        -- The message out of whose reserve the Mu was taken; null when it was the budget.
        message_id uuid REFERENCES messages,
        customer_id uuid REFERENCES customers,
        event_id uuid REFERENCES attention_events,
        created_at timestamptz(3) NOT NULL,
        answered_at timestamptz(3),
        bound_at timestamptz(3),
        expires_at timestamptz(3) NOT NULL,
        CHECK ((state = 'BOUND') = (bound_at IS NOT NULL)),
        CHECK ((state = 'BOUND') = (customer_id IS NOT NULL)),
        CHECK (state <> 'PENDING' OR mu IS NOT NULL)
      ) WITH (fillfactor = 80);
      CREATE INDEX claims_code ON claims (code_id, customer_id);
      CREATE UNIQUE INDEX claims_device ON claims (brand_id, code_id, device_hash)
        WHERE device_hash IS NOT NULL;
      CREATE INDEX claims_customer ON claims (customer_id, created_at DESC, id DESC)
        WHERE customer_id IS NOT NULL;
      CREATE INDEX claims_message ON claims (message_id) WHERE message_id IS NOT NULL;
      CREATE INDEX claims_event ON claims (event_id) WHERE event_id IS NOT NULL;
      CREATE INDEX claims_due ON claims (expires_at) WHERE state IN ('OPEN', 'PENDING');
    `);
    const tables = {
      identity_confirmations: {
        grant: 'SELECT, INSERT, UPDATE (attempts, confirmed_at)',
        subject: 'customer_id = (SELECT app_subject())',
      },
      claims: {
        grant: 'SELECT, INSERT, UPDATE',
        subject: 'customer_id = (SELECT app_subject())',
      },
      qr_codes: {
        grant: 'SELECT, INSERT',
        subject: `EXISTS (SELECT FROM claims c
          WHERE c.code_id = qr_codes.id AND c.customer_id = (SELECT app_subject()))`,
      },
    };
    for (const [table, { grant, subject }] of Object.entries(tables)) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON ${table}
          USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR ${subject} OR (SELECT app_everything()))
          WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
        GRANT ${grant} ON ${table} TO atomic_rewards_app;
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE claims CASCADE; DROP TABLE qr_codes; DROP TABLE identity_confirmations;
      REVOKE UPDATE ON identities FROM atomic_rewards_app;
      ALTER TABLE identities DROP COLUMN confirmed_at;
    `);
  }
}
