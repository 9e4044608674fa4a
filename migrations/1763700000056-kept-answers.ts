import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Stored answers are kept as the text they are sent as. Nobody asks into them, so taking them apart and
 * sorting their names was in vain; and most rows are written once now, so they need no room to grow.
 */
export class KeptAnswers1763700000056 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE idempotency_keys SET (fillfactor = 100);
      ALTER TABLE idempotency_keys ALTER COLUMN answer TYPE json USING answer::json;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE idempotency_keys SET (fillfactor = 60);
      ALTER TABLE idempotency_keys ALTER COLUMN answer TYPE jsonb USING answer::jsonb;
    `);
  }
}
