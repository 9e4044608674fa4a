import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';

/** A server of its own on an empty embedded database. */
export interface BenchServer {
  url: string;
  platformKey: string;
  brandKey: string;
  stop(): Promise<void>;
}

/** Starts the built service and waits for its ready line. */
export async function startServer(): Promise<BenchServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'atomic-rewards-bench-'));
  const child = spawn(
    process.execPath,
    [...(process.env['BENCH_NODE_ARGS'] ?? '').split(' ').filter(Boolean), 'dist/src/main.js'],
    {
      env: { ...process.env, PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const text = await readyText(child);
  const pick = (pattern: RegExp): string => pattern.exec(text)?.[1] ?? '';
  return {
    url: pick(/ready at (\S+)/),
    platformKey: pick(/platform key\s+(\S+)/),
    brandKey: pick(/brand key\s+(\S+)/),
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function readyText(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('router secret')) resolve(text);
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

/** Sends one operation and answers its data. */
export async function ask(
  { url, key }: { url: string; key: string },
  query: string,
  variables: object = {},
): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as {
    data: Record<string, unknown>;
    errors?: unknown;
  };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

/** One series: requests a second and latency in milliseconds. */
export interface Series {
  perSecond: number;
  p50: number;
  p99: number;
  refused: number;
}

/** Loads the server over loopback for a bounded time; `body` makes each request's JSON. */
export async function load(
  { url, key }: { url: string; key: string },
  connections: number,
  seconds: number,
  body: () => string,
): Promise<Series> {
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    requests: [{ setupRequest: (request) => ({ ...request, body: body() }) }],
  });
  return {
    perSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    refused: result.non2xx + result.errors,
  };
}

/** Prints series beside each other, each as a ratio of the first. */
export function report(title: string, series: Record<string, Series>): void {
  const [first] = Object.values(series);
  process.stdout.write(`${title}\n`);
  for (const [name, { perSecond, p50, p99, refused }] of Object.entries(series)) {
    const ratio = (perSecond / (first as Series).perSecond).toFixed(2);
    process.stdout.write(
      `  ${name.padEnd(34)} ${perSecond.toFixed(0).padStart(7)}/s  ratio ${ratio}  ` +
        `p50 ${p50} ms  p99 ${p99} ms  refused ${refused}\n`,
    );
  }
}
