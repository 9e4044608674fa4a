import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the timeline needs: the lines of a wallet by time. Its other kinds have such an index. */
export class CustomerView1763700000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX entries_timeline ON entries (customer_id, posted_at DESC, id DESC)
        WHERE account_kind = 'WALLET'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX entries_timeline');
  }
}
