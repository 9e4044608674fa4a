import type { MigrationInterface, QueryRunner } from 'typeorm';

const policy = (table: string, subject: string, writers: string) => `
  DROP POLICY tenant ON ${table};
  CREATE POLICY tenant ON ${table}
    USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR ${subject} OR (SELECT ${writers}()))
    WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT ${writers}()));`;

/** What is on hold with every brand can be called off at once, when a person opts out of Mu. */
export class ShopCatalogue1763700000018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      policy('redemptions', 'customer_id = (SELECT app_subject())', 'app_directory'),
    );
    await runner.query(policy('shop_items', '(SELECT app_subject()) IS NOT NULL', 'app_directory'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      policy('redemptions', 'customer_id = (SELECT app_subject())', 'app_everything'),
    );
    await runner.query(
      policy('shop_items', '(SELECT app_subject()) IS NOT NULL', 'app_everything'),
    );
  }
}
