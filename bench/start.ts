import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const rounds = 5;
const idleMs = 3000;

/** One start with the embedded database: milliseconds to the ready line, and resident megabytes when idle. */
interface Start {
  milliseconds: number;
  megabytes: number;
}

/** How long a start takes on an empty data folder and on a used one, and what an idle server occupies. */
async function main(): Promise<void> {
  const cold: Start[] = [];
  const warm: Start[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const dataDir = mkdtempSync(join(tmpdir(), 'atomic-rewards-bench-'));
    try {
      cold.push(await startOnce(dataDir));
      warm.push(await startOnce(dataDir));
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  }
  report('cold start, empty data folder', cold, 8000);
  report('warm start, data of an earlier one', warm, 3000);
}

async function startOnce(dataDir: string): Promise<Start> {
  const began = performance.now();
  const child = spawn(process.execPath, ['dist/src/main.js'], {
    env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  try {
    await untilReady(child);
    const milliseconds = performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, idleMs));
    return { milliseconds, megabytes: residentMegabytes(child) };
  } finally {
    child.kill('SIGTERM');
    await gone;
  }
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.includes('ready at')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

/** Of the Node process alone; PostgreSQL is counted by nobody here. */
function residentMegabytes({ pid }: ChildProcess): number {
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(stdout) / 1024;
}

function report(title: string, starts: Start[], target: number): void {
  const middle = (values: number[]): number => values.sort((a, b) => a - b)[rounds >> 1] as number;
  const times = starts.map(({ milliseconds }) => milliseconds);
  const sizes = starts.map(({ megabytes }) => megabytes);
  const worst = Math.max(...times).toFixed(0);
  process.stdout.write(
    `${title.padEnd(36)} ${middle(times).toFixed(0).padStart(5)} ms (worst ${worst}, target ${target})  ` +
      `resident ${middle(sizes).toFixed(0)} MB (worst ${Math.max(...sizes).toFixed(0)}, target 250)\n`,
  );
}

void main();
