import { once } from 'node:events';
import { afterwards, cleanUp } from '../support/afterwards';
import { assertBooks } from '../support/invariants';
import { long } from '../support/long';
import { eventually, SpawnedService } from '../support/spawned-service';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { fundBrand } from './brands';
import { Storm } from './storm';

const failing = { program: 'test/support/failing-process.js' };
const rounds = long ? 40 : 3;

let database: TestDatabase;

/** A server on the database of the test. */
const spawnServer = (program = {}) => new SpawnedService({ DATABASE_URL: database.url }, program);

/** Lets a server kill itself when the next batch reaches that point. */
async function arm(server: SpawnedService, point: string): Promise<void> {
  server.child.send(point);
  await once(server.child, 'message');
}

beforeEach(async () => {
  database = await createTestDatabase();
  afterwards(() => database.drop());
});

afterEach(cleanUp);

describe('a server that is killed in the middle of writes', () => {
  it('keeps every answer it gave, and each key has one whole effect (P4, P8, F1)', async () => {
    let server = spawnServer();
    const brands = [await fundBrand(server), await fundBrand(server), await fundBrand(server)];
    const storm = new Storm({ brands });
    storm.aim(server.ready());
    storm.start();
    for (let round = 0; round < rounds; round += 1) {
      // A moment by what has been done, since a slow machine would have done nothing by then.
      const moment = storm.answered.length + 1 + Math.random() * 150;
      await eventually(() => storm.answered.length > moment && storm.underWay > 2);
      await server.kill('SIGKILL');
      server = spawnServer();
      storm.aim(server.ready());
      await server.ready();
    }
    await storm.stop();
    // Otherwise the kills have met nobody.
    const cutOff = storm.broken.filter((reason) => reason !== 'ECONNREFUSED');
    expect(cutOff.length).toBeGreaterThanOrEqual(rounds);
    expect(storm.refused.map(({ text }) => text)).toEqual([]);
    expect(await storm.findFlaws(database)).toEqual([]);
    expect(await storm.findOtherAnswers()).toEqual([]);
    expect(await storm.findFlaws(database)).toEqual([]);
    await assertBooks(database);
  });

  it('is seen through by the same look when clients take new keys for what they ask again', async () => {
    const server = spawnServer(failing);
    const storm = new Storm({ brands: [await fundBrand(server)], newKeys: true });
    storm.aim(server.ready());
    storm.start();
    await eventually(() => storm.answered.length > 100);
    await arm(server, 'afterCommit');
    await server.ended;
    storm.aim(spawnServer().ready());
    await storm.stop();
    expect((await storm.findFlaws(database)).join('\n')).toMatch(/: 2 rows and 2 transfers for /);
  });
});
