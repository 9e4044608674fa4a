import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Ground of the whole economy: what happened is written to the outbox in the transaction that made it
 * happen; and Mu may move between two customers, or leave a wallet for good.
 */
export class EconomyGround1763700000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE outbox (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        -- All rows of one database transaction share a batch, which is what listeners are told.
        batch uuid NOT NULL,
        topic text NOT NULL,
        brand_id uuid NOT NULL,
        customer_id uuid,
        payload jsonb NOT NULL,
        created_at timestamptz(3) NOT NULL,
        dispatched_at timestamptz(3)
      ) WITH (fillfactor = 80);
      CREATE INDEX outbox_batch ON outbox (batch);
      CREATE INDEX outbox_waiting ON outbox (id) WHERE dispatched_at IS NULL;
      CREATE INDEX outbox_age ON outbox (created_at);
      ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;
      ALTER TABLE outbox FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON outbox
        USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_directory()))
        WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_directory()));
      GRANT SELECT, INSERT, DELETE, UPDATE (dispatched_at) ON outbox TO atomic_rewards_app;
      COMMENT ON TABLE outbox IS
        'What happened, for webhooks and subscriptions; payloads hold ids and amounts, never personal data.';

      ALTER TABLE transfers DROP CONSTRAINT transfers_kind_check;
      ALTER TABLE transfers ADD CONSTRAINT transfers_kind_check CHECK (kind IN ('ISSUE', 'RESERVE',
        'RESERVE_RELEASE', 'GRANT', 'HOLD', 'HOLD_CAPTURE', 'HOLD_RELEASE', 'REVERSAL', 'GIFT', 'MERGE',
        'ADJUSTMENT', 'EXTINGUISH', 'DECAY')) NOT VALID;
      ALTER TABLE transfers VALIDATE CONSTRAINT transfers_kind_check;
      -- The other customer, where Mu moves from one wallet to another.
      ALTER TABLE transfers ADD COLUMN counterparty_id uuid;
      CREATE INDEX transfers_counterparty ON transfers (counterparty_id) WHERE counterparty_id IS NOT NULL;
      DROP POLICY tenant ON transfers;
      CREATE POLICY tenant ON transfers
        USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR customer_id = (SELECT app_subject())
          OR counterparty_id = (SELECT app_subject()) OR (SELECT app_directory()))
        WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_directory()));
      -- Whoever empties a wallet empties every brand's share in it, as writers of the ledger may.
      DROP POLICY tenant ON wallet_shares;
      CREATE POLICY tenant ON wallet_shares
        USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR customer_id = (SELECT app_subject())
          OR (SELECT app_directory()))
        WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_directory()));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY tenant ON wallet_shares;
      CREATE POLICY tenant ON wallet_shares
        USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR customer_id = (SELECT app_subject())
          OR (SELECT app_everything()))
        WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
      DROP POLICY tenant ON transfers;
      CREATE POLICY tenant ON transfers
        USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR customer_id = (SELECT app_subject())
          OR (SELECT app_directory()))
        WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_directory()));
      ALTER TABLE transfers DROP COLUMN counterparty_id;
      ALTER TABLE transfers DROP CONSTRAINT transfers_kind_check;
      ALTER TABLE transfers ADD CONSTRAINT transfers_kind_check CHECK (kind IN ('ISSUE', 'RESERVE',
        'RESERVE_RELEASE', 'GRANT', 'HOLD', 'HOLD_CAPTURE', 'HOLD_RELEASE', 'REVERSAL')) NOT VALID;
      DROP TABLE outbox;
    `);
  }
}
