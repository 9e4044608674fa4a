import { mkdtemp, rm, writeFile, chown } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run as runProgram } from '../../src/platform/database/embedded/processes';
import { chooseRunAs } from '../../src/platform/database/embedded/run-as';
import { afterwards, cleanUp } from '../support/afterwards';
import { assertBooks } from '../support/invariants';
import { PrivatePostgres } from '../support/private-postgres';
import { eventually, expectUnavailable, SpawnedService } from '../support/spawned-service';
import { newKey } from '../support/test-service';
import { fundBrand, visitNow, type FundedBrand } from './brands';

const customers = '{ customers(first: 5) { nodes { externalId wallet { balance } } } }';

let cluster: PrivatePostgres;
let server: SpawnedService;
let brand: FundedBrand;

beforeAll(async () => {
  cluster = await PrivatePostgres.start();
  server = new SpawnedService({ DATABASE_URL: cluster.url() });
  brand = await fundBrand(server);
});

afterAll(cleanUp);

const countEvents = async () => {
  const [row] = await cluster.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM attention_events',
  );
  return row!.n;
};

/** Writes are refused and leave nothing, reads go on; afterwards the same key is done, once. */
async function expectToSitItOut(refuse: () => Promise<void>, relent: () => Promise<void>) {
  const before = await visitNow(server, brand, newKey());
  expect(before.codes).toEqual([]);
  await refuse();
  let key = newKey();
  let answer = await visitNow(server, brand, key);
  // A page that is there already has room for some more.
  for (let left = 500; left > 0 && answer.codes.length === 0; left -= 1) {
    key = newKey();
    answer = await visitNow(server, brand, key);
  }
  const stored = await countEvents();
  expectUnavailable(answer);
  expectUnavailable(await visitNow(server, brand, key));
  const read = await server.ask(customers, {}, brand.apiKey);
  expect(read.data['customers'].nodes).toHaveLength(5);
  expect(await server.status('/health/live')).toBe(200);
  expect(await countEvents()).toBe(stored);
  await relent();
  await eventually(async () => (await visitNow(server, brand, key)).codes.length === 0);
  expect((await visitNow(server, brand, key)).data['recordAttention'].replayed).toBe(true);
  expect(await countEvents()).toBe(stored + 1);
  await assertBooks(cluster);
}

/** A disk of a megabyte for the events, where this process may mount one. */
async function mountDisk(): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'rewards-disk-'));
  const mounted = await runProgram([
    'mount',
    '-t',
    'tmpfs',
    '-o',
    'size=1m',
    'tmpfs',
    folder,
  ]).catch(() => ({ code: 1 }));
  afterwards(async () => {
    if (mounted.code === 0) await runProgram(['umount', '-l', folder]);
    await rm(folder, { recursive: true, force: true });
  });
  if (mounted.code !== 0) return null;
  const { uid, gid } = await chooseRunAs();
  if (uid !== undefined && gid !== undefined) await chown(folder, uid, gid);
  return folder;
}

describe('a server whose database can be read and not written', () => {
  it('refuses writes and answers reads while the disk is full, and goes on when there is room (F12)', async () => {
    const disk = await mountDisk();
    if (disk === null) {
      // Without the right to mount, the database is told to say what it says when its disk is full.
      await cluster.query(`CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$`);
      const refuse = `CREATE TRIGGER full BEFORE INSERT ON attention_events EXECUTE FUNCTION full_disk()`;
      const relent = 'DROP TRIGGER full ON attention_events';
      const run = (sql: string) => async (): Promise<void> => {
        await cluster.query(sql);
      };
      return expectToSitItOut(run(refuse), run(relent));
    }
    await cluster.query(`CREATE TABLESPACE small LOCATION '${disk}'`);
    await cluster.query('ALTER TABLE attention_events SET TABLESPACE small');
    const filler = join(disk, 'filler');
    await expectToSitItOut(
      async () => {
        const written = writeFile(filler, Buffer.alloc(2 << 20));
        await expect(written).rejects.toMatchObject({ code: 'ENOSPC' });
      },
      () => rm(filler),
    );
  });

  it('refuses writes and answers reads while it is read-only, and goes on when it is not (F12)', async () => {
    const turn = (value: string) => async (): Promise<void> => {
      await cluster.query(`ALTER SYSTEM SET default_transaction_read_only = ${value}`);
      await cluster.query('SELECT pg_reload_conf()');
    };
    await expectToSitItOut(turn('on'), turn('off'));
  });
});
