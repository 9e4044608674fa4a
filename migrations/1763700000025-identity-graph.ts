import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Merging1763700000017 } from './1763700000017-merging';
import { dropMergePlaces, mergePlaces } from './identity-graph/merge-places.sql';
import { dropIdentities, identities } from './identity-graph/identities.sql';
import { mergeRows } from './identity-graph/merge-rows.sql';
import { undoMerge } from './identity-graph/undo-merge.sql';

const kinds = `'ISSUE', 'RESERVE', 'RESERVE_RELEASE', 'GRANT', 'HOLD', 'HOLD_CAPTURE', 'HOLD_RELEASE',
  'REVERSAL', 'GIFT', 'MERGE', 'ADJUSTMENT', 'EXTINGUISH', 'DECAY', 'STAKE', 'STAKE_RETURN'`;

/** How two rows of customers who turn out to be one become one; what says nothing stays two. */
const joins: Record<string, string> = {
  'relationships.email': 'FILL',
  'relationships.phone': 'FILL',
  'relationships.traits': 'LAY',
  'relationships.updated_at': 'GREATEST',
  'consents.granted': 'AND',
  'consents.recorded_at': 'STAMP',
  'daily_awards.payments': 'SUM',
  'rule_caps.paid': 'SUM',
};

/** A writer must see which merges stand on which, whoever asked for them. */
const readers = (writer: string): string => `
  DROP POLICY tenant ON customer_merges;
  CREATE POLICY tenant ON customer_merges
    USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR into_id = (SELECT app_subject())
      OR (SELECT ${writer}()))
    WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_directory()));`;

/** What was paid or spent after a merge is the survivor's, out of whose wallet it went. */
const stays = [
  'adjustments',
  'daily_awards',
  'message_awards',
  'redemptions',
  'referral_payments',
  'rule_caps',
  'streak_awards',
  'surprise_draws',
];

/**
 * Merges that can be undone: which rows followed and what became of pairs is written down, the Mu that
 * moved is named, and a wallet may owe what it had spent before an undoing took it back.
 */
export class IdentityGraph1763700000025 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE customer_merges
        ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY,
        -- Whether what followed was written down; it was not before there was a log.
        ADD COLUMN logged boolean NOT NULL DEFAULT false,
        ADD COLUMN undone_at timestamptz(3),
        -- The brand that asked for it; null for the platform.
        ADD COLUMN undone_by uuid REFERENCES brands,
        ADD COLUMN undone_reason text,
        ADD CHECK ((undone_at IS NULL) = (undone_reason IS NULL));
      CREATE INDEX customer_merges_undone_by ON customer_merges (undone_by) WHERE undone_by IS NOT NULL;
      GRANT UPDATE (undone_at, undone_by, undone_reason) ON customer_merges TO atomic_rewards_app;

      -- Written by the functions below only, and read by no caller, for it has what every brand said.
      CREATE TABLE merge_log (
        merge_id uuid NOT NULL REFERENCES customer_merges DEFERRABLE INITIALLY DEFERRED,
        number integer NOT NULL,
        tab text NOT NULL,
        col text NOT NULL,
        act text NOT NULL CHECK (act IN ('MOVED', 'JOINED', 'DROPPED')),
        -- Keys of rows that moved; before, after and the other row of those that were joined; rows dropped.
        lines jsonb NOT NULL,
        PRIMARY KEY (merge_id, number)
      );
      CREATE POLICY operator ON merge_log
        USING ((SELECT app_everything())) WITH CHECK ((SELECT app_everything()));
      GRANT SELECT ON merge_log TO atomic_rewards_app;

      CREATE TABLE merge_transfers (
        transfer_id uuid PRIMARY KEY REFERENCES transfers,
        merge_id uuid NOT NULL REFERENCES customer_merges,
        number bigint GENERATED ALWAYS AS IDENTITY
      );
      CREATE INDEX merge_transfers_merge ON merge_transfers (merge_id);
      CREATE POLICY writers ON merge_transfers
        USING ((SELECT app_directory())) WITH CHECK ((SELECT app_directory()));
      GRANT SELECT, INSERT ON merge_transfers TO atomic_rewards_app;

      ALTER TABLE accounts ADD COLUMN owed bigint NOT NULL DEFAULT 0 CHECK (owed >= 0);
      ALTER TABLE accounts DROP CONSTRAINT accounts_check;
      -- Below zero is the mint, and a wallet by exactly what an undone merge took back from it.
      ALTER TABLE accounts ADD CONSTRAINT accounts_check
        CHECK (kind = 'MINT' OR (balance >= 0 AND owed = 0)
          OR (kind = 'WALLET' AND balance = -owed AND balance < 0));
      GRANT UPDATE (owed) ON accounts TO atomic_rewards_app;
      ALTER TABLE transfers DROP CONSTRAINT transfers_kind_check;
      ALTER TABLE transfers ADD CONSTRAINT transfers_kind_check
        CHECK (kind IN (${kinds}, 'UNMERGE')) NOT VALID;
      ALTER TABLE transfers VALIDATE CONSTRAINT transfers_kind_check;
      DROP FUNCTION follow_merge(uuid, uuid);
    `);
    await runner.query(identities);
    for (const table of ['merge_log', 'merge_transfers', 'identity_history']) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
      `);
    }
    await runner.query(readers('app_directory'));
    await this.comment(runner, (rule) => `'merge: ${rule}'`);
    await runner.query(mergePlaces);
    await runner.query(mergeRows);
    await runner.query(undoMerge);
  }

  private async comment(runner: QueryRunner, text: (rule: string) => string): Promise<void> {
    for (const [column, rule] of Object.entries(joins)) {
      await runner.query(`COMMENT ON COLUMN ${column} IS ${text(rule)}`);
    }
    for (const table of stays) await runner.query(`COMMENT ON TABLE ${table} IS ${text('STAY')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP FUNCTION undo_merge(uuid); DROP FUNCTION merge_rows(uuid, uuid, uuid, timestamptz)',
    );
    await runner.query(dropMergePlaces);
    await runner.query(dropIdentities);
    await this.comment(runner, () => 'NULL');
    await runner.query(readers('app_everything'));
    await runner.query(`
      ALTER TABLE transfers DROP CONSTRAINT transfers_kind_check;
      ALTER TABLE transfers ADD CONSTRAINT transfers_kind_check CHECK (kind IN (${kinds})) NOT VALID;
      ALTER TABLE transfers VALIDATE CONSTRAINT transfers_kind_check;
      ALTER TABLE accounts DROP CONSTRAINT accounts_check;
      ALTER TABLE accounts ADD CONSTRAINT accounts_check CHECK (kind = 'MINT' OR balance >= 0);
      ALTER TABLE accounts DROP COLUMN owed;
      DROP TABLE merge_transfers; DROP TABLE merge_log;
      REVOKE UPDATE (undone_at, undone_by, undone_reason) ON customer_merges FROM atomic_rewards_app;
      ALTER TABLE customer_merges DROP COLUMN number, DROP COLUMN logged, DROP COLUMN undone_at,
        DROP COLUMN undone_by, DROP COLUMN undone_reason;
      DROP FUNCTION pending_redemptions(uuid[]);
    `);
    await runner.query(new Merging1763700000017().follow);
  }
}
