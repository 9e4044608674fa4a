import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Scores that are taken back, and what becomes of the list of customers at risk when one is erased. */
export class LooseEnds1763700000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      COMMENT ON TABLE brand_at_risk IS 'erase: DELETE';
      -- Null: the brand took back what it had said, and what it said before that does not count.
      ALTER TABLE customer_scores ALTER COLUMN value DROP NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM customer_scores WHERE value IS NULL;
      ALTER TABLE customer_scores ALTER COLUMN value SET NOT NULL;
      COMMENT ON TABLE brand_at_risk IS NULL;
    `);
  }
}
