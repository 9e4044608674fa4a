import { open, readFile, rename, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Binaries } from './binaries';
import { dataArgument, type Places } from './cluster';
import { askVersion, superuserUrl } from './earlier-server';
import { spawnGuarded, type GuardedProcess } from './guarded-spawn';
import type { Log } from './log';
import { recordOwner } from './owner-record';
import { readPostmasterFile } from './postmaster-pid';
import { sleep } from './processes';
import type { RunAs } from './run-as';
import { canLock, LOCKED } from './server-lock';

const READY_MS = 120_000;
const FAST_SHUTDOWN_MS = 60_000;
const PORT_ATTEMPTS = 5;

/** A server that this process started. */
interface StartedServer {
  url: string;
  version: string;
  stop(): Promise<void>;
}

/** Small enough for a laptop, quiet enough to keep personal data out of the log file. */
const DEFAULTS: Readonly<Record<string, string>> = {
  jit: 'off',
  shared_buffers: '128MB',
  max_connections: '60',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/**
 * Starts a server on a free port of 127.0.0.1 and waits until it takes statements.
 *
 * @throws Error with the end of PostgreSQL's own log when it does not start.
 */
export async function startServer(
  places: Places,
  binaries: Binaries,
  as: RunAs,
  options: { password: string; settings: Readonly<Record<string, string>>; log: Log },
): Promise<StartedServer> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const server = await launch(places, binaries, as, { ...options.settings }, port);
    const problem = await untilReady(places, server);
    if (problem === undefined) {
      return await handle(places, server, superuserUrl(port, options.password), options.log);
    }
    server.child.kill('SIGQUIT');
    await server.ended.catch(() => undefined);
    // Between our look and PostgreSQL's, somebody else may have taken the port.
    if (attempt < PORT_ATTEMPTS && problem.includes('Address already in use')) continue;
    throw new Error(`PostgreSQL did not start:\n${problem}`);
  }
}

async function launch(
  places: Places,
  { bin }: Binaries,
  as: RunAs,
  wished: Readonly<Record<string, string>>,
  port: number,
): Promise<GuardedProcess> {
  const settings = {
    ...DEFAULTS,
    ...wished,
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
  };
  const command = [
    join(bin, 'postgres'),
    '-D',
    await dataArgument(places.data, as),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const prefix = (await canLock(places.data, as)) ? LOCKED : [];
  await rename(places.log, `${places.log}.previous`).catch(() => undefined);
  const output = await open(places.log, 'wx', 0o600);
  try {
    return await spawnGuarded(command, { as, cwd: places.data, output: output.fd, prefix });
  } finally {
    await output.close();
  }
}

/** Undefined when the server takes connections, otherwise what it said before it gave up. */
async function untilReady(places: Places, server: GuardedProcess): Promise<string | undefined> {
  const deadline = Date.now() + READY_MS;
  let over: string | undefined;
  server.ended.then(
    (code) => (over = `exit code ${code}`),
    (error: unknown) => (over = String(error)),
  );
  for (;;) {
    const found = await readPostmasterFile(places.data);
    if (found?.ready === true && found.pid === server.child.pid) return undefined;
    if (over !== undefined || Date.now() > deadline) break;
    await sleep(10);
  }
  const said = await readFile(places.log, 'utf8').catch(() => '');
  const lines = said.trim().split('\n').slice(-20).join('\n');
  return `${lines}\n(${over ?? `not ready after ${READY_MS / 1000} seconds`})`;
}

async function handle(
  places: Places,
  { child, ended }: GuardedProcess,
  url: string,
  log: Log,
): Promise<StartedServer> {
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= shutDown(places, { child, ended });
    return stopping;
  };
  try {
    await recordOwner(places.owner, child.pid as number);
    const version = await askVersion(url);
    if (version === undefined) throw new Error('PostgreSQL started but takes no connections.');
    void ended.then((code) => {
      if (stopping === undefined) log('PostgreSQL ended unexpectedly', { code, log: places.log });
    });
    child.unref();
    return { url, version, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Fast shutdown; after a minute immediate shutdown, from which the next start recovers. */
async function shutDown(places: Places, { child, ended }: GuardedProcess): Promise<void> {
  child.ref();
  child.kill('SIGINT');
  const impatience = setTimeout(() => child.kill('SIGQUIT'), FAST_SHUTDOWN_MS);
  await ended;
  clearTimeout(impatience);
  await rm(places.owner, { force: true });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
