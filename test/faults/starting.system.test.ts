import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migrations } from '../../migrations';
import { afterwards, cleanUp } from '../support/afterwards';
import {
  cleanUp as removeFolder,
  openFolder,
  postmaster,
  untilGone,
} from '../support/embedded-postgres';
import { eventually, SpawnedService } from '../support/spawned-service';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const keyOf = (server: SpawnedService) => /brand key {6}(\S+)/.exec(server.output)?.[1];

/** Everything a migration makes, as text. */
const schemaSql = `
  SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
    || coalesce(' ' || column_default, '') AS line
  FROM information_schema.columns WHERE table_schema = 'public'
  UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
  UNION ALL SELECT 'policy ' || concat_ws(' ', tablename, policyname, cmd, qual, with_check)
  FROM pg_policies
  UNION ALL SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc
  WHERE pronamespace = 'public'::regnamespace
  UNION ALL SELECT 'grants ' || relname || ' ' || coalesce(relacl::text, '') || ' '
    || relrowsecurity || relforcerowsecurity
  FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S')
  UNION ALL SELECT 'grant ' || attrelid::regclass || '.' || attname || ' ' || attacl::text
  FROM pg_attribute WHERE attacl IS NOT NULL AND attrelid > 16383
  ORDER BY 1`;

const schemaOf = async (database: TestDatabase): Promise<string[]> =>
  (await database.query<{ line: string }>(schemaSql)).map(({ line }) => line);

/** Lets every statement of a migration take its time, so that others, or a kill, find one at work. */
const slowly = `
  CREATE SCHEMA slowly;
  CREATE FUNCTION slowly.wait() RETURNS event_trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_sleep(0.005); END $$;
  CREATE EVENT TRIGGER slowly ON ddl_command_start EXECUTE FUNCTION slowly.wait()`;

afterEach(cleanUp);

describe('the start on a database', () => {
  let database: TestDatabase;

  const applied = async (): Promise<string[]> => {
    const [table] = await database.query<{ name: string | null }>(
      `SELECT to_regclass('public.schema_migrations') AS name`,
    );
    if (table?.name == null) return [];
    const rows = await database.query<{ name: string }>('SELECT name FROM schema_migrations');
    return rows.map(({ name }) => name);
  };

  const spawn = () => new SpawnedService({ DATABASE_URL: database.url });

  beforeEach(async () => {
    database = await createTestDatabase({ empty: true });
    afterwards(() => database.drop());
  });

  it('works for two servers at once while it is empty, and each migration runs once (F20)', async () => {
    await database.query(slowly);
    const servers = [spawn(), spawn()];
    for (const server of servers) await server.ready();
    expect((await applied()).sort()).toEqual(migrations.map(({ name }) => name).sort());
    for (const server of servers) expect(await server.status('/health/ready')).toBe(200);
    expect(keyOf(servers[0]!)).toMatch(/^ar_/);
    expect(keyOf(servers[1]!)).toBe(keyOf(servers[0]!));
    expect(await database.query('SELECT slug FROM brands')).toEqual([{ slug: 'demo' }]);
  });

  it('is finished by the next server when servers were killed in the middle of migrations (F20)', async () => {
    await database.query(slowly);
    for (const count of [0, 2, migrations.length - 3]) {
      const server = spawn();
      await eventually(async () => (await applied()).length >= count);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
      await server.kill('SIGKILL');
      expect((await applied()).length).toBeLessThan(migrations.length);
    }
    await database.query('DROP EVENT TRIGGER slowly; DROP SCHEMA slowly CASCADE');
    const server = spawn();
    await server.ready();
    expect(await server.status('/health/ready')).toBe(200);
    const other = await createTestDatabase();
    afterwards(() => other.drop());
    const wanted = await schemaOf(other);
    expect(wanted.length).toBeGreaterThan(200);
    expect(await schemaOf(database)).toEqual(wanted);
  });

  it('is refused in one line when the database belongs to a newer version (F20)', async () => {
    await spawn().ready();
    await database.query(
      `INSERT INTO schema_migrations (timestamp, name) VALUES (9999999999999, 'Later9999999999999')`,
    );
    const server = spawn();
    expect(await server.ended).toEqual({ code: 1, signal: null });
    expect(server.output).toBe('');
    expect(server.errors).toMatch(
      /^Atomic Rewards cannot start: .* 1 migration\(s\) this version does not know; start a newer version\n$/,
    );
  });
});

describe('the start with the PostgreSQL that comes with it', () => {
  let dataDir: string;

  const spawn = () => new SpawnedService({ DATA_DIR: dataDir });

  /** The process that started the database of the folder. */
  async function ownerOf(servers: SpawnedService[]): Promise<SpawnedService> {
    const record = await readFile(join(dataDir, 'postgres/owner.json'), 'utf8');
    const { owner } = JSON.parse(record) as { owner: string };
    return servers.find(({ pid }) => pid === Number.parseInt(owner, 10))!;
  }

  beforeEach(async () => {
    const folder = await openFolder();
    afterwards(() => removeFolder(folder));
    dataDir = join(folder, 'data');
  });

  it('works for two servers at once, and after kill -9 of the one that started the database', async () => {
    const servers = [spawn(), spawn()];
    for (const server of servers) await server.ready();
    expect(keyOf(servers[1]!)).toBe(keyOf(servers[0]!));
    const owner = await ownerOf(servers);
    const guest = servers.find((server) => server !== owner)!;
    const { pid } = await postmaster(dataDir);
    expect(await guest.status('/health/ready')).toBe(200);

    await owner.kill('SIGKILL');
    await untilGone(pid);
    expect(await guest.status('/health/ready')).toBe(503);
    expect(await guest.status('/health/live')).toBe(200);

    const next = spawn();
    await next.ready();
    expect(await next.status('/health/ready')).toBe(200);
    expect(keyOf(next)).toBe(keyOf(owner));
    expect(await next.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(await guest.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  });
});
