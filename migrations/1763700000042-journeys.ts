import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Journeys: what to do with customers, step by step. Whom a trigger means is queued by the tables that
 * know, in the transaction of the change; a job lets them in and leads everybody on.
 */
export class Journeys1763700000042 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(this.tables);
    const grants = {
      journeys: `SELECT, INSERT, UPDATE (version, trigger_kind, trigger_values, updated_at, stopped_at,
        sweep_at, sweep_after)`,
      journey_versions: 'SELECT, INSERT',
      journey_runs: `SELECT, INSERT, UPDATE (state, next, done, due_at, check_at, ended_at, ended_by)`,
      journey_steps: 'SELECT, INSERT',
      journey_entries: 'SELECT, INSERT, DELETE',
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
    await runner.query(this.triggers);
  }

  private readonly tables = `
    CREATE TABLE journeys (
      id uuid PRIMARY KEY,
      brand_id uuid NOT NULL REFERENCES brands,
      external_id text NOT NULL,
      name text NOT NULL,
      -- Only customers whom it treats go on the journey.
      experiment_id uuid REFERENCES experiments,
      -- What is published next; versions keep what was.
      draft jsonb NOT NULL,
      version integer CHECK (version > 0),
      -- Of the published version.
      trigger_kind text CHECK (trigger_kind IN ('DORMANCY', 'EVENT', 'HAND')),
      trigger_values text[],
      created_at timestamptz(3) NOT NULL,
      updated_at timestamptz(3) NOT NULL,
      stopped_at timestamptz(3),
      -- Whom the trigger already means is gone through by id after publishing; null when that is done.
      sweep_at timestamptz(3),
      sweep_after uuid,
      CHECK ((version IS NULL) = (trigger_kind IS NULL)),
      UNIQUE (brand_id, external_id)
    );
    CREATE INDEX journeys_brand ON journeys (brand_id, id DESC);
    CREATE INDEX journeys_trigger ON journeys (brand_id, trigger_kind)
      WHERE stopped_at IS NULL AND version IS NOT NULL;
    CREATE INDEX journeys_experiment ON journeys (experiment_id) WHERE experiment_id IS NOT NULL;
    CREATE INDEX journeys_sweep ON journeys (sweep_at) WHERE sweep_at IS NOT NULL;

    CREATE TABLE journey_versions (
      brand_id uuid NOT NULL REFERENCES brands,
      journey_id uuid NOT NULL REFERENCES journeys,
      version integer NOT NULL CHECK (version > 0),
      definition jsonb NOT NULL,
      published_at timestamptz(3) NOT NULL,
      PRIMARY KEY (brand_id, journey_id, version)
    );
    CREATE INDEX journey_versions_journey ON journey_versions (journey_id);

    CREATE TABLE journey_runs (
      id uuid PRIMARY KEY,
      brand_id uuid NOT NULL REFERENCES brands,
      journey_id uuid NOT NULL REFERENCES journeys,
      version integer NOT NULL,
      customer_id uuid NOT NULL REFERENCES customers,
      -- How silent they were when they came in.
      dormancy text,
      state text NOT NULL CHECK (state IN ('ACTIVE', 'COMPLETED', 'EXITED', 'CANCELLED')),
      -- The step that comes next, counted from 0, and how many are done.
      next integer NOT NULL DEFAULT 0 CHECK (next >= 0),
      done integer NOT NULL DEFAULT 0 CHECK (done >= 0),
      due_at timestamptz(3) NOT NULL,
      -- When to look at it again: for its step, or whether it has ended meanwhile.
      check_at timestamptz(3) NOT NULL,
      entered_at timestamptz(3) NOT NULL,
      ended_at timestamptz(3),
      ended_by text,
      CHECK ((state = 'ACTIVE') = (ended_at IS NULL))
    ) WITH (fillfactor = 80);
    -- A customer goes on a journey once.
    CREATE UNIQUE INDEX journey_runs_once ON journey_runs (brand_id, journey_id, customer_id);
    CREATE INDEX journey_runs_page ON journey_runs (journey_id, id DESC);
    CREATE INDEX journey_runs_customer ON journey_runs (customer_id, id DESC);
    CREATE INDEX journey_runs_check ON journey_runs (check_at, id) WHERE state = 'ACTIVE';

    CREATE TABLE journey_steps (
      brand_id uuid NOT NULL REFERENCES brands,
      run_id uuid NOT NULL REFERENCES journey_runs,
      -- From 1; that no number comes twice is what makes a step happen once.
      number integer NOT NULL CHECK (number > 0),
      key text NOT NULL,
      kind text NOT NULL CHECK (kind IN ('WAIT', 'REWARD', 'BRANCH')),
      outcome text NOT NULL,
      message_id uuid REFERENCES messages,
      done_at timestamptz(3) NOT NULL,
      PRIMARY KEY (brand_id, run_id, number)
    );
    CREATE INDEX journey_steps_run ON journey_steps (run_id, number);
    CREATE INDEX journey_steps_message ON journey_steps (message_id) WHERE message_id IS NOT NULL;

    CREATE TABLE journey_entries (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      brand_id uuid NOT NULL REFERENCES brands,
      journey_id uuid NOT NULL REFERENCES journeys,
      customer_id uuid NOT NULL REFERENCES customers
    );
    CREATE INDEX journey_entries_brand ON journey_entries (brand_id);
    CREATE INDEX journey_entries_journey ON journey_entries (journey_id);
    CREATE INDEX journey_entries_customer ON journey_entries (customer_id);
  `;

  private readonly triggers = `
    CREATE FUNCTION journeys_see_dormancy() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (SELECT FROM journeys j WHERE j.trigger_kind = 'DORMANCY' AND j.stopped_at IS NULL
          AND j.brand_id IN (SELECT a.brand_id FROM added a)) THEN
        RETURN NULL;
      END IF;
      IF TG_OP = 'INSERT' THEN
        INSERT INTO journey_entries (brand_id, journey_id, customer_id)
        SELECT j.brand_id, j.id, a.customer_id FROM added a
        JOIN journeys j ON j.brand_id = a.brand_id AND j.trigger_kind = 'DORMANCY'
          AND a.dormancy = ANY (j.trigger_values) AND j.stopped_at IS NULL;
      ELSE
        INSERT INTO journey_entries (brand_id, journey_id, customer_id)
        SELECT j.brand_id, j.id, a.customer_id FROM added a
        JOIN removed r ON r.brand_id = a.brand_id AND r.customer_id = a.customer_id
          AND r.dormancy <> a.dormancy
        JOIN journeys j ON j.brand_id = a.brand_id AND j.trigger_kind = 'DORMANCY'
          AND a.dormancy = ANY (j.trigger_values) AND j.stopped_at IS NULL;
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER journeys_insert AFTER INSERT ON attention_states
      REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION journeys_see_dormancy();
    CREATE TRIGGER journeys_update AFTER UPDATE ON attention_states
      REFERENCING OLD TABLE AS removed NEW TABLE AS added
      FOR EACH STATEMENT EXECUTE FUNCTION journeys_see_dormancy();

    CREATE FUNCTION journeys_see_events() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (SELECT FROM journeys j WHERE j.trigger_kind = 'EVENT' AND j.stopped_at IS NULL
          AND j.brand_id IN (SELECT a.brand_id FROM added a)) THEN
        RETURN NULL;
      END IF;
      INSERT INTO journey_entries (brand_id, journey_id, customer_id)
      SELECT DISTINCT j.brand_id, j.id, a.customer_id FROM added a
      JOIN journeys j ON j.brand_id = a.brand_id AND j.trigger_kind = 'EVENT'
        AND a.action = ANY (j.trigger_values) AND j.stopped_at IS NULL
      WHERE a.confidence >= 50 AND NOT a.duplicate;
      RETURN NULL;
    END $$;
    CREATE TRIGGER journeys_insert AFTER INSERT ON attention_events
      REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION journeys_see_events();

    -- Whom an experiment comes to treat may be meant by a trigger already.
    CREATE FUNCTION journeys_see_members() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO journey_entries (brand_id, journey_id, customer_id)
      SELECT j.brand_id, j.id, a.customer_id FROM added a
      JOIN journeys j ON j.experiment_id = a.experiment_id AND j.brand_id = a.brand_id
        AND j.trigger_kind = 'DORMANCY' AND j.stopped_at IS NULL
      WHERE a.arm = 'TREATED';
      RETURN NULL;
    END $$;
    CREATE TRIGGER journeys_insert AFTER INSERT ON experiment_members
      REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION journeys_see_members();
  `;

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER journeys_insert ON experiment_members; DROP FUNCTION journeys_see_members();
      DROP TRIGGER journeys_insert ON attention_events; DROP FUNCTION journeys_see_events();
      DROP TRIGGER journeys_update ON attention_states; DROP TRIGGER journeys_insert ON attention_states;
      DROP FUNCTION journeys_see_dormancy();
      DROP TABLE journey_entries; DROP TABLE journey_steps; DROP TABLE journey_runs;
      DROP TABLE journey_versions; DROP TABLE journeys;
    `);
  }
}
