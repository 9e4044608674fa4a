import type { MigrationInterface, QueryRunner } from 'typeorm';

const policy = (table: string, subject: string, writers: string) => `
  DROP POLICY tenant ON ${table};
  CREATE POLICY tenant ON ${table}
    USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR ${subject} OR (SELECT ${writers}()))
    WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT ${writers}()));`;

/**
 * Items that run out, that a person may have a few times only, for a while only, or from any brand;
 * and redemptions that can be called off with every brand at once, when a person opts out of Mu.
 */
export class ShopCatalogue1763700000018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE shop_items
        ADD COLUMN kind text NOT NULL DEFAULT 'DIGITAL' CHECK (kind IN ('DIGITAL', 'EXPERIENCE', 'GOOD')),
        -- How many are left; without end when null.
        ADD COLUMN stock bigint CHECK (stock >= 0),
        ADD COLUMN per_customer bigint CHECK (per_customer > 0),
        ADD COLUMN starts_at timestamptz(3),
        ADD COLUMN ends_at timestamptz(3),
        ADD COLUMN hold_seconds bigint CHECK (hold_seconds > 0),
        ADD COLUMN image_url text,
        ADD COLUMN terms text,
        -- The platform put it there: customers of every brand can have it, brand_id gives it.
        ADD COLUMN everywhere boolean NOT NULL DEFAULT false;
      CREATE INDEX shop_items_everywhere ON shop_items (id DESC) WHERE everywhere;
      ALTER TABLE redemptions ADD COLUMN stock_taken boolean NOT NULL DEFAULT false;
      CREATE INDEX redemptions_item_customer ON redemptions (item_id, customer_id)
        WHERE item_id IS NOT NULL;
      DROP INDEX redemptions_item;
    `);
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
    await runner.query(`
      CREATE INDEX redemptions_item ON redemptions (item_id) WHERE item_id IS NOT NULL;
      DROP INDEX redemptions_item_customer;
      ALTER TABLE redemptions DROP COLUMN stock_taken;
      ALTER TABLE shop_items DROP COLUMN kind, DROP COLUMN stock, DROP COLUMN per_customer,
        DROP COLUMN starts_at, DROP COLUMN ends_at, DROP COLUMN hold_seconds, DROP COLUMN image_url,
        DROP COLUMN terms, DROP COLUMN everywhere;
    `);
  }
}
