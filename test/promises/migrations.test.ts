import { Client } from 'pg';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { migrations } from '../../migrations';
import { migrate } from '../../src/platform/database/migrate';
import type { MigrationLimits } from '../../src/platform/database/pending-migrations';
import { createLog } from '../../src/platform/log';
import { eventually } from '../support/spawned-service';

const log = createLog('silent');
const serverUrl = process.env['TEST_SERVER_URL'] as string;
let made = 0;
let name: string;
let url: string;
let owner: Client;

/** An empty database, unlike the template's copies. */
beforeEach(async () => {
  name = `ar_scratch_${process.pid}_${(made += 1)}`;
  await asAdmin(`CREATE DATABASE ${name}`);
  const scratch = new URL(serverUrl);
  scratch.pathname = `/${name}`;
  url = scratch.href;
  owner = new Client({ connectionString: url });
  await owner.connect();
});

afterEach(async () => {
  await owner.end();
  await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
});

async function asAdmin(statement: string): Promise<void> {
  const admin = new Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(statement);
  await admin.end();
}

/** Everything the migrations make, told in the catalogue's own words. */
async function schema(): Promise<string[]> {
  const { rows } = await owner.query<{ line: string }>(`
    SELECT format('column %s.%s %s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
      a.attnotnull, a.attacl, pg_get_expr(d.adbin, d.adrelid)) AS line
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'schema_migrations'
    UNION ALL SELECT format('table %s %s %s %s', relname, relacl, relrowsecurity, relforcerowsecurity)
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
      AND relname <> 'schema_migrations'
    UNION ALL SELECT format('index %s', indexdef) FROM pg_indexes
    WHERE schemaname = 'public' AND tablename <> 'schema_migrations'
    UNION ALL SELECT format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
      AND conrelid::regclass::text <> 'schema_migrations'
    UNION ALL SELECT format('policy %s %s %s %s', tablename, policyname, qual, with_check) FROM pg_policies
    UNION ALL SELECT format('trigger %s', pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT format('function %s %s', oid::regprocedure, prosrc) FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace
    ORDER BY 1`);
  return rows.map(({ line }) => line);
}

async function undoAll(): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url,
    migrations,
    migrationsTableName: 'schema_migrations',
    migrationsTransactionMode: 'each',
  });
  await source.initialize();
  for (const _ of migrations) await source.undoLastMigration();
  await source.destroy();
}

it('every migration can be undone without a trace and done again with the same result (d11)', async () => {
  await migrate({ url, migrations, log });
  const first = await schema();
  expect(first.length).toBeGreaterThan(200);
  await undoAll();
  expect(await schema()).toEqual([]);
  await migrate({ url, migrations, log });
  expect(await schema()).toEqual(first);
});

it('processes that start at once on an empty database all succeed (F20)', async () => {
  await Promise.all([1, 2, 3].map(() => migrate({ url, migrations, log })));
  const { rows } = await owner.query('SELECT name FROM schema_migrations ORDER BY id');
  expect(rows).toEqual(migrations.map((migration) => ({ name: migration.name })));
});

it('a migration that breaks leaves the ones before it, and the next start goes on from there (F20)', async () => {
  await owner.query('CREATE TABLE entries (note text)');
  await expect(migrate({ url, migrations, log })).rejects.toMatchObject({ code: '42P07' });
  const { rows } = await owner.query('SELECT name FROM schema_migrations ORDER BY id');
  expect(rows).toEqual(migrations.slice(0, 4).map((migration) => ({ name: migration.name })));
  expect(await schema()).not.toContainEqual(expect.stringContaining('table accounts'));
  await owner.query('DROP TABLE entries');
  await migrate({ url, migrations, log });
  const done = await owner.query('SELECT name FROM schema_migrations');
  expect(done.rows).toHaveLength(migrations.length);
});

it('refuses a database that knows more than this version (F20)', async () => {
  await migrate({ url, migrations, log });
  await owner.query(`INSERT INTO schema_migrations (timestamp, name) VALUES (9, 'Tomorrow9')`);
  await expect(migrate({ url, migrations, log })).rejects.toThrow('start a newer version');
});

