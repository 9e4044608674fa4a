import { run } from './processes';
import type { RunAs } from './run-as';

/** Exit code by which `flock` says that somebody else holds the lock. */
export const LOCK_HELD = 75;

/**
 * Takes the lock beside the data folder (the working directory) and turns into the program that
 * follows, which keeps the lock, as do all processes it starts, until the last of them has ended.
 */
export const LOCKED = ['flock', '-n', '-F', '-E', String(LOCK_HELD), '../server.lock'] as const;

/**
 * Whether a process of an earlier server still holds the lock of this data folder. It is a lock in
 * the kernel, so it also tells of servers in other containers on the same folder, whose process ids
 * mean nothing here and against which `postmaster.pid` does not protect.
 */
export async function isLockHeld(data: string, as: RunAs): Promise<boolean> {
  return (await tryLock(data, as)) === LOCK_HELD;
}

/** Whether this system has a `flock` that can be used; PostgreSQL's own protection remains. */
export async function canLock(data: string, as: RunAs): Promise<boolean> {
  return (await tryLock(data, as)) === 0;
}

async function tryLock(data: string, as: RunAs): Promise<number | null> {
  return (await run([...LOCKED, 'true'], { as, cwd: data })).code;
}
