import { spawn } from 'node:child_process';
import type { RunAs } from './run-as';

/** How a short command ended; `code` is null when it could not be started or was killed. */
interface Finished {
  code: number | null;
  /** What it printed, on either stream, or why it could not be started. */
  output: string;
}

/**
 * The environment of every process started here. It is built from nothing so that `PG*`,
 * `LD_LIBRARY_PATH` or a locale of the surrounding shell cannot change what PostgreSQL does.
 */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

/** Runs a command to its end and gives back what it printed; never rejects. */
export async function run(
  command: readonly string[],
  options: { as?: RunAs; cwd?: string } = {},
): Promise<Finished> {
  try {
    return await runToEnd([...(options.as?.prefix ?? []), ...command], options);
  } catch (error) {
    return { code: null, output: String(error) };
  }
}

function runToEnd(
  [file = '', ...args]: string[],
  { as, cwd = '/' }: { as?: RunAs; cwd?: string },
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const env = cleanEnvironment();
    // This throws at once, instead of telling later, when the system refuses the user id.
    const child = spawn(file, args, {
      cwd,
      env,
      uid: as?.uid,
      gid: as?.gid,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** Waits that many milliseconds. */
export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
