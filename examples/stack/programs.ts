import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

const children: ChildProcess[] = [];

/** What each of our programs prints when it can be asked, with its address. */
export const ready = /is ready at (\S+)/;

/** What the service prints in development. */
export const brandKey = /brand key\s+(\S+)/;

/** A program, beside the one it is started from. */
export interface Program {
  file: string;
  words?: readonly string[];
  folder?: string;
  env?: NodeJS.ProcessEnv;
}

/** Starts a program and waits until it has printed all of these; answers what they caught. */
export function startProgram(program: Program, awaited: readonly RegExp[]): Promise<string[]> {
  const { file, words = [], folder, env } = program;
  const child = spawn(process.execPath, [file, ...words], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const caught: string[] = [];
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      process.stdout.write(`${line}\n`);
      const found = awaited[caught.length]?.exec(line)?.[1];
      if (found !== undefined && caught.push(found) === awaited.length) resolve(caught);
    });
    child.once('error', reject);
    child.once('exit', () => {
      reject(new Error(`${file} ended`));
      stopAll();
    });
  });
}

/** Runs an example until a signal comes; whatever it has started ends with it. */
export function runExample(main: () => Promise<void>): void {
  process.once('SIGINT', stopAll).once('SIGTERM', stopAll);
  main().catch((error: unknown) => {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
    stopAll();
  });
}

function stopAll(): void {
  for (const child of children) child.kill('SIGTERM');
}
