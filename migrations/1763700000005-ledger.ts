import type { MigrationInterface, QueryRunner } from 'typeorm';

const largest = '9007199254740991';

/**
 * The double-entry ledger in whole Mu. The database itself holds that the two entries of a transfer
 * sum to zero, that no account but the mint goes below zero, that every number fits a JSON integer,
 * and that history is only ever added to.
 */
export class Ledger1763700000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE accounts (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('MINT', 'BUDGET', 'RESERVE', 'WALLET', 'HOLD', 'BURN')),
        owner uuid NOT NULL,
        brand_id uuid,
        customer_id uuid,
        balance bigint NOT NULL DEFAULT 0,
        entries bigint NOT NULL DEFAULT 0 CHECK (entries >= 0),
        earned bigint NOT NULL DEFAULT 0,
        redeemed bigint NOT NULL DEFAULT 0,
        grants bigint NOT NULL DEFAULT 0,
        -- Of a wallet: the balance of the customer's hold, so that one row answers the wallet.
        held bigint NOT NULL DEFAULT 0 CHECK (held >= 0),
        funded_by uuid,
        closed_at timestamptz(3),
        created_at timestamptz(3) NOT NULL,
        UNIQUE (kind, owner),
        CHECK (balance BETWEEN -${largest} AND ${largest}),
        CHECK (kind = 'MINT' OR balance >= 0),
        CHECK (earned BETWEEN 0 AND ${largest} AND redeemed BETWEEN 0 AND ${largest}),
        CHECK ((kind IN ('WALLET', 'HOLD')) = (customer_id IS NOT NULL)),
        CHECK ((kind IN ('BUDGET', 'RESERVE', 'BURN')) = (brand_id IS NOT NULL))
      ) WITH (fillfactor = 60);
      CREATE INDEX accounts_brand ON accounts (brand_id, kind) WHERE brand_id IS NOT NULL;
      CREATE INDEX accounts_customer ON accounts (customer_id) WHERE customer_id IS NOT NULL;

      CREATE TABLE transfers (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('ISSUE', 'RESERVE', 'RESERVE_RELEASE', 'GRANT', 'HOLD',
          'HOLD_CAPTURE', 'HOLD_RELEASE', 'REVERSAL')),
        debit_account bigint NOT NULL,
        credit_account bigint NOT NULL,
        amount bigint NOT NULL CHECK (amount BETWEEN 1 AND 1000000000000000),
        reason text NOT NULL CHECK (reason <> ''),
        brand_id uuid NOT NULL,
        customer_id uuid,
        event_id uuid,
        message_id uuid,
        rule_id uuid,
        hold_id uuid,
        funded_by uuid,
        reverses uuid UNIQUE REFERENCES transfers,
        posted_at timestamptz(3) NOT NULL,
        CHECK (debit_account <> credit_account)
      );
      CREATE INDEX transfers_event ON transfers (event_id) WHERE event_id IS NOT NULL;
      CREATE INDEX transfers_brand ON transfers (brand_id, id DESC);
      CREATE INDEX transfers_hold ON transfers (hold_id) WHERE hold_id IS NOT NULL;

      CREATE TABLE entries (
        id uuid PRIMARY KEY,
        transfer_id uuid NOT NULL REFERENCES transfers,
        account_id bigint NOT NULL,
        account_kind text NOT NULL,
        number bigint NOT NULL CHECK (number > 0),
        amount bigint NOT NULL CHECK (amount <> 0),
        balance_after bigint NOT NULL,
        brand_id uuid NOT NULL,
        customer_id uuid,
        brand_number bigint,
        brand_balance_after bigint,
        posted_at timestamptz(3) NOT NULL,
        UNIQUE (account_id, number)
      );
      CREATE INDEX entries_transfer ON entries (transfer_id);
      CREATE UNIQUE INDEX entries_brand_statement ON entries (brand_id, customer_id, brand_number)
        WHERE brand_number IS NOT NULL;

      CREATE TABLE wallet_shares (
        brand_id uuid NOT NULL,
        customer_id uuid NOT NULL,
        balance bigint NOT NULL,
        held bigint NOT NULL CHECK (held >= 0),
        earned bigint NOT NULL CHECK (earned BETWEEN 0 AND ${largest}),
        redeemed bigint NOT NULL CHECK (redeemed BETWEEN 0 AND ${largest}),
        grants bigint NOT NULL,
        entries bigint NOT NULL,
        PRIMARY KEY (brand_id, customer_id)
      ) WITH (fillfactor = 60);
      CREATE INDEX wallet_shares_customer ON wallet_shares (customer_id);
    `);
    await runner.query(this.guards);
    await runner.query(this.walls);
  }

  private readonly guards = `
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'ledger history is append-only' USING ERRCODE = 'restrict_violation';
    END $$;
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON transfers
      FOR EACH ROW EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON transfers
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON entries
      FOR EACH ROW EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON entries
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

    -- Transfers and their entries arrive in one statement, so both checks run at its end.
    -- The plan is cached while the table may still be small; it must stay right when it has grown.
    CREATE FUNCTION check_transfers() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
    BEGIN
      -- Looked up by transfer alone: an account may have millions of entries.
      IF EXISTS (
        SELECT FROM added t
        WHERE 2 IS DISTINCT FROM (
          SELECT sum(CASE
            WHEN e.account_id = t.debit_account AND e.amount + t.amount = 0 THEN 1
            WHEN e.account_id = t.credit_account AND e.amount = t.amount THEN 1
            ELSE 3 END)
          FROM entries e WHERE e.transfer_id = t.id)) THEN
        RAISE EXCEPTION 'a transfer needs its two entries' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER two_entries AFTER INSERT ON transfers REFERENCING NEW TABLE AS added
      FOR EACH STATEMENT EXECUTE FUNCTION check_transfers();

    CREATE FUNCTION check_entries() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT FROM added GROUP BY transfer_id HAVING sum(amount) <> 0 OR count(*) <> 2) THEN
        RAISE EXCEPTION 'the entries of a transfer must sum to zero' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER sum_zero AFTER INSERT ON entries REFERENCING NEW TABLE AS added
      FOR EACH STATEMENT EXECUTE FUNCTION check_entries();
  `;

  private readonly walls = `
    ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
    ALTER TABLE accounts FORCE ROW LEVEL SECURITY;
    -- A wallet spans brands, so a brand reads its row only with the customer's consent; what the
    -- brand itself granted is in wallet_shares.
    CREATE POLICY tenant ON accounts
      USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR customer_id = (SELECT app_subject())
        OR (SELECT app_directory())
        OR (customer_id IS NOT NULL AND EXISTS (
          SELECT FROM consents c
          WHERE c.brand_id = ANY ((SELECT app_tenants())::uuid[]) AND c.customer_id = accounts.customer_id
            AND c.purpose = 'BALANCE_VISIBLE' AND c.granted)))
      WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_directory()));
    GRANT SELECT, INSERT ON accounts TO atomic_rewards_app;
    GRANT UPDATE (balance, entries, earned, redeemed, grants, held, funded_by, closed_at)
      ON accounts TO atomic_rewards_app;

    ALTER TABLE transfers ENABLE ROW LEVEL SECURITY;
    ALTER TABLE transfers FORCE ROW LEVEL SECURITY;
    ALTER TABLE entries ENABLE ROW LEVEL SECURITY;
    ALTER TABLE entries FORCE ROW LEVEL SECURITY;
    ALTER TABLE wallet_shares ENABLE ROW LEVEL SECURITY;
    ALTER TABLE wallet_shares FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant ON transfers
      USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR customer_id = (SELECT app_subject())
        OR (SELECT app_directory()))
      WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_directory()));
    -- Entries of the mint and of holds tell of other brands' business, so no brand sees them.
    CREATE POLICY tenant ON entries
      USING ((brand_id = ANY ((SELECT app_tenants())::uuid[]) AND account_kind NOT IN ('MINT', 'HOLD'))
        OR customer_id = (SELECT app_subject()) OR (SELECT app_directory()))
      WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_directory()));
    CREATE POLICY tenant ON wallet_shares
      USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR customer_id = (SELECT app_subject())
        OR (SELECT app_everything()))
      WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
    GRANT SELECT, INSERT ON transfers, entries TO atomic_rewards_app;
    GRANT SELECT, INSERT, UPDATE ON wallet_shares TO atomic_rewards_app;
  `;

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE wallet_shares; DROP TABLE entries; DROP TABLE transfers; DROP TABLE accounts;
      DROP FUNCTION check_entries(); DROP FUNCTION check_transfers(); DROP FUNCTION refuse_change();
    `);
  }
}
