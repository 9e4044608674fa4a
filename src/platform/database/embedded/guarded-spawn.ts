import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import type { Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';
import { cleanEnvironment, run } from './processes';
import type { RunAs } from './run-as';

/** A process that does not outlive this one. */
export interface GuardedProcess {
  child: ChildProcess;
  /** Resolves with the exit code (null after a signal); rejects when it could not be started. */
  ended: Promise<number | null>;
}

/**
 * Waits on the pipe from Node: a line means that all is well, the end of the pipe means that Node
 * is gone. It forks twice so that PostgreSQL, which takes over this shell's process id, never meets
 * a child that it did not start.
 */
const WATCHDOG =
  'exec 3<&0; ( { exec >/dev/null 2>&1; read -r line <&3 || kill -INT $$; } & ); ' +
  'exec 3<&- </dev/null; exec "$@"';

/**
 * Starts a program of PostgreSQL so that it receives SIGINT (a fast shutdown) when this process
 * ends in whatever way, `kill -9` included.
 *
 * On Linux the kernel does it (`setpriv --pdeathsig`). It watches the thread that called `spawn`,
 * so that is used in the main thread only, which lives as long as the process; elsewhere a shell
 * that holds a pipe to us does it. The program gets a session of its own: Ctrl-C in a terminal must
 * reach Node alone, which first finishes its work and then stops the database.
 */
export async function spawnGuarded(
  command: readonly string[],
  options: { as: RunAs; cwd: string; output: number; prefix?: readonly string[] },
): Promise<GuardedProcess> {
  const kernel = isMainThread && (await hasParentDeathSignal());
  const guard = kernel ? ['setpriv', '--pdeathsig', 'INT', '--'] : ['sh', '-c', WATCHDOG, 'sh'];
  const { as, cwd, output, prefix = [] } = options;
  const [file = '', ...args] = [...as.prefix, ...prefix, ...guard, ...command];
  const stdio: StdioOptions = [kernel ? 'ignore' : 'pipe', output, output];
  const child = spawn(file, args, {
    cwd,
    env: cleanEnvironment(),
    uid: as.uid,
    gid: as.gid,
    stdio,
    detached: true,
  });
  const pipe = child.stdin as Socket | null;
  pipe?.on('error', () => undefined);
  pipe?.unref();
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      pipe?.end('\n');
      resolve(code);
    });
  });
  ended.catch(() => undefined);
  return { child, ended };
}

async function hasParentDeathSignal(): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  return (await run(['setpriv', '--pdeathsig', 'INT', '--', 'true'])).code === 0;
}
