import { spawn, type ChildProcess } from 'node:child_process';

/** Server processes of ours on one database. */
export interface Servers {
  urls: string[];
  pids: number[];
  stop(): Promise<void>;
}

export const platformKey = 'bench-platform-key-0123456789';

const plenty = '1000000000000';
// As it ships, but for the buckets, since the bench asks more than one brand may, and for what is turned away
// on a machine that others keep busy: a refusal is fast, and would be measured as an answer.
const environment = {
  NODE_ENV: 'production',
  PORT: '0',
  PLATFORM_KEY: platformKey,
  ROUTER_SECRET: 'bench-router-secret-0123456789',
  TOKEN_SECRET: 'bench-token-secret-0123456789',
  LIMIT_LOOP_DELAY_MS: '10000',
  LIMIT_READ_WAIT_MS: '10000',
  LIMIT_LANE_WAIT_MS: '10000',
  LIMIT_BRAND_BUCKET: plenty,
  LIMIT_BRAND_BUCKET_PER_SECOND: plenty,
  LIMIT_PLATFORM_BUCKET: plenty,
  LIMIT_PLATFORM_BUCKET_PER_SECOND: plenty,
};

/** What the service of the bench is configured with, in a server or in this process. */
export function environmentOf(database: string): NodeJS.ProcessEnv {
  return { ...process.env, ...environment, DATABASE_URL: database };
}

/** Starts so many servers on a database. */
export async function startServers(database: string, count: number): Promise<Servers> {
  const children: ChildProcess[] = [];
  const urls: string[] = [];
  const stop = async (): Promise<void> => {
    for (const child of children) await ended(child);
  };
  try {
    for (let n = 0; n < count; n += 1) {
      const nodeArguments = (process.env['BENCH_NODE_ARGS'] ?? '').split(' ').filter(Boolean);
      const child = spawn(process.execPath, [...nodeArguments, 'dist/src/main.js'], {
        env: environmentOf(database),
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      children.push(child);
      urls.push(await urlOf(child));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { urls, pids: children.map(({ pid }) => pid as number), stop };
}

function urlOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text: string | null = '';
    // What comes after the ready line is the log, which must flow off.
    child.stdout?.on('data', (chunk: Buffer) => {
      if (text === null) return;
      text += chunk.toString();
      const ready = /ready at ([^\s"]+)/.exec(text);
      if (ready === null) return;
      text = null;
      resolve(ready[1] as string);
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}
