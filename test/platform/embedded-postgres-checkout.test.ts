import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import {
  chmod,
  chown,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { launchFrom } from '../../src/platform/database/embedded/launch';
import { copyNative } from '../../src/platform/database/embedded/native-copy';
import {
  ask,
  cleanUp,
  copyPackage,
  openFolder,
  postmaster,
  quiet,
  removeLinks,
  settings,
  spawnChild,
  start,
  stopLater,
  untilGone,
  whereIs,
} from '../support/embedded-postgres';

const NOBODY = 65534;
const nobody = { uid: NOBODY, gid: NOBODY, cwd: '/' };
const isRoot = process.getuid?.() === 0;
const loadPg = `require(${JSON.stringify(require.resolve('pg'))})`;
const isOpen = isRoot && spawnSync(process.execPath, ['-e', loadPg], nobody).status === 0;
const canNest = isRoot && spawnSync(whereIs('unshare'), ['-r', 'true']).status === 0;
const describeAsRoot = isRoot ? describe : describe.skip;
const describeAsRootInOpenCheckout = isOpen ? describe : describe.skip;
const describeWithNamespaces = canNest ? describe : describe.skip;

let folder: string;

jest.setTimeout(30_000);

beforeEach(async () => {
  folder = await openFolder();
});

afterEach(() => cleanUp(folder));

describe('a checkout without install scripts', () => {
  it('gets the library links that they would have made', async () => {
    const native = await copyPackage(folder);
    const links = await removeLinks(native);
    const dataDir = join(folder, 'data');
    stopLater(await launchFrom(native, { dataDir, log: quiet, settings }));
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(existsSync(join(native, 'lib', link))).toBe(true);
  });
});

describeAsRoot('a checkout below a closed folder', () => {
  it('serves from a copy of the binaries and keeps the data in place', async () => {
    const closed = join(folder, 'home');
    await mkdir(closed, { mode: 0o700 });
    const native = await copyPackage(closed);
    const dataDir = join(closed, 'checkout/data');
    const environment = { PATH: process.env.PATH, TMPDIR: folder };
    for (const answer of [1, 2]) {
      const child = spawnChild({ native, dataDir, settings }, { env: environment });
      const { url } = await child.answer;
      await ask(url, 'create table if not exists kept (answer int)');
      await ask(url, `insert into kept values (${String(answer)})`);
      await ask(url, `create database d${String(answer)} template template0`);
      expect(await ask(url, 'select count(*)::int as rows from kept')).toEqual([{ rows: answer }]);
      child.process.stdin?.write('stop\n');
      await once(child.process, 'exit');
    }
    expect((await stat(join(dataDir, 'postgres/data'))).uid).toBe(NOBODY);
    expect(existsSync(join(dataDir, 'postgres/data/PG_VERSION'))).toBe(true);
    expect((await stat(closed)).mode & 0o777).toBe(0o700);
    const copies = (await readdir(folder)).filter((name) => name.startsWith('atomic-rewards'));
    expect(copies).toHaveLength(1);
    expect((await stat(join(folder, copies[0]!))).mode & 0o777).toBe(0o755);
  });
});

describeAsRootInOpenCheckout('a checkout of somebody else', () => {
  it('serves an ordinary user, who cannot add the links, from a copy', async () => {
    const native = await copyPackage(folder);
    await removeLinks(native);
    const mine = join(folder, 'mine');
    await mkdir(mine);
    await chown(mine, NOBODY, NOBODY);
    const dataDir = join(mine, 'data');
    const child = spawnChild(
      { native, dataDir, settings },
      { uid: NOBODY, gid: NOBODY, env: { PATH: process.env.PATH, TMPDIR: mine } },
    );
    const { url } = await child.answer;
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect((await stat(join(dataDir, 'postgres'))).mode & 0o777).toBe(0o700);
    expect((await stat(join(dataDir, 'postgres/password'))).uid).toBe(NOBODY);
    child.process.stdin?.write('stop\n');
    await once(child.process, 'exit');

    const asRoot = await start(dataDir);
    expect(await ask(asRoot.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect((await stat(join(dataDir, 'postgres/data'))).uid).toBe(NOBODY);
  });
});

describeWithNamespaces('a container in which root may not switch users', () => {
  it('serves from a user namespace', async () => {
    const dataDir = join(folder, 'data');
    const child = spawnChild({ dataDir, settings }, { wrapper: ['unshare', '-r'] });
    const { url } = await child.answer;
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    const { pid } = await postmaster(dataDir);
    child.process.kill('SIGKILL');
    await untilGone(pid);
  });
});

describeAsRoot('the copy of the binaries', () => {
  it('is never taken from a folder that somebody else can write to', async () => {
    const native = join(folder, 'package/native');
    await mkdir(native, { recursive: true });
    await writeFile(join(native, '../package.json'), '{"version":"0.0.1"}');
    await writeFile(join(native, 'file'), 'ours');
    const target = await copyNative(native, folder, quiet);
    expect(await readFile(join(target, 'file'), 'utf8')).toBe('ours');
    await rm(join(target, 'file'));
    expect(await copyNative(native, folder, quiet)).toBe(target);
    expect(await readFile(join(target, 'file'), 'utf8')).toBe('ours');

    await chmod(target, 0o777);
    await expect(copyNative(native, folder, quiet)).rejects.toThrow(/not ours/);
    await chmod(target, 0o755);
    await chown(target, NOBODY, NOBODY);
    await expect(copyNative(native, folder, quiet)).rejects.toThrow(/not ours/);
    await rm(target, { recursive: true });
    await symlink(native, target);
    await expect(copyNative(native, folder, quiet)).rejects.toThrow(/not ours/);
  });
});
