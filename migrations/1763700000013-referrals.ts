import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Friends brought along: a brand's programme, links to share, who came by them, what was paid for it. */
export class Referrals1763700000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Read with the brand's clock, so that attention of other brands asks for no referral at all.
      ALTER TABLE brands ADD COLUMN refers_friends boolean NOT NULL DEFAULT false;

      CREATE TABLE referral_programs (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL UNIQUE REFERENCES brands,
        referrer_mu bigint NOT NULL CHECK (referrer_mu >= 0),
        friend_mu bigint NOT NULL CHECK (friend_mu >= 0),
        share_percent integer NOT NULL CHECK (share_percent BETWEEN 0 AND 100),
        share_days integer NOT NULL CHECK (share_days >= 0),
        share_cap_mu bigint NOT NULL CHECK (share_cap_mu >= 0),
        link_base text,
        open boolean NOT NULL,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL
      );

      CREATE TABLE referral_links (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        channel text NOT NULL,
        code text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        UNIQUE (brand_id, customer_id, channel),
        UNIQUE (brand_id, code)
      );
      CREATE INDEX referral_links_customer ON referral_links (customer_id);

      -- What a customer made links or claimed with, as SHA-256 of what the brand calls the device.
      CREATE TABLE referral_devices (
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        device bytea NOT NULL CHECK (octet_length(device) = 32),
        seen_at timestamptz(3) NOT NULL,
        PRIMARY KEY (brand_id, customer_id, device)
      );
      CREATE INDEX referral_devices_customer ON referral_devices (customer_id);

      CREATE TABLE referrals (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        program_id uuid NOT NULL REFERENCES referral_programs,
        link_id uuid NOT NULL REFERENCES referral_links,
        referrer_id uuid NOT NULL REFERENCES customers,
        friend_id uuid NOT NULL REFERENCES customers,
        state text NOT NULL CHECK (state IN ('PENDING', 'ACTIVE', 'REVERSED')),
        referrer_mu bigint NOT NULL CHECK (referrer_mu >= 0),
        friend_mu bigint NOT NULL CHECK (friend_mu >= 0),
        share_percent integer NOT NULL CHECK (share_percent BETWEEN 0 AND 100),
        share_days integer NOT NULL CHECK (share_days >= 0),
        share_cap_mu bigint NOT NULL CHECK (share_cap_mu >= 0),
        -- What the friend earned while the share ran, and what of it was paid to the referrer.
        earned_mu bigint NOT NULL CHECK (earned_mu >= 0),
        shared_mu bigint NOT NULL CHECK (shared_mu BETWEEN 0 AND share_cap_mu),
        claimed_at timestamptz(3) NOT NULL,
        activated_at timestamptz(3),
        share_ends_at timestamptz(3),
        reversed_at timestamptz(3),
        CHECK (referrer_id <> friend_id),
        CHECK ((state = 'PENDING') = (activated_at IS NULL)),
        CHECK ((activated_at IS NULL) = (share_ends_at IS NULL)),
        CHECK ((state = 'REVERSED') = (reversed_at IS NOT NULL)),
        UNIQUE (brand_id, friend_id)
      ) WITH (fillfactor = 80);
      CREATE INDEX referrals_brand ON referrals (brand_id, id DESC);
      CREATE INDEX referrals_program ON referrals (program_id);
      CREATE INDEX referrals_link ON referrals (link_id);
      CREATE INDEX referrals_referrer ON referrals (referrer_id, id DESC);
      CREATE INDEX referrals_friend ON referrals (friend_id);
      CREATE INDEX referrals_pending ON referrals (id) WHERE state = 'PENDING';

      CREATE TABLE referral_payments (
        transfer_id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        referral_id uuid NOT NULL REFERENCES referrals,
        customer_id uuid NOT NULL REFERENCES customers,
        purpose text NOT NULL CHECK (purpose IN ('REFERRER', 'FRIEND', 'SHARE')),
        amount bigint NOT NULL CHECK (amount > 0),
        paid_at timestamptz(3) NOT NULL
      );
      CREATE INDEX referral_payments_brand ON referral_payments (brand_id);
      CREATE INDEX referral_payments_referral ON referral_payments (referral_id, transfer_id DESC);
      CREATE INDEX referral_payments_customer ON referral_payments (customer_id);
    `);
    const rights: Record<string, [grant: string, subject: string]> = {
      referral_programs: ['SELECT, INSERT, UPDATE', '(SELECT app_subject()) IS NOT NULL'],
      referral_links: ['SELECT, INSERT', 'customer_id = (SELECT app_subject())'],
      referral_devices: ['SELECT, INSERT', 'customer_id = (SELECT app_subject())'],
      referrals: [
        'SELECT, INSERT, UPDATE (state, earned_mu, shared_mu, activated_at, share_ends_at, reversed_at)',
        '(SELECT app_subject()) IN (referrer_id, friend_id)',
      ],
      referral_payments: ['SELECT, INSERT', 'customer_id = (SELECT app_subject())'],
    };
    for (const [table, [grant, subject]] of Object.entries(rights)) {
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
      DROP TABLE referral_payments; DROP TABLE referrals; DROP TABLE referral_devices;
      DROP TABLE referral_links; DROP TABLE referral_programs;
      ALTER TABLE brands DROP COLUMN refers_friends;
    `);
  }
}
