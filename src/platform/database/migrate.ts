import { Client } from 'pg';
import { DataSource, type MigrationInterface } from 'typeorm';
import { defaultLimits } from '../limits';
import type { Log } from '../log';
import { appRole } from './connection';
import { patiently } from './patience';
import { runPending, type MigrationLimits } from './pending-migrations';

/** Any number will do, as long as every version of the service uses the same. */
const lockNumber = 7_219_340_551;
const askAgainMs = 100;

export interface MigrateOptions {
  /** The owner's connection. */
  url: string;
  /** The login the service runs as, when it is another; it becomes a member of the app role. */
  appUrl?: string;
  migrations: (new () => MigrationInterface)[];
  log: Log;
  /** How long a table is waited for and how often; the defaults when absent. */
  limits?: MigrationLimits;
}

/**
 * Brings the database to this version: under an advisory lock, so that processes starting together
 * take turns and all succeed. Begins again while the database is starting, full or away, and while
 * others use the tables that a migration changes. Refuses a database that knows migrations this version
 * does not: an older service must not run on a newer schema.
 */
export async function migrate(options: MigrateOptions): Promise<void> {
  await patiently(options.log, () => migrateOnce(options));
}

async function migrateOnce(options: MigrateOptions): Promise<void> {
  const { log, limits = defaultLimits } = options;
  const lock = await connect(options.url);
  try {
    await takeTurn(lock);
    await ensureAppRole(lock, options.appUrl);
    const source = new DataSource({
      type: 'postgres',
      url: options.url,
      migrations: options.migrations,
      migrationsTableName: 'schema_migrations',
      migrationsTransactionMode: 'each',
      poolSize: 2,
      // Otherwise it tells of a failed migration on the console; the log does.
      logger: 'debug',
      extra: { options: `-c lock_timeout=${limits.migrationLockMs}` },
    });
    await source.initialize();
    try {
      await refuseNewerSchema(source, options.migrations);
      const done = await runPending(source, limits, log);
      if (done.length > 0) log.info({ migrations: done }, 'migrated');
    } finally {
      await source.destroy();
    }
  } finally {
    await lock.end();
  }
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

/**
 * Waits for the lock by asking again: a statement that waits has a snapshot, and an index that another
 * process makes CONCURRENTLY would wait for that one's end, and so for itself.
 */
async function takeTurn(lock: Client): Promise<void> {
  for (;;) {
    const { rows } = await lock.query<{ taken: boolean }>(
      'SELECT pg_try_advisory_lock($1) AS taken',
      [lockNumber],
    );
    if (rows[0]?.taken === true) return;
    await new Promise((resolve) => setTimeout(resolve, askAgainMs));
  }
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
  const [table] = await source.query<{ name: string | null }[]>(
    `SELECT to_regclass('schema_migrations') AS name`,
  );
  if (table?.name == null) return;
  const applied = await source.query<{ name: string }[]>('SELECT name FROM schema_migrations');
  const names = new Set(known.map((migration) => migration.name));
  const unknown = applied.filter((row) => !names.has(row.name));
  if (unknown.length > 0) {
    throw new Error(
      `the database has ${unknown.length} migration(s) this version does not know; start a newer version`,
    );
  }
}
