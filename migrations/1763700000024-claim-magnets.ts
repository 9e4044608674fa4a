import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Codes whose claims are worth what the answer to a magnet is. */
export class ClaimMagnets1763700000024 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE qr_codes ADD COLUMN magnet_id uuid REFERENCES magnets;
      CREATE INDEX qr_codes_magnet ON qr_codes (magnet_id) WHERE magnet_id IS NOT NULL;
      ALTER TABLE qr_codes DROP CONSTRAINT qr_codes_mu_check;
      ALTER TABLE qr_codes ADD CONSTRAINT qr_codes_mu_check
        CHECK (mu > 0 OR (mu = 0 AND magnet_id IS NOT NULL));

      -- Kept while nobody has said whose it is; then it is the customer's response, or nobody's.
      ALTER TABLE claims ADD COLUMN answer jsonb;
      ALTER TABLE claims DROP CONSTRAINT claims_mu_check;
      ALTER TABLE claims ADD CONSTRAINT claims_mu_check CHECK (mu >= 0);
      ALTER TABLE claims ADD CONSTRAINT claims_answer_check
        CHECK (answer IS NULL OR state = 'PENDING');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE claims DROP COLUMN answer;
      ALTER TABLE claims DROP CONSTRAINT claims_mu_check;
      ALTER TABLE claims ADD CONSTRAINT claims_mu_check CHECK (mu > 0) NOT VALID;
      ALTER TABLE qr_codes DROP COLUMN magnet_id;
      ALTER TABLE qr_codes ADD CONSTRAINT qr_codes_mu_check CHECK (mu > 0) NOT VALID;
    `);
  }
}
