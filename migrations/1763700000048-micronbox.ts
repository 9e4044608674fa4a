import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A person's own box of microns: which brands they let into it or keep out, and what they have read and
 * saved. What was delivered is the brands' record and stays as it is.
 */
export class Micronbox1763700000048 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE micronbox_permissions (
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        allowed boolean NOT NULL,
        -- What was recorded before stays out: set when somebody who had muted the brand lets it in again.
        since timestamptz(3),
        changed_at timestamptz(3) NOT NULL,
        PRIMARY KEY (customer_id, brand_id)
      );
      CREATE INDEX micronbox_permissions_brand ON micronbox_permissions (brand_id);
      COMMENT ON TABLE micronbox_permissions IS 'erase: DELETE';
      COMMENT ON COLUMN micronbox_permissions.allowed IS 'merge: AND';
      COMMENT ON COLUMN micronbox_permissions.since IS 'merge: GREATEST';
      COMMENT ON COLUMN micronbox_permissions.changed_at IS 'merge: STAMP';

      -- What people said of marketing themselves: few, and asked for each micron that is delivered.
      CREATE INDEX consent_receipts_own ON consent_receipts (customer_id, brand_id, given_at DESC, id DESC)
        WHERE told_by = 'CUSTOMER' AND purpose = 'MARKETING';

      CREATE TABLE micronbox_marks (
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        message_id uuid NOT NULL REFERENCES messages,
        -- As the delivery has it, for the job that forgets marks nobody needs any more.
        delivered_at timestamptz(3) NOT NULL,
        read_at timestamptz(3),
        saved_at timestamptz(3),
        -- When it was last saved no longer; it leaves as if it had been read then.
        let_go_at timestamptz(3),
        PRIMARY KEY (customer_id, brand_id, message_id)
      );
      CREATE INDEX micronbox_marks_brand ON micronbox_marks (brand_id);
      CREATE INDEX micronbox_marks_message ON micronbox_marks (message_id);
      CREATE INDEX micronbox_marks_old ON micronbox_marks (delivered_at) WHERE saved_at IS NULL;
      COMMENT ON TABLE micronbox_marks IS 'erase: DELETE';
      COMMENT ON COLUMN micronbox_marks.delivered_at IS 'merge: GREATEST';
      COMMENT ON COLUMN micronbox_marks.read_at IS 'merge: LEAST';
      COMMENT ON COLUMN micronbox_marks.saved_at IS 'merge: GREATEST';
      COMMENT ON COLUMN micronbox_marks.let_go_at IS 'merge: GREATEST';
    `);
    const grants = {
      micronbox_permissions: 'SELECT, INSERT, UPDATE (allowed, since, changed_at)',
      micronbox_marks: 'SELECT, INSERT, UPDATE (read_at, saved_at, let_go_at), DELETE',
    };
    for (const [table, grant] of Object.entries(grants)) {
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
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX consent_receipts_own;
      DROP TABLE micronbox_marks; DROP TABLE micronbox_permissions;
    `);
  }
}
