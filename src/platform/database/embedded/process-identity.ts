import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './processes';

// A program whose parent was killed is told to stop and may still write for a moment: its folder is
// emptied again until nothing new appears (3 s in all).
const leftover = { recursive: true, force: true, maxRetries: 10, retryDelay: 55 };

/**
 * A name for one run of one process that no later process shares: its id, its start time and the
 * boot of the machine. A bare process id is not enough, because ids are given out again.
 *
 * @returns undefined when no such process lives (a zombie does not live).
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return identityFromPs(pid);
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => undefined);
  if (stat === undefined) return undefined;
  // The second field is the program name and may hold blanks; state and start time follow it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startedAt] = [fields[0], fields[19]];
  if (state === 'Z' || state === 'X') return undefined;
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'latin1').catch(() => 'boot');
  return `${pid}-${startedAt}-${boot.slice(0, 8)}`;
}

async function identityFromPs(pid: number): Promise<string | undefined> {
  const { code, output } = await run(['ps', '-o', 'state=,lstart=', '-p', String(pid)]);
  const line = output.trim();
  if (code !== 0 || line === '' || line.startsWith('Z')) return undefined;
  return `${pid}-${line.replace(/^\S+\s+/, '').replace(/[^0-9A-Za-z]/g, '')}`;
}

/** Whether the process that carried this identity still lives. */
export async function isAlive(identity: string): Promise<boolean> {
  return (await processIdentity(Number.parseInt(identity, 10))) === identity;
}

/** The identity of this Node process. */
export async function ownIdentity(): Promise<string> {
  const identity = await processIdentity(process.pid);
  return identity ?? `${process.pid}-unknown`;
}

/** A file name that says which process made it and that is never used twice. */
export async function ownedName(prefix: string): Promise<string> {
  return `${prefix}${await ownIdentity()}.${randomBytes(6).toString('hex')}`;
}

/**
 * Looks through the entries of a folder made by {@link ownedName} with that prefix: what belongs to
 * a dead process is removed, the names that belong to living ones are given back.
 */
export async function sweepOwnedNames(folder: string, prefix: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(prefix));
  const living: string[] = [];
  for (const name of names) {
    const identity = name.slice(prefix.length, name.lastIndexOf('.'));
    if (await isAlive(identity)) living.push(name);
    else await rm(join(folder, name), leftover).catch(() => undefined);
  }
  return living;
}
