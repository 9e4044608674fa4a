import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from './log';
import { copyNative } from './native-copy';
import { completeLinks } from './native-folder';
import { run } from './processes';
import { canEnter, type RunAs } from './run-as';

/** Binaries that were seen to run under the chosen identity. */
export interface Binaries {
  /** The folder with `initdb` and `postgres`. */
  bin: string;
  /** Such as `18.4`. */
  version: string;
}

/** Loads every library, and reads what initdb and the first `CREATE EXTENSION` will read. */
const PROBE =
  'test -x "$1/bin/initdb" && test -r "$1/share/postgresql/postgres.bki" && ' +
  'test -r "$1/lib/postgresql/plpgsql.so" && exec "$1/bin/postgres" --version';

/**
 * Finds a place from where the identity can run the binaries: the package itself, or, when it lies
 * under a closed home, is unreadable or lacks links that cannot be added, a copy in a temporary
 * folder that is made once per version.
 *
 * @throws Error that lists what was tried and why it failed.
 */
export async function prepareBinaries(native: string, as: RunAs, log: Log): Promise<Binaries> {
  const problems: string[] = [];
  if (await completeLinks(native)) {
    const found = await probe(native, as);
    if (typeof found !== 'string') return found;
    problems.push(`${native}: ${found}`);
  } else {
    problems.push(`${native}: its library links are missing and cannot be added`);
  }
  for (const parent of new Set([tmpdir(), '/tmp', '/var/tmp'])) {
    if (!(await canEnter(as, parent))) {
      problems.push(`${parent}: the user that runs PostgreSQL cannot enter it`);
      continue;
    }
    try {
      const copy = await copyNative(native, parent, log);
      const found = await probe(copy, as);
      if (typeof found !== 'string') return found;
      problems.push(`${copy}: ${found}`);
    } catch (error) {
      problems.push(`${parent}: ${(error as Error).message}`);
    }
  }
  throw new Error(
    `The PostgreSQL binaries do not run here. Set DATABASE_URL to a running PostgreSQL 15 or ` +
      `newer, or mend one of these (on Linux they need glibc):\n${problems.join('\n')}`,
  );
}

/** The binaries, or one line about why they do not run. */
async function probe(native: string, as: RunAs): Promise<Binaries | string> {
  const { output } = await run(['sh', '-c', PROBE, 'sh', native], { as });
  const version = /^postgres \(PostgreSQL\) (\S+)/m.exec(output)?.[1];
  if (version !== undefined) return { bin: join(native, 'bin'), version };
  return output.trim() || 'not readable or not executable for the user that runs PostgreSQL';
}
