import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { productionEnv } from '../support/toy-service';

const program = join(__dirname, '../support/toy-process.js');

interface Started {
  child: ChildProcess;
  output: () => string;
  errors: () => string;
  exit: Promise<number | null>;
  /** Resolves when a request has reached the field that waits. */
  held: Promise<string>;
  /** Resolves when the first signal has been heard. */
  draining: Promise<string>;
  /** The address of the ready line. */
  url: Promise<string>;
}

const children: ChildProcess[] = [];

function startProcess(
  env: NodeJS.ProcessEnv,
  cwd = mkdtempSync(join(tmpdir(), 'rewards-')),
): Started {
  const child = spawn(process.execPath, [program], {
    cwd,
    env: { PATH: process.env['PATH'], PORT: '0', ...env },
  });
  children.push(child);
  let output = '';
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const printed = async (pattern: RegExp): Promise<string> => {
    let found = pattern.exec(output);
    for (; found === null; found = pattern.exec(output)) await once(child.stdout, 'data');
    return found[1] as string;
  };
  const url = printed(/ready at (http:\/\/[^/]+)\/graphql/);
  const held = printed(/"msg":"(held)"/);
  const draining = printed(/"msg":"(draining)"/);
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, output: () => output, errors: () => errors, exit, url, held, draining };
}

function askHeld(url: string): Promise<Response> {
  return fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer brand' },
    body: JSON.stringify({ query: '{ held }' }),
  });
}

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

describe('the process', () => {
  it('prints one ready line with the demo keys in development and exits with 0 on SIGTERM', async () => {
    const started = startProcess({ LOG_LEVEL: 'silent' });
    const url = await started.url;
    expect(started.output()).toBe(
      [
        `Atomic Rewards is ready at ${url}/graphql`,
        '  platform key   the-platform-key',
        '  brand key      the-brand-key   (brand the-brand)',
        '  router secret  the-router-secret   (header x-router-secret on /subgraph)',
        '',
      ].join('\n'),
    );
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    started.child.kill('SIGTERM');
    expect(await started.exit).toBe(0);
    expect(started.errors()).toBe('');
  });

  it('prints nothing but JSON in production, and no key', async () => {
    const started = startProcess({ ...productionEnv, LOG_LEVEL: 'info' });
    const url = await started.url;
    started.child.kill('SIGINT');
    expect(await started.exit).toBe(0);
    const lines = started
      .output()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(lines[0]).toMatchObject({ msg: `Atomic Rewards is ready at ${url}/graphql` });
    expect(started.output()).not.toMatch(/the-|for-tests/);
  });

  it('lets a request in flight finish after SIGTERM', async () => {
    const started = startProcess({ HELD_MS: '2000' });
    const answer = askHeld(await started.url);
    await started.held;
    started.child.kill('SIGTERM');
    expect(await (await answer).json()).toEqual({ data: { held: 'done' } });
    expect(await started.exit).toBe(0);
  });

  it('exits with 1 at once on a second signal', async () => {
    const started = startProcess({ HELD_MS: '600000' });
    const answer = askHeld(await started.url).catch(() => 'reset');
    await started.held;
    started.child.kill('SIGTERM');
    await started.draining;
    started.child.kill('SIGINT');
    expect(await started.exit).toBe(1);
    expect(await answer).toBe('reset');
  });

  it('says in a line each what is wrong with its configuration and exits with 1', async () => {
    const started = startProcess({
      NODE_ENV: 'production',
      DATABASE_URL: 'postgres://127.0.0.1/x',
    });
    expect(await started.exit).toBe(1);
    expect(started.output()).toBe('');
    expect(started.errors()).toBe(
      ['PLATFORM_KEY', 'ROUTER_SECRET', 'TOKEN_SECRET']
        .map((name) => `Atomic Rewards cannot start: ${name}: required in production\n`)
        .join(''),
    );
  });

  it('says so when its port is taken', async () => {
    const first = startProcess({ LOG_LEVEL: 'silent' });
    const port = new URL(await first.url).port;
    const second = startProcess({ PORT: port });
    expect(await second.exit).toBe(1);
    expect(second.errors()).toMatch(/^Atomic Rewards cannot start: .*EADDRINUSE.*\n$/);
    first.child.kill('SIGTERM');
    expect(await first.exit).toBe(0);
  });

  it('reads .env of the folder it is started in', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rewards-env-'));
    writeFileSync(join(folder, '.env'), 'LIMIT_TOKENS=lots\n');
    const started = startProcess({}, folder);
    expect(await started.exit).toBe(1);
    expect(started.errors()).toBe(
      'Atomic Rewards cannot start: LIMIT_TOKENS: must be a whole number\n',
    );
  });
});
