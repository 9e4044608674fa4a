import { MigrationExecutor, type DataSource } from 'typeorm';
import type { Limits } from '../limits';
import type { Log } from '../log';
import { codeOf, isLost } from './errors';

/** Somebody else holds a lock that the migration wants, or wants one that it holds. */
const inTheWay = new Set(['55P03', '40P01']);
const longestPauseMs = 5000;

export type MigrationLimits = Pick<Limits, 'migrationLockMs' | 'migrationTries'>;

/** The tables of a migration were never free for long enough; nothing of it is left. */
export class BusyTablesError extends Error {
  readonly code = '55P03';

  constructor(migration: string, { migrationLockMs, migrationTries }: MigrationLimits) {
    super(
      `migration ${migration} tried ${migrationTries} times and did not get its tables within ` +
        `${migrationLockMs} ms (55P03); nothing of it is left: end the transactions that hold them and start again`,
    );
  }
}

/**
 * Runs what this version has and the database has not, each migration in a transaction of its own, and answers
 * their names. Whoever comes after a migration in the queue for a lock waits as long as it does, so it waits
 * for `migrationLockMs`, gives way to everybody else, and tries again after growing pauses.
 * Throws {@link BusyTablesError} after `migrationTries`, and what else breaks a migration at once.
 */
export async function runPending(
  source: DataSource,
  limits: MigrationLimits,
  log: Log,
): Promise<string[]> {
  const executor = new MigrationExecutor(source);
  const namesLeft = async () => (await executor.getPendingMigrations()).map(({ name }) => name);
  const names = await namesLeft();
  for (let attempt = 1; ; attempt += 1) {
    try {
      await source.runMigrations();
      return names;
    } catch (error) {
      if (isLost(error)) throw error;
      const [migration = ''] = await namesLeft();
      const code = codeOf(error);
      if (!inTheWay.has(code)) {
        log.error({ migration, code }, 'migration failed');
        throw error;
      }
      if (attempt >= limits.migrationTries) throw new BusyTablesError(migration, limits);
      const wait = pauseAfter(attempt);
      log.warn({ migration, attempt, wait, code }, 'tables of a migration are in use');
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

/** Milliseconds, partly by chance, so that two who stand in each other's way part. */
function pauseAfter(attempt: number): number {
  const longest = Math.min(longestPauseMs, 125 * 2 ** attempt);
  return Math.round(longest * (0.5 + Math.random() / 2));
}
