import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterwards } from './afterwards';
import type { Data } from './test-service';

/** How a process ended. */
export interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** What came back over HTTP, read to its end. */
export interface HttpAnswer {
  status: number;
  retryAfter: string | null;
  text: string;
  data: Data;
  /** Codes of the errors. */
  codes: string[];
  errors: { message: string; extensions: Data }[];
}

export interface SpawnOptions {
  /** The program instead of the built service; a path from the repository, or an absolute one. */
  program?: string;
  /** Where it runs; otherwise a folder of its own, so that nobody's .env is read. */
  cwd?: string;
}

const root = join(__dirname, '../..');

/** The kernel ends what a killed test run leaves behind, where it can. */
const guard =
  spawnSync('setpriv', ['--pdeathsig', 'KILL', '--', 'true']).status === 0
    ? ['setpriv', '--pdeathsig', 'KILL', '--']
    : [];

/** The built service in a process of its own, as `npm start` runs it, on a port it chose itself. */
export class SpawnedService {
  readonly ended: Promise<End>;
  readonly child: ChildProcess;
  private printed = '';
  private complained = '';
  private address: string | undefined;

  constructor(env: NodeJS.ProcessEnv, { program = 'dist/src/main.js', cwd }: SpawnOptions = {}) {
    const own = mkdtempSync(join(tmpdir(), 'rewards-faults-'));
    const words = [...guard, process.execPath, resolve(root, program)];
    this.child = spawn(words[0] as string, words.slice(1), {
      cwd: cwd ?? own,
      env: { PATH: process.env['PATH'], PORT: '0', LOG_LEVEL: 'warn', ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.printed += chunk.toString()));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.complained += chunk.toString()));
    this.ended = once(this.child, 'close').then(([code, signal]) => ({ code, signal }));
    afterwards(async () => {
      await this.kill('SIGKILL');
      rmSync(own, { recursive: true, force: true });
    });
  }

  /** Standard output so far. */
  get output(): string {
    return this.printed;
  }

  /** What it has logged of faults of its own, which clients are told as INTERNAL. */
  get faults(): string[] {
    return this.printed.split('\n').filter((line) => line.includes('"request failed"'));
  }

  /** Standard error so far. */
  get errors(): string {
    return this.complained;
  }

  get pid(): number {
    return this.child.pid as number;
  }

  /** The address from the ready line; throws what the process said when it ends without one. */
  async ready(): Promise<string> {
    for (;;) {
      const { exitCode, signalCode } = this.child;
      this.address ??= /ready at (http:\/\/[^/]+)\/graphql/.exec(this.printed)?.[1];
      if (this.address !== undefined) return this.address;
      if (exitCode !== null || signalCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await this.ended;
    throw new Error(this.complained || this.printed);
  }

  /** Sends a signal and waits for the end. */
  async kill(signal: NodeJS.Signals): Promise<End> {
    this.child.kill(signal);
    return this.ended;
  }

  /** Runs an operation; rejects when the connection breaks. */
  async ask(document: string, variables: Data = {}, bearer?: string): Promise<HttpAnswer> {
    return askAt(await this.ready(), document, variables, bearer);
  }

  /** Status of a path that takes no key. */
  async status(path: string): Promise<number> {
    const response = await fetch(`${await this.ready()}${path}`);
    await response.text();
    return response.status;
  }
}

/** Runs an operation at a server's address; rejects when the connection breaks. */
export async function askAt(
  url: string,
  query: string,
  variables: Data = {},
  bearer?: string,
): Promise<HttpAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const body = JSON.parse(text) as { data?: Data | null; errors?: HttpAnswer['errors'] };
  const errors = body.errors ?? [];
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    text,
    data: body.data ?? {},
    codes: errors.map(({ extensions }) => extensions['code'] as string),
    errors,
  };
}

/** Looks again and again until there is something to see. */
export async function eventually(look: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error('it did not come to pass within 60 seconds');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Holds an answer to what a fault of the database must look like to a client. */
export function expectUnavailable(answer: HttpAnswer): void {
  const { status, retryAfter, codes, errors, text } = answer;
  expect({ status, retryAfter, codes: [...new Set(codes)] }).toEqual({
    status: 503,
    retryAfter: '1',
    codes: ['UNAVAILABLE'],
  });
  expect(errors[0]?.extensions).toMatchObject({ retryable: true });
  expect(text).not.toMatch(/stack|node_modules|ECONN|127\.0\.0\.1|postgres|SELECT|INSERT/i);
}
