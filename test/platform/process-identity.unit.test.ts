import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sweepOwnedNames } from '../../src/platform/database/embedded/process-identity';

const nameOfTheDead = 'new-1-1-0badb007.c0ffee';

// What a program does that was told to stop and is not through yet: it goes on making files for a while.
const writer = `
  const { writeFileSync } = require('node:fs');
  process.stdout.write('.');
  const until = Date.now() + 400;
  for (let n = 0; Date.now() < until; n += 1) {
    try { writeFileSync('file' + n, ''); } catch { }
  }`;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atomic-rewards-sweep-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

it('the leftovers of a dead process go, though one of its children still writes into them', async () => {
  const data = join(folder, nameOfTheDead, 'data');
  await mkdir(data, { recursive: true });
  const child = spawn(process.execPath, ['-e', writer], { cwd: data, stdio: 'pipe' });
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');

  expect(await sweepOwnedNames(folder, 'new-')).toEqual([]);

  expect(await readdir(folder)).toEqual([]);
  await ended;
});
