import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets customers in on journeys by what they do. */
const seeEvents = (condition: string): string => `
  CREATE OR REPLACE FUNCTION journeys_see_events() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (SELECT FROM journeys j WHERE j.trigger_kind = 'EVENT' AND j.stopped_at IS NULL
          AND j.brand_id IN (SELECT a.brand_id FROM added a)) THEN
        RETURN NULL;
      END IF;
      INSERT INTO journey_entries (brand_id, journey_id, customer_id)
      SELECT DISTINCT j.brand_id, j.id, a.customer_id FROM added a
      JOIN journeys j ON j.brand_id = a.brand_id AND j.trigger_kind = 'EVENT'
        AND a.action = ANY (j.trigger_values) AND j.stopped_at IS NULL
      WHERE a.confidence >= 50 AND NOT a.duplicate ${condition};
      RETURN NULL;
    END $$;`;

/** Events from other systems: they land in a queue, and a job records them by the usual commands. */
export class Imports1763700000047 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.tables);
    const grants = {
      event_mappings: 'SELECT, INSERT, UPDATE (mapping, updated_at)',
      import_jobs: `SELECT, INSERT, UPDATE (received, recorded, duplicates, refused, ignored,
        received_at, served_at, finished_at)`,
      import_messages: 'SELECT, INSERT, DELETE',
      import_rows: 'SELECT, INSERT, UPDATE (stage), DELETE',
      import_refusals: 'SELECT, INSERT, UPDATE (event, keys)',
    };
    for (const [table, grant] of Object.entries(grants)) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON ${table}
          USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()))
          WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
        GRANT ${grant} ON ${table} TO atomic_rewards_app;
      `);
    }
    await runner.query(this.history);
    await runner.query(seeEvents('AND NOT a.history'));
  }

  private readonly history = `
    -- Told of the past: it counts as history, pays nothing, and starts nothing.
    ALTER TABLE attention_events ADD COLUMN history boolean NOT NULL DEFAULT false;
  `;

  private readonly tables = `
    CREATE TABLE event_mappings (
      id uuid PRIMARY KEY,
      brand_id uuid NOT NULL REFERENCES brands,
      key text NOT NULL,
      mapping jsonb NOT NULL,
      created_at timestamptz(3) NOT NULL,
      updated_at timestamptz(3) NOT NULL,
      UNIQUE (brand_id, key)
    );

    CREATE TABLE import_jobs (
      id uuid PRIMARY KEY,
      brand_id uuid NOT NULL REFERENCES brands,
      -- As it was when the import began, whatever becomes of a kept one.
      mapping jsonb NOT NULL,
      backfill boolean NOT NULL,
      received integer NOT NULL CHECK (received >= 0),
      recorded integer NOT NULL DEFAULT 0 CHECK (recorded >= 0),
      duplicates integer NOT NULL DEFAULT 0 CHECK (duplicates >= 0),
      refused integer NOT NULL DEFAULT 0 CHECK (refused >= 0),
      ignored integer NOT NULL DEFAULT 0 CHECK (ignored >= 0),
      created_at timestamptz(3) NOT NULL,
      received_at timestamptz(3) NOT NULL,
      -- When events of it were last recorded: brands take turns by it.
      served_at timestamptz(3),
      -- Null while an event of it waits.
      finished_at timestamptz(3)
    ) WITH (fillfactor = 80);
    CREATE INDEX import_jobs_brand ON import_jobs (brand_id, id DESC);
    CREATE INDEX import_jobs_open ON import_jobs (id) WHERE finished_at IS NULL;
    CREATE INDEX import_jobs_served ON import_jobs (brand_id, served_at DESC) WHERE served_at IS NOT NULL;

    -- What has been taken in, by a digest of the sender's own id of it, so that it counts once.
    CREATE TABLE import_messages (
      brand_id uuid NOT NULL REFERENCES brands,
      digest uuid NOT NULL,
      PRIMARY KEY (brand_id, digest)
    );

    -- Events that wait. They name people by keys, of whom there may be no customer yet; erasing somebody
    -- takes the rows that name them, and being recorded takes all.
    CREATE TABLE import_rows (
      job_id uuid NOT NULL REFERENCES import_jobs,
      brand_id uuid NOT NULL REFERENCES brands,
      -- Its place in the import, from 0.
      index integer NOT NULL CHECK (index >= 0),
      -- What is to be done: 0 the customer, 1 the attention, 2 the order.
      stage smallint NOT NULL CHECK (stage BETWEEN 0 AND 2),
      digest uuid NOT NULL,
      keys text[] NOT NULL,
      event jsonb NOT NULL,
      PRIMARY KEY (job_id, stage, index)
    );
    CREATE INDEX import_rows_brand ON import_rows (brand_id);

    CREATE TABLE import_refusals (
      job_id uuid NOT NULL REFERENCES import_jobs,
      brand_id uuid NOT NULL REFERENCES brands,
      index integer NOT NULL CHECK (index >= 0),
      code text NOT NULL,
      field text[],
      message text NOT NULL,
      -- Who was meant, where that is known.
      customer_id uuid REFERENCES customers,
      -- By what the event names people; both go after some days.
      keys text[],
      event jsonb,
      refused_at timestamptz(3) NOT NULL,
      PRIMARY KEY (job_id, index)
    );
    CREATE INDEX import_refusals_brand ON import_refusals (brand_id);
    CREATE INDEX import_refusals_customer ON import_refusals (customer_id) WHERE customer_id IS NOT NULL;
    CREATE INDEX import_refusals_due ON import_refusals (refused_at) WHERE event IS NOT NULL;
    COMMENT ON TABLE import_refusals IS 'erase: KEEP';
    COMMENT ON COLUMN import_refusals.event IS 'erase: NULL';
    COMMENT ON COLUMN import_refusals.keys IS 'erase: NULL';
    COMMENT ON COLUMN import_refusals.code IS 'erase: KEEP';
    COMMENT ON COLUMN import_refusals.field IS 'erase: KEEP';
    COMMENT ON COLUMN import_refusals.message IS 'erase: KEEP';
  `;

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(seeEvents(''));
    await runner.query(`
      ALTER TABLE attention_events DROP COLUMN history;
      DROP TABLE import_refusals; DROP TABLE import_rows; DROP TABLE import_messages;
      DROP TABLE import_jobs; DROP TABLE event_mappings;
    `);
  }
}
