import { Client, DatabaseError } from 'pg';
import type { Places } from './cluster';
import type { Log } from './log';
import { ownerLives } from './owner-record';
import { disarmPostmasterFile, isServerOf, readPostmasterFile } from './postmaster-pid';
import { sleep } from './processes';
import type { RunAs } from './run-as';
import { isLockHeld } from './server-lock';

const FAST_SHUTDOWN_MS = 60_000;
const READY_MS = 120_000;
const INVISIBLE_HOLDER_MS = 15_000;

/** A running server that somebody else started. */
interface FoundServer {
  url: string;
  version: string;
}

/** The address of the superuser; TLS is off because the server listens on loopback only. */
export function superuserUrl(port: number, password: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres?sslmode=disable`;
}

/**
 * Deals with what an earlier start left in the data folder. A server whose starter lives is used
 * together with it. A server whose starter is dead is shut down, since nobody would ever stop it. A
 * `postmaster.pid` without server is made harmless.
 *
 * @returns the server to use, or undefined when the way is free for a new one.
 * @throws Error when a living server does not accept the stored password or never gets ready.
 */
export async function settleEarlierServer(
  places: Places,
  as: RunAs,
  password: string,
  log: Log,
): Promise<FoundServer | undefined> {
  const began = Date.now();
  for (;;) {
    const found = await readPostmasterFile(places.data);
    const visible = found !== undefined && (await isServerOf(found.pid, places.data));
    if (!visible && !(await isLockHeld(places.data, as))) {
      if (found !== undefined) {
        log('PostgreSQL was not shut down in an orderly way; it will recover', { pid: found.pid });
        await disarmPostmasterFile(places.data, as);
      }
      return undefined;
    }
    if (visible && !(await ownerLives(places.owner, found.pid))) {
      log('Stopping a PostgreSQL whose starter is gone', { pid: found.pid });
      await shutDown(found.pid, places.data);
    } else if (visible && found.ready) {
      const url = superuserUrl(found.port, password);
      const version = await askVersion(url);
      if (version !== undefined) return { url, version };
    }
    if (Date.now() - began > (visible ? READY_MS : INVISIBLE_HOLDER_MS)) throw held(places);
    await sleep(40);
  }
}

function held({ data }: Places): Error {
  return new Error(
    `Another PostgreSQL holds ${data} but cannot be used from here: it may run in another ` +
      'container. Stop it, give every instance its own DATA_DIR, or share one server through ' +
      'DATABASE_URL.',
  );
}

/** The version of a server, which also proves the password; undefined while it starts or stops. */
export async function askVersion(url: string): Promise<string | undefined> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    return rows[0]?.server_version;
  } catch (error) {
    if (!(error instanceof DatabaseError) || !error.code?.startsWith('28')) return undefined;
    throw new Error(
      'The PostgreSQL in DATA_DIR does not accept the password kept in postgres/password there. ' +
        'Bring back the file that belongs to this data, or start with another DATA_DIR.',
      { cause: error },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Fast shutdown of a server that is not our child; after a minute, immediate shutdown. */
async function shutDown(pid: number, data: string): Promise<void> {
  const began = Date.now();
  let sent: NodeJS.Signals | undefined;
  while (await isServerOf(pid, data)) {
    const wanted = Date.now() - began < FAST_SHUTDOWN_MS ? 'SIGINT' : 'SIGQUIT';
    if (sent !== wanted) signal(pid, wanted);
    sent = wanted;
    await sleep(25);
  }
}

/** Sends a signal; that the process is gone already is what was wanted. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
