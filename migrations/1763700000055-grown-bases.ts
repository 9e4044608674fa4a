import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many had ordered when a base was divided: a base that has outgrown its bands is divided anew. */
export class GrownBases1763700000055 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE segmentations ADD COLUMN ordering integer');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE segmentations DROP COLUMN ordering');
  }
}
