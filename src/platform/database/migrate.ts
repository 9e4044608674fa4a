import { Client } from 'pg';
import { DataSource, type MigrationInterface } from 'typeorm';
import type { Log } from '../log';
import { appRole } from './connection';

/** Any number will do, as long as every version of the service uses the same. */
const lockNumber = 7_219_340_551;
const attempts = 8;

export interface MigrateOptions {
  /** The owner's connection. */
  url: string;
  /** The login the service runs as, when it is another; it becomes a member of the app role. */
  appUrl?: string;
  migrations: (new () => MigrationInterface)[];
  log: Log;
}

/**
 * Brings the database to this version: under an advisory lock, so that processes starting together
 * take turns and all succeed. Retries while the database is starting. Refuses a database that knows
 * migrations this version does not: an older service must not run on a newer schema.
 */
export async function migrate(options: MigrateOptions): Promise<void> {
  const lock = await connect(options.url, options.log);
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [lockNumber]);
    await ensureAppRole(lock, options.appUrl);
    const source = new DataSource({
      type: 'postgres',
      url: options.url,
      migrations: options.migrations,
      migrationsTableName: 'schema_migrations',
      migrationsTransactionMode: 'each',
      poolSize: 2,
      extra: { options: '-c lock_timeout=5000' },
    });
    await source.initialize();
    try {
      await refuseNewerSchema(source, options.migrations);
      const done = await source.runMigrations();
      if (done.length > 0) options.log.info({ migrations: done.map((m) => m.name) }, 'migrated');
    } finally {
      await source.destroy();
    }
  } finally {
    await lock.end();
  }
}

async function connect(url: string, log: Log): Promise<Client> {
  for (let attempt = 1; ; attempt += 1) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (attempt === attempts || !mayPass(error)) throw error;
      const wait = Math.min(4000, 100 * 2 ** attempt);
      log.warn(
        { attempt, wait, code: (error as { code?: string }).code },
        'database not reachable yet',
      );
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

function mayPass(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return /^(ECONN|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|53300|57P03|08)/.test(code) || code === '';
}

async function ensureAppRole(owner: Client, appUrl: string | undefined): Promise<void> {
  const { rows } = await owner.query<{ present: boolean; member: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS present,
            EXISTS (SELECT FROM pg_roles r WHERE r.rolname = $1
                    AND pg_has_role(current_user, r.oid, 'member')) AS member`,
    [appRole],
  );
  const state = rows[0] as { present: boolean; member: boolean };
  if (!state.present) await ignoringRaces(() => owner.query(`CREATE ROLE ${appRole} NOLOGIN`));
  if (!state.member) await ignoringRaces(() => owner.query(`GRANT ${appRole} TO CURRENT_USER`));
  if (appUrl !== undefined) {
    const user = decodeURIComponent(new URL(appUrl).username);
    await ignoringRaces(() => owner.query(`GRANT ${appRole} TO ${owner.escapeIdentifier(user)}`));
  }
  await ignoringRaces(() => owner.query(`GRANT USAGE ON SCHEMA public TO ${appRole}`));
}

/** Roles belong to the whole cluster, so a sibling database's migration may do the same at once. */
async function ignoringRaces(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    const raced = code === '42710' || code === '23505' || message.includes('concurrently updated');
    if (!raced) throw error;
  }
}

async function refuseNewerSchema(
  source: DataSource,
  known: (new () => MigrationInterface)[],
): Promise<void> {
  const [table] = (await source.query(`SELECT to_regclass('schema_migrations') AS name`)) as {
    name: string | null;
  }[];
  if (table?.name == null) return;
  const applied = (await source.query('SELECT name FROM schema_migrations')) as { name: string }[];
  const names = new Set(known.map((migration) => migration.name));
  const unknown = applied.filter((row) => !names.has(row.name));
  if (unknown.length > 0) {
    throw new Error(
      `the database has ${unknown.length} migration(s) this version does not know; start a newer version`,
    );
  }
}