/** A release before, whose table everybody uses. */
class Before1700000000001 implements MigrationInterface {
  up = (runner: QueryRunner) => runner.query('CREATE TABLE used AS SELECT 1 AS one');
  down = (runner: QueryRunner) => runner.query('DROP TABLE used');
}

/** The next one, which changes that table when it has done something else. */
class After1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE waited AS SELECT current_setting('lock_timeout') AS most`);
    await runner.query('ALTER TABLE used ADD COLUMN two int');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE used DROP COLUMN two; DROP TABLE waited');
  }
}

/** One that makes an index beside those who write, and what an attempt before it has left anew. */
class Beside1700000000003 implements MigrationInterface {
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS used_one');
    await runner.query('CREATE INDEX CONCURRENTLY used_one ON used (one)');
  }

  down = (runner: QueryRunner) => runner.query('DROP INDEX CONCURRENTLY used_one');
}

describe('a migration of a table that others use', () => {
  const both: (new () => MigrationInterface)[] = [Before1700000000001, After1700000000002];
  let user: Client;
  let warned: { attempt: number; migration: string; code: string }[];

  const migrateAs = (limits?: MigrationLimits, migrations = both) =>
    migrate({
      url,
      migrations,
      log: createLog('warn', { write: (line) => void warned.push(JSON.parse(line) as never) }),
      limits,
    });

  const tables = async (): Promise<string[]> => {
    const { rows } = await owner.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`,
    );
    return rows.map(({ name }) => name);
  };

  beforeEach(async () => {
    warned = [];
    await migrate({ url, migrations: [Before1700000000001], log });
    user = new Client({ connectionString: url });
    await user.connect();
    await user.query('BEGIN');
    await user.query('SELECT one FROM used');
  });

  afterEach(() => user.end());

  it('gives way to whoever else wants it, tries again, and is done when it is free (F19)', async () => {
    const done = migrateAs();
    // Each of these reads stands behind the migration for as long as that waits, and is then answered.
    await eventually(async () => {
      expect((await owner.query('SELECT * FROM used')).rows).toEqual([{ one: 1 }]);
      return warned.length > 1;
    });
    await user.query('COMMIT');
    await done;
    expect((await owner.query('SELECT * FROM used')).rows).toEqual([{ one: 1, two: null }]);
    expect((await owner.query('SELECT most FROM waited')).rows).toEqual([{ most: '1s' }]);
    expect(warned.slice(0, 2)).toMatchObject([
      { attempt: 1, migration: 'After1700000000002', code: '55P03' },
      { attempt: 2, migration: 'After1700000000002', code: '55P03' },
    ]);
  });

  it('says which one it is when it has tried as often as it may, leaves nothing, and is done by the next start (F19, F20)', async () => {
    const quickly = { migrationLockMs: 50, migrationTries: 2 };
    await expect(migrateAs(quickly)).rejects.toMatchObject({
      code: '55P03',
      message: expect.stringMatching(
        /^migration After1700000000002 tried 2 times and did not get its tables within 50 ms/,
      ),
    });
    expect(warned.map(({ attempt }) => attempt)).toEqual([1]);
    expect(await tables()).toEqual(['schema_migrations', 'used']);
    const last = migrateAs({ migrationLockMs: 60_000, migrationTries: 1 });
    await user.query('COMMIT');
    await last;
    expect(await tables()).toEqual(['schema_migrations', 'used', 'waited']);
  });

  it('makes an index concurrently beside writers, and beside processes that start meanwhile (F19, F20)', async () => {
    const more = [Before1700000000001, Beside1700000000003];
    await user.query('INSERT INTO used VALUES (3)');
    const starts = [1, 2, 3].map(() => migrateAs(undefined, more));
    await eventually(async () => {
      await owner.query('INSERT INTO used VALUES (2)');
      return warned.length > 0;
    });
    await user.query('COMMIT');
    await Promise.all(starts);
    const { rows } = await owner.query(
      `SELECT indisvalid FROM pg_index WHERE indexrelid = 'used_one'::regclass`,
    );
    expect(rows).toEqual([{ indisvalid: true }]);
  });
});
