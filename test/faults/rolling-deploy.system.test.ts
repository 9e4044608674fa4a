import { afterwards, cleanUp } from '../support/afterwards';
import { assertBooks } from '../support/invariants';
import { eventually, expectUnavailable, SpawnedService } from '../support/spawned-service';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { fundBrand, type FundedBrand } from './brands';
import { Storm } from './storm';
import { startReading } from './readers';

let database: TestDatabase;
let server: SpawnedService;
let brand: FundedBrand;
let storm: Storm;

const spawn = () => new SpawnedService({ DATABASE_URL: database.url });

beforeEach(async () => {
  database = await createTestDatabase();
  afterwards(() => database.drop());
  server = spawn();
  brand = await fundBrand(server);
  storm = new Storm({ brands: [brand, await fundBrand(server)] });
  storm.aim(server.ready());
});

afterEach(cleanUp);

const untilAnswered = (more: number) => {
  const goal = storm.answered.length + more;
  return eventually(() => storm.answered.length >= goal);
};

/**
 * Ends the storm: no answer was cut off, whoever met a lock or too many others was told to ask again, and
 * every write happened once and is answered alike again.
 */
async function expectNothingWrong(): Promise<void> {
  await storm.stop();
  expect(storm.broken).toEqual([]);
  expect(server.faults).toEqual([]);
  storm.refused.forEach(expectUnavailable);
  expect(await storm.findFlaws(database)).toEqual([]);
  expect(await storm.findOtherAnswers()).toEqual([]);
  await assertBooks(database);
}

/** What a next version might do to a schema first, so that both versions can work: it only adds. */
async function expand(): Promise<void> {
  const tables = await database.query<{ name: string }>(
    // A migration that adds to a table whose rows a function answers makes that function anew.
    `SELECT format('%I', relname) AS name FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
       AND NOT EXISTS (SELECT FROM pg_proc WHERE prorettype = reltype)`,
  );
  for (const { name } of tables)
    await database.query(`ALTER TABLE ${name} ADD COLUMN of_the_next text`);
  await database.query(`CREATE TABLE of_the_next_version (id uuid PRIMARY KEY)`);
  await database.query(`CREATE INDEX CONCURRENTLY ON attention_events (of_the_next)`);
}

describe('a deploy under load', () => {
  it('costs nobody anything but a second try, when servers are replaced one by one (P23, F21)', async () => {
    storm.start();
    for (let turn = 0; turn < 2; turn += 1) {
      await untilAnswered(40);
      const next = spawn();
      await next.ready();
      // A balancer sends what is new to the new one first; the old one ends what it has.
      storm.aim(next.ready());
      expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null });
      server = next;
    }
    await untilAnswered(40);
    await expectNothingWrong();
  });

  it('costs nobody anything but a second try, when the next version adds to the schema beneath this one (P23, F19)', async () => {
    storm.start();
    const reading = startReading(server, brand.apiKey);
    await untilAnswered(40);
    await expand();
    await untilAnswered(60);
    const read = await reading.stop();
    read.filter(({ codes }) => codes.length > 0).forEach(expectUnavailable);
    expect(read.at(-1)?.data['customers'].nodes).toHaveLength(5);
    await expectNothingWrong();
    // The next version has come and is told of everything that this one did.
    expect(await database.query(`SELECT of_the_next FROM attention_events LIMIT 1`)).toEqual([
      { of_the_next: null },
    ]);
  });
});
