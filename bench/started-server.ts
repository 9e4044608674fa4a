import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { stopperOf } from './child';

/** A server process of ours. */
export interface StartedServer {
  url: string;
  pid: number;
  /** Ends it, and answers when it is gone. */
  stop: () => Promise<void>;
}

/**
 * Starts the server that a checkout has built (`folder`), with just this environment and with the arguments for Node of
 * BENCH_NODE_ARGS; throws when it ends before it is ready. Its log is read and forgotten.
 */
export async function startServer(
  environment: NodeJS.ProcessEnv,
  folder = '.',
): Promise<StartedServer> {
  const nodeArguments = (process.env['BENCH_NODE_ARGS'] ?? '').split(' ').filter(Boolean);
  const child = spawn(process.execPath, [...nodeArguments, join(folder, 'dist/src/main.js')], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = stopperOf(child, 'SIGTERM');
  const url = await new Promise<string>((resolve, reject) => {
    let text: string | null = '';
    // What comes after the ready line is the log, which must flow off.
    child.stdout.on('data', (chunk: Buffer) => {
      if (text === null) return;
      text += chunk.toString();
      const ready = /ready at ([^\s"]+)/.exec(text);
      if (ready === null) return;
      text = null;
      resolve(ready[1] as string);
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { url, pid: child.pid as number, stop };
}
