import { chown } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { run } from './processes';

/**
 * Under which identity initdb and postgres run. PostgreSQL refuses to run as root, so root steps
 * down; an ordinary user runs it as itself (`uid` and `gid` undefined, `prefix` empty).
 */
export interface RunAs {
  uid?: number;
  gid?: number;
  /** Words to put before every command. */
  prefix: readonly string[];
}

/** The user `nobody`: it exists on every system, so nothing has to be added to the machine. */
const NOBODY = process.platform === 'darwin' ? -2 : 65534;

const NAMESPACE = [
  'unshare',
  '--user',
  `--map-user=${NOBODY}`,
  `--map-group=${NOBODY}`,
  '--',
] as const;

/**
 * Chooses the identity. A cluster that already belongs to an ordinary user keeps its owner also
 * when root starts it. Where root is not allowed to switch users (a container with one mapped
 * user), a user namespace makes PostgreSQL believe it is nobody.
 *
 * @throws Error when root can do neither.
 */
export async function chooseRunAs(owner?: { uid: number; gid: number }): Promise<RunAs> {
  const namespace: RunAs = { prefix: NAMESPACE };
  if (process.getuid?.() !== 0) {
    // initdb insists on a name for the user; containers often run under a bare number.
    return hasName() || !(await works(namespace)) ? { prefix: [] } : namespace;
  }
  const stepDown: RunAs =
    owner !== undefined && owner.uid !== 0
      ? { uid: owner.uid, gid: owner.gid, prefix: [] }
      : { uid: NOBODY, gid: NOBODY, prefix: [] };
  if (await works(stepDown)) return stepDown;
  if (await works(namespace)) return namespace;
  throw new Error(
    'PostgreSQL does not run as root, and here root may neither switch to the user nobody nor ' +
      'open a user namespace. Start as an ordinary user, or set DATABASE_URL to a running server.',
  );
}

async function works(as: RunAs): Promise<boolean> {
  return (await run(['true'], { as })).code === 0;
}

function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

/** Whether that identity can enter a folder through its whole path; asked of the system itself. */
export async function canEnter(as: RunAs, folder: string): Promise<boolean> {
  const result = await run(['sh', '-c', 'cd -- "$1"', 'sh', folder], { as });
  return result.code === 0;
}

/** Gives a file to the user that runs PostgreSQL. */
export async function handOver(path: string, as: RunAs): Promise<void> {
  if (as.uid !== undefined && as.gid !== undefined) await chown(path, as.uid, as.gid);
}
