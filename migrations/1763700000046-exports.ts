import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Copies of everything a brand has, kept for some days in pieces that any process can serve. Who is erased
 * is in no copy that was made before: the table of erasures sees to it, in the transaction of the erasure.
 */
export class Exports1763700000046 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE exports (
        id uuid PRIMARY KEY,
        brand_id uuid NOT NULL REFERENCES brands,
        parts text[] NOT NULL CHECK (parts <> '{}'),
        status text NOT NULL CHECK (status IN ('QUEUED', 'RUNNING', 'DONE', 'FAILED', 'EXPIRED')),
        created_at timestamptz(3) NOT NULL,
        -- The moment all of it is of.
        as_of timestamptz(3),
        finished_at timestamptz(3),
        expires_at timestamptz(3),
        rows bigint NOT NULL DEFAULT 0 CHECK (rows >= 0),
        bytes bigint NOT NULL DEFAULT 0 CHECK (bytes >= 0),
        attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
        -- Whoever writes it, and until when it is theirs alone.
        lease uuid,
        leased_until timestamptz(3),
        UNIQUE (brand_id, id)
      );
      CREATE UNIQUE INDEX exports_under_way ON exports (brand_id) WHERE status IN ('QUEUED', 'RUNNING');
      CREATE INDEX exports_expiry ON exports (expires_at) WHERE status = 'DONE';

      CREATE TABLE export_files (
        export_id uuid NOT NULL,
        brand_id uuid NOT NULL REFERENCES brands,
        name text NOT NULL,
        part text NOT NULL,
        rows bigint NOT NULL CHECK (rows >= 0),
        bytes bigint NOT NULL CHECK (bytes > 0),
        sha256 bytea NOT NULL,
        PRIMARY KEY (brand_id, export_id, name),
        FOREIGN KEY (brand_id, export_id) REFERENCES exports (brand_id, id)
      );

      CREATE TABLE export_chunks (
        export_id uuid NOT NULL,
        brand_id uuid NOT NULL REFERENCES brands,
        name text NOT NULL,
        -- Where in the file it begins.
        position bigint NOT NULL CHECK (position >= 0),
        bytes bytea NOT NULL CHECK (octet_length(bytes) BETWEEN 1 AND 1048576),
        PRIMARY KEY (brand_id, export_id, name, position),
        FOREIGN KEY (brand_id, export_id) REFERENCES exports (brand_id, id)
      );
      -- It is compressed as it comes.
      ALTER TABLE export_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;
    `);
    const grants = {
      exports: `SELECT, INSERT, UPDATE (status, as_of, finished_at, expires_at, rows, bytes, attempts, lease,
        leased_until)`,
      export_files: 'SELECT, INSERT, DELETE',
      export_chunks: 'SELECT, INSERT, DELETE',
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
    await runner.query(this.forgetting);
  }

  private readonly forgetting = `
    -- Held shared by whoever erases somebody of the brand until that is committed, and alone by whoever
    -- opens the snapshot of an export: so a snapshot is of after an erasure, or the erasure knows of it.
    CREATE FUNCTION export_lock(brand uuid) RETURNS bigint LANGUAGE sql IMMUTABLE
    SET search_path = pg_catalog AS $$ SELECT hashtextextended('export ' || brand::text, 0) $$;

    CREATE FUNCTION expire_exports() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        reach text := coalesce(current_setting('app.reach', true), '');
        brands uuid[]; ids uuid[];
      BEGIN
        PERFORM set_config('app.reach', 'everything', true);
        -- Everywhere is with all who know them; later it is not known any more with whom that was.
        brands := CASE WHEN NEW.brand_id IS NOT NULL THEN ARRAY[NEW.brand_id] WHEN TG_OP = 'INSERT' THEN ARRAY(
          SELECT DISTINCT r.brand_id FROM relationships r JOIN customers c ON c.id = r.customer_id
          WHERE c.id = NEW.customer_id OR c.merged_into = NEW.customer_id) END;
        PERFORM pg_advisory_xact_lock_shared(export_lock(b.id)) FROM unnest(brands) AS b(id);
        ids := ARRAY(SELECT e.id FROM exports e
          WHERE e.status IN ('RUNNING', 'DONE') AND (e.brand_id = ANY (brands)
            OR brands IS NULL AND e.as_of >= NEW.erased_at)
          ORDER BY e.id FOR UPDATE);
        -- What is being written begins anew, without the person.
        UPDATE exports e SET rows = 0, bytes = 0, lease = NULL, leased_until = NULL, as_of = NULL,
          attempts = greatest(e.attempts - 1, 0), status = 'QUEUED'
        WHERE e.id = ANY (ids) AND e.status = 'RUNNING';
        UPDATE exports e SET status = 'EXPIRED', expires_at = least(e.expires_at, NEW.erased_at)
        WHERE e.id = ANY (ids) AND e.status = 'DONE';
        DELETE FROM export_chunks c USING exports e
        WHERE e.id = ANY (ids) AND c.brand_id = e.brand_id AND c.export_id = e.id;
        DELETE FROM export_files f USING exports e
        WHERE e.id = ANY (ids) AND f.brand_id = e.brand_id AND f.export_id = e.id AND e.status = 'QUEUED';
        PERFORM set_config('app.reach', reach, true);
        RETURN NULL;
      END $$;
    CREATE TRIGGER expires_exports AFTER INSERT ON erasures
      FOR EACH ROW EXECUTE FUNCTION expire_exports();
    -- Something of them had been on its way, and has been erased now.
    CREATE TRIGGER expires_exports_later AFTER UPDATE OF check_at ON erasures
      FOR EACH ROW WHEN (NEW.check_at IS NOT NULL) EXECUTE FUNCTION expire_exports();`;

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER expires_exports ON erasures;
      DROP TRIGGER expires_exports_later ON erasures;
      DROP FUNCTION expire_exports();
      DROP FUNCTION export_lock(uuid);
      DROP TABLE export_chunks, export_files, exports;
    `);
  }
}
