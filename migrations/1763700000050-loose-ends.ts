import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Says of the list of customers at risk what becomes of it when one of them is erased. */
export class LooseEnds1763700000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`COMMENT ON TABLE brand_at_risk IS 'erase: DELETE'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('COMMENT ON TABLE brand_at_risk IS NULL');
  }
}
