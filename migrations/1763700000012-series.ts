import type { MigrationInterface, QueryRunner } from 'typeorm';

const grants = {
  em_series: 'SELECT, INSERT, UPDATE (name, daily_slot, state, updated_at)',
  em_series_items: 'SELECT, INSERT',
  em_series_cursors: 'SELECT, INSERT, UPDATE (position, moved_at)',
};

/** Ems: short mails in a fixed order, one a day; where each customer stands; and which message was which. */
export class Series1763700000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE em_series (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        external_id text NOT NULL,
        name text NOT NULL,
        -- Wall-clock time in each customer's zone, as 07:00.
        daily_slot text NOT NULL CHECK (daily_slot ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
        state text NOT NULL CHECK (state IN ('ACTIVE', 'PAUSED', 'ENDED')),
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        UNIQUE (brand_id, external_id)
      );
      CREATE TABLE em_series_items (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        series_id uuid NOT NULL REFERENCES em_series,
        position integer NOT NULL CHECK (position > 0),
        subject text NOT NULL,
        link text,
        created_at timestamptz(3) NOT NULL,
        UNIQUE (brand_id, series_id, position)
      );
      CREATE INDEX em_series_items_series ON em_series_items (series_id, position);
      CREATE TABLE em_series_cursors (
        brand_id uuid NOT NULL REFERENCES brands,
        series_id uuid NOT NULL REFERENCES em_series,
        customer_id uuid NOT NULL REFERENCES customers,
        -- Of the item the customer was moved to by hand; deliveries speak for themselves.
        position integer NOT NULL CHECK (position > 0),
        moved_at timestamptz(3) NOT NULL,
        PRIMARY KEY (brand_id, series_id, customer_id)
      );
      CREATE INDEX em_series_cursors_series ON em_series_cursors (series_id);
      CREATE INDEX em_series_cursors_customer ON em_series_cursors (customer_id);
      ALTER TABLE messages ADD COLUMN series_item_id uuid REFERENCES em_series_items;
      ALTER TABLE messages ADD COLUMN series_id uuid REFERENCES em_series;
      CREATE INDEX messages_series_item ON messages (series_item_id) WHERE series_item_id IS NOT NULL;
      CREATE INDEX messages_series ON messages (series_id) WHERE series_id IS NOT NULL;
    `);
    for (const [table, grant] of Object.entries(grants)) {
      const subject =
        table === 'em_series_cursors' ? 'customer_id = (SELECT app_subject())' : 'false';
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
    await runner.query(`
      ALTER TABLE messages DROP COLUMN series_id;
      ALTER TABLE messages DROP COLUMN series_item_id;
      DROP TABLE em_series_cursors; DROP TABLE em_series_items; DROP TABLE em_series;
    `);
  }
}
