import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What Mu can be spent on, and redemptions with the hold that carries each. */
export class Shop1763700000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE shop_items (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        external_id text NOT NULL,
        name text NOT NULL,
        description text,
        price bigint NOT NULL CHECK (price > 0),
        minimum_balance bigint NOT NULL CHECK (minimum_balance >= 0),
        available boolean NOT NULL,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        UNIQUE (brand_id, external_id)
      );
      CREATE INDEX shop_items_brand ON shop_items (brand_id, id DESC);

      CREATE TABLE redemptions (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        customer_id uuid NOT NULL REFERENCES customers,
        item_id uuid REFERENCES shop_items,
        amount bigint NOT NULL CHECK (amount > 0),
        description text NOT NULL,
        state text NOT NULL CHECK (state IN ('PENDING', 'CAPTURED', 'CANCELLED', 'EXPIRED', 'REVERSED')),
        expires_at timestamptz(3) NOT NULL,
        created_at timestamptz(3) NOT NULL,
        resolved_at timestamptz(3),
        CHECK ((state = 'PENDING') = (resolved_at IS NULL))
      );
      CREATE INDEX redemptions_item ON redemptions (item_id) WHERE item_id IS NOT NULL;
      CREATE INDEX redemptions_brand ON redemptions (brand_id, id DESC);
      CREATE INDEX redemptions_customer ON redemptions (customer_id, created_at DESC, id DESC);
      CREATE INDEX redemptions_expiry ON redemptions (expires_at) WHERE state = 'PENDING';
    `);
    const grants = {
      shop_items: 'SELECT, INSERT, UPDATE',
      redemptions: 'SELECT, INSERT, UPDATE (state, resolved_at)',
    };
    for (const [table, grant] of Object.entries(grants)) {
      const subject =
        table === 'shop_items'
          ? '(SELECT app_subject()) IS NOT NULL'
          : 'customer_id = (SELECT app_subject())';
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON ${table}
          USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR ${subject} OR (SELECT app_everything()))
          WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
        GRANT ${grant} ON ${table} TO atomic_rewards_app;
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE redemptions; DROP TABLE shop_items;');
  }
}
