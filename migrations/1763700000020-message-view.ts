import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a brand settles about its mails: where links may lead, who sends forms, what the third number is. */
export class MessageView1763700000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE brands
        ADD COLUMN link_origins jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(link_origins) = 'array'),
        ADD COLUMN amp_senders jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(amp_senders) = 'array'),
        ADD COLUMN triad_third text NOT NULL DEFAULT 'ACTION_MAXIMUM'
          CHECK (triad_third IN ('ACTION_MAXIMUM', 'TOTAL'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE brands DROP COLUMN link_origins, DROP COLUMN amp_senders, DROP COLUMN triad_third;
    `);
  }
}
