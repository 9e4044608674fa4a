import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/database/embedded';
import { locateNativeFolder } from '../../src/platform/database/embedded/native-folder';
import { readPostmasterFile } from '../../src/platform/database/embedded/postmaster-pid';
import { processIdentity } from '../../src/platform/database/embedded/process-identity';

const CHILD = join(__dirname, 'embedded-postgres-child.js');

/** Settings that make a start quick; nothing here looks at what survives a power cut. */
export const settings = { fsync: 'off', shared_buffers: '16MB' };

let running: { stop(): Promise<void> }[] = [];
let children: ChildProcess[] = [];

/** An empty folder that every user can enter. */
export async function openFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'embedded-postgres-test-'));
  await chmod(folder, 0o755);
  return folder;
}

/** Stops every server and process of the test and removes its folder. */
export async function cleanUp(folder: string): Promise<void> {
  for (const server of running) await server.stop();
  for (const child of children) child.kill('SIGKILL');
  running = [];
  children = [];
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** Has a server stopped after the test. */
export function stopLater<T extends { stop(): Promise<void> }>(server: T): T {
  running.push(server);
  return server;
}

/** Has a process killed after the test. */
export function killLater<T extends ChildProcess>(child: T): T {
  children.push(child);
  return child;
}

/** Starts a server in this process. */
export async function start(dataDir: string): Promise<EmbeddedPostgres> {
  return stopLater(await startEmbeddedPostgres({ dataDir, log: quiet, settings }));
}

/** A log that nobody reads: these tests look at what happens, not at what is told about it. */
export function quiet(): void {
  return undefined;
}

/** The rows of one statement. */
export async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The process that serves a data folder. */
export async function postmaster(dataDir: string): Promise<{ pid: number }> {
  const found = await readPostmasterFile(join(dataDir, 'postgres/data'));
  if (found === undefined) throw new Error('no postmaster.pid');
  return found;
}

/** What the child process tells when its server is ready. */
export interface Answer {
  url: string;
  messages: string[];
}

/** Starts a server in a process of its own, which a test can kill. */
export function spawnChild(
  input: object,
  { wrapper = [], ...options }: SpawnOptions & { wrapper?: string[] } = {},
): { process: ChildProcess; answer: Promise<Answer> } {
  const words = [...wrapper, process.execPath, CHILD, JSON.stringify(input)];
  const child = spawn(words[0]!, words.slice(1), {
    env: process.env,
    ...options,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  killLater(child);
  const answer = (async () => {
    const lines = createInterface({ input: child.stdout });
    const [line] = (await once(lines, 'line')) as [string];
    const parsed = JSON.parse(line) as Answer & { error?: string };
    if (parsed.error !== undefined) throw new Error(parsed.error);
    return parsed;
  })();
  answer.catch(quiet);
  return { process: child, answer };
}

/** Waits until a process is gone. */
export async function untilGone(pid: number): Promise<void> {
  await eventually(async () => (await processIdentity(pid)) === undefined);
}

/** Looks again and again until there is something to see. */
export async function eventually<T>(look: () => Promise<T | false>): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const seen = await look();
    if (seen !== false) return seen;
    if (Date.now() > deadline) throw new Error('it did not come to pass within 60 seconds');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The path of a program. */
export function whereIs(tool: string): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((each) => join(each, tool)).find((path) => existsSync(path)) ?? tool;
}

/** The installed package, copied below that folder; returns its native folder. */
export async function copyPackage(parent: string): Promise<string> {
  const native = locateNativeFolder();
  const target = join(parent, 'package/native');
  await cp(native, target, { recursive: true, verbatimSymlinks: true });
  await cp(join(native, '../package.json'), join(target, '../package.json'));
  return target;
}

/** Removes the library links, as if install scripts were off; returns their names. */
export async function removeLinks(native: string): Promise<string[]> {
  const removed: string[] = [];
  for (const name of await readdir(join(native, 'lib'))) {
    const path = join(native, 'lib', name);
    if ((await readlink(path).catch(() => undefined)) === undefined) continue;
    await rm(path);
    removed.push(name);
  }
  return removed;
}
