import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from '../../migrations';
import { migrate } from '../../src/platform/database/migrate';
import { createLog } from '../../src/platform/log';

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
  // TypeORM tells of a failed migration on the console, whatever its logger.
  const spoken = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  await owner.query('CREATE TABLE entries (note text)');
  await expect(migrate({ url, migrations, log })).rejects.toMatchObject({ code: '42P07' });
  spoken.mockRestore();
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
