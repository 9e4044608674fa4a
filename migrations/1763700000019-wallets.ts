import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people decide about their wallets: wanting none, knowing Mu, giving some; and corrections. */
export class Wallets1763700000019 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One row for each person who ever opted out; they are out while opted_in_at is null.
      CREATE TABLE opt_outs (
        customer_id uuid PRIMARY KEY REFERENCES customers,
        opted_out_at timestamptz(3) NOT NULL,
        opted_in_at timestamptz(3)
      );
      -- Every brand that knows the person must know it, to show no footer.
      CREATE POLICY related ON opt_outs
        USING ((SELECT app_directory()) OR customer_id = (SELECT app_subject()) OR EXISTS (
          SELECT FROM relationships r WHERE r.customer_id = opt_outs.customer_id
            AND r.brand_id = ANY ((SELECT app_tenants())::uuid[])))
        WITH CHECK ((SELECT app_directory()));
      GRANT SELECT, INSERT, UPDATE (opted_out_at, opted_in_at) ON opt_outs TO atomic_rewards_app;

      -- What a person gave today is read with every gift.
      CREATE INDEX transfers_gifts ON transfers (customer_id, posted_at) WHERE kind = 'GIFT';

      CREATE TABLE mu_learned (
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        learned_at timestamptz(3) NOT NULL,
        PRIMARY KEY (brand_id, customer_id)
      );
      CREATE INDEX mu_learned_customer ON mu_learned (customer_id);
      CREATE POLICY tenant ON mu_learned
        USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR customer_id = (SELECT app_subject())
          OR (SELECT app_everything()))
        WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
      GRANT SELECT, INSERT ON mu_learned TO atomic_rewards_app;

      CREATE TABLE adjustments (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        direction text NOT NULL CHECK (direction IN ('CREDIT', 'DEBIT')),
        amount bigint NOT NULL CHECK (amount > 0),
        reason text NOT NULL,
        state text NOT NULL CHECK (state IN ('PENDING', 'APPROVED', 'DECLINED', 'EXPIRED')),
        -- API keys; nil for the platform.
        requested_by uuid NOT NULL,
        requested_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3) NOT NULL,
        decided_by uuid,
        decided_at timestamptz(3),
        CHECK ((state = 'PENDING') = (decided_at IS NULL)),
        -- Whatever the code does: nobody approves what they asked for.
        CHECK (state <> 'APPROVED' OR (decided_by IS NOT NULL AND decided_by <> requested_by))
      );
      CREATE INDEX adjustments_brand ON adjustments (brand_id, id DESC);
      CREATE INDEX adjustments_customer ON adjustments (customer_id);
      CREATE INDEX adjustments_expiry ON adjustments (expires_at) WHERE state = 'PENDING';
      CREATE POLICY tenant ON adjustments
        USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR customer_id = (SELECT app_subject())
          OR (SELECT app_everything()))
        WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
      GRANT SELECT, INSERT, UPDATE (state, decided_by, decided_at) ON adjustments TO atomic_rewards_app;
    `);
    for (const table of ['opt_outs', 'mu_learned', 'adjustments']) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE adjustments; DROP INDEX transfers_gifts; DROP TABLE mu_learned; DROP TABLE opt_outs;',
    );
  }
}
