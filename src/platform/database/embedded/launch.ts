import { access, constants, mkdir, readFile, realpath, stat } from 'node:fs/promises';
import { prepareBinaries } from './binaries';
import { clusterOwner, ensureCluster, placesIn } from './cluster';
import { settleEarlierServer } from './earlier-server';
import type { Log } from './log';
import { chooseRunAs } from './run-as';
import { startServer } from './server';
import { withStartLock } from './start-lock';

/** A PostgreSQL that serves a data folder. */
export interface EmbeddedPostgres {
  /** The superuser's address on 127.0.0.1. */
  url: string;
  /** Such as `18.4`. */
  version: string;
  /**
   * Fast shutdown, resolved when the server is gone; further calls do nothing more. Whoever started
   * a server stops it: for a server found running, which another process started, it does nothing.
   */
  stop(): Promise<void>;
}

/** What the launcher needs to know. */
export interface EmbeddedPostgresOptions {
  /** Everything is kept in the folder `postgres` below this one, which is created when missing. */
  dataDir: string;
  log: Log;
  /** PostgreSQL settings that replace the launcher's own, such as `{ fsync: 'off' }` in tests. */
  settings?: Record<string, string>;
}

/** Starts (or finds running) the server of a data folder with the binaries of that native folder. */
export async function launchFrom(
  native: string,
  { dataDir, log, settings = {} }: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const began = Date.now();
  await mkdir(dataDir, { recursive: true });
  const root = await realpath(dataDir);
  const places = placesIn(root);
  await assertAccess(root);
  if ((await stat(places.home).catch(() => undefined)) !== undefined) {
    await assertAccess(places.home);
  }
  return withStartLock(root, async () => {
    const as = await chooseRunAs(await clusterOwner(places));
    const binaries = await prepareBinaries(native, as, log);
    await ensureCluster(places, binaries, as, { log, sync: settings.fsync !== 'off' });
    const password = await readPassword(places.password);
    const found = await settleEarlierServer(places, as, password, log);
    if (found !== undefined) {
      log('PostgreSQL of another process is used', { version: found.version, dataDir: root });
      return { ...found, stop: () => Promise.resolve() };
    }
    const started = await startServer(places, binaries, as, { password, settings, log });
    const milliseconds = Date.now() - began;
    log('PostgreSQL started', { version: started.version, dataDir: root, milliseconds });
    return started;
  });
}

async function readPassword(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (cause) {
    const message =
      `The password of the embedded PostgreSQL cannot be read from ${path}. Bring the file back, ` +
      'or start with another DATA_DIR.';
    throw new Error(message, { cause });
  }
}

async function assertAccess(folder: string): Promise<void> {
  try {
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    const owner = (await stat(folder)).uid;
    throw new Error(
      `${folder} belongs to the user with id ${owner} and cannot be used by this one. Start as ` +
        'that user, give the folder away with chown, or choose another DATA_DIR.',
      { cause },
    );
  }
}
