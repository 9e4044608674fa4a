import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Entries of a statement, `added`, whose transfer is `missing`, by a join. */
export const missingByJoin = `SELECT FROM (SELECT DISTINCT transfer_id FROM added) a
      WHERE NOT EXISTS (SELECT FROM transfers t WHERE t.id = a.transfer_id)`;

/** The check of the entries of a statement; `missing` finds those without their transfer. */
export const checkEntriesBy = (missing: string): string => `
  CREATE OR REPLACE FUNCTION check_entries() RETURNS trigger LANGUAGE plpgsql
    SET enable_seqscan = off AS $$
  BEGIN
    IF EXISTS (SELECT FROM added GROUP BY transfer_id HAVING sum(amount) <> 0 OR count(*) <> 2) THEN
      RAISE EXCEPTION 'the entries of a transfer must sum to zero' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (${missing}) THEN
      RAISE EXCEPTION 'entries need their transfer' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
  END $$;`;

/**
 * That an entry has its transfer is asked of all entries of a statement at once, by the check that asks
 * whether they sum to zero; a foreign key asked it, and locked the transfer, for each entry alone.
 * Nobody can delete a transfer, so there is nothing else for the key to do.
 */
export class EntriesOfTransfers1763700000057 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${checkEntriesBy(missingByJoin)}
      ALTER TABLE entries DROP CONSTRAINT entries_transfer_id_fkey;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE entries ADD CONSTRAINT entries_transfer_id_fkey
        FOREIGN KEY (transfer_id) REFERENCES transfers NOT VALID;
      ALTER TABLE entries VALIDATE CONSTRAINT entries_transfer_id_fkey;
      CREATE OR REPLACE FUNCTION check_entries() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT FROM added GROUP BY transfer_id HAVING sum(amount) <> 0 OR count(*) <> 2) THEN
          RAISE EXCEPTION 'the entries of a transfer must sum to zero' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
      END $$;
    `);
  }
}
