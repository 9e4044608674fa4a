import { cleanUp } from '../support/afterwards';
import { assertBooks } from '../support/invariants';
import { PrivatePostgres } from '../support/private-postgres';
import { eventually, expectUnavailable, SpawnedService } from '../support/spawned-service';
import { fundBrand, type FundedBrand } from './brands';
import { startReading } from './readers';
import { Storm } from './storm';

/** Acknowledges a commit before it is on its way to the disk. */
const forgetful = {
  synchronous_commit: 'off',
  wal_writer_delay: '10s',
  wal_writer_flush_after: '1GB',
  wal_buffers: '64MB',
};

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let cluster: PrivatePostgres;
let server: SpawnedService;
let storm: Storm;
let brand: FundedBrand;

beforeEach(async () => {
  cluster = await PrivatePostgres.start();
  server = new SpawnedService({ DATABASE_URL: cluster.url() });
  brand = await fundBrand(server);
  storm = new Storm({ brands: [brand, await fundBrand(server)] });
  storm.aim(server.ready());
});

afterEach(cleanUp);

describe('a server whose PostgreSQL crashes in the middle of writes', () => {
  it('asks clients to come again, heals by itself, and has lost nothing it acknowledged (P8, F2)', async () => {
    storm.start();
    const reading = startReading(server, brand.apiKey);
    for (const how of ['immediate shutdown', 'kill -9'] as const) {
      const before = storm.answered.length;
      await eventually(() => storm.answered.length > before + 100);
      expect(await server.status('/health/ready')).toBe(200);
      const refusedBefore = storm.refused.length;
      await cluster.crash(how);
      // Reads that moved a moment ago count as an answer of the database for half a second.
      await eventually(async () => (await server.status('/health/ready')) === 503);
      expect(await server.status('/health/live')).toBe(200);
      await pause(2000);
      expect(storm.refused.length).toBeGreaterThan(refusedBefore);
      await cluster.restart();
      await eventually(async () => (await server.status('/health/ready')) === 200);
    }
    await storm.stop();
    const read = await reading.stop();
    const failed = read.filter(({ codes }) => codes.length > 0);
    expect(failed.length).toBeGreaterThan(0);
    failed.forEach(expectUnavailable);
    expect(read.at(-1)?.data['customers'].nodes).toHaveLength(5);
    expect(storm.broken).toEqual([]);
    storm.refused.forEach(expectUnavailable);
    expect(await storm.findFlaws(cluster)).toEqual([]);
    expect(await storm.findOtherAnswers()).toEqual([]);
    await assertBooks(cluster);
  });

  it('would be seen to lose answers if PostgreSQL acknowledged before it wrote (P8)', async () => {
    await cluster.crash('immediate shutdown');
    await cluster.restart(forgetful);
    await eventually(async () => (await server.status('/health/ready')) === 200);
    storm.start();
    await eventually(() => storm.answered.length > 100);
    await cluster.crash('kill -9');
    await storm.abandon();
    await cluster.restart();
    expect((await storm.findFlaws(cluster)).join('\n')).toMatch(/: 0 rows and 0 transfers for /);
  });
});
