import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { migrations } from '../../migrations';
import { afterwards, cleanUp } from '../support/afterwards';
import { assertBooks } from '../support/invariants';
import { buildVersion, findPreviousVersion, type BuiltVersion } from '../support/previous-version';
import { eventually, expectUnavailable, SpawnedService } from '../support/spawned-service';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { newKey, type Data } from '../support/test-service';
import { fundBrand, tell, visitOf, type FundedBrand } from './brands';
import { startReading } from './readers';
import { Storm } from './storm';

const commit = findPreviousVersion();

/** Two servers on two cores keep each other waiting for longer than people are to wait. */
const patient = {
  LIMIT_LANE_WAIT_MS: '20000',
  LIMIT_LOOP_DELAY_MS: '20000',
  LIMIT_POOL_WAIT_MS: '20000',
  LIMIT_READ_WAIT_MS: '20000',
};

/** Reading operations that version published, with their variables. */
const published: [name: string, variables: Data][] = [
  ['customer-card', { by: { externalId: 'person-1' } }],
  ['customer-view', { by: { externalId: 'person-1' } }],
  ['customers-view', { first: 5 }],
  ['customer-messages', { by: { externalId: 'person-1' } }],
  ['customer-redemptions', { by: { externalId: 'person-1' }, first: 50 }],
  ['unified-customer-view', { by: { externalId: 'person-1' } }],
];

/** What a server answers to a query; a score is reckoned for the moment of the question, whenever that is. */
async function readAs(
  server: SpawnedService,
  document: string,
  variables: Data,
  apiKey: string,
): Promise<unknown> {
  const { data, text, codes } = await server.ask(document, variables, apiKey);
  if (codes.length > 0 || Object.values(data)[0] == null) throw new Error(text);
  return JSON.parse(
    JSON.stringify(data, (name, value: unknown) => (name === 'asOf' ? 'now' : value)),
  );
}

/** Jobs that met a table, a column or a row that is not what they think; others had to wait for their turn. */
const failedJobs = ({ output }: SpawnedService): string[] =>
  output.split('\n').filter((line) => /"job failed"/.test(line) && /"code":"(22|23|42)/.test(line));

describe('the version before this one', () => {
  let previous: BuiltVersion | undefined;
  let database: TestDatabase;

  beforeAll(() => {
    if (commit !== null) previous = buildVersion(commit);
  });

  afterAll(() => previous?.remove());

  beforeEach(async () => {
    database = await createTestDatabase({ empty: true });
    afterwards(() => database.drop());
  });

  afterEach(cleanUp);

  const folder = (): string => previous!.folder;

  const migrated = async (): Promise<string[]> => {
    const rows = await database.query<{ name: string }>('SELECT name FROM schema_migrations');
    return rows.map(({ name }) => name);
  };

  const spawn = (at: string) =>
    new SpawnedService(
      { DATABASE_URL: database.url, ...patient },
      { program: join(at, 'dist/src/main.js') },
    );

  const operation = (name: string): string =>
    readFileSync(join(folder(), `schema/operations/${name}.graphql`), 'utf8');

  /** What a server of that version answers to what it published, and this one to the same. */
  async function expectSameAnswers(
    servers: [SpawnedService, SpawnedService],
    { apiKey }: FundedBrand,
  ): Promise<void> {
    const files = readdirSync(join(folder(), 'schema/operations'));
    const known = published.filter(([name]) => files.includes(`${name}.graphql`));
    expect(known.length).toBeGreaterThan(1);
    for (const [name, variables] of known) {
      const both = (): Promise<unknown[]> =>
        Promise.all(servers.map((server) => readAs(server, operation(name), variables, apiKey)));
      let [one, other] = await both();
      // A job may have had its turn between the two.
      for (let again = 0; again < 10 && !isDeepStrictEqual(one, other); again += 1) {
        [one, other] = await both();
      }
      expect({ name, data: one }).toEqual({ name, data: other });
    }
  }

  /** Visits as a list, sent to one version and then to the other under the same keys. */
  async function expectBatchOnce(
    [first, second]: [SpawnedService, SpawnedService],
    { apiKey, customers }: FundedBrand,
  ): Promise<void> {
    const document = operation('record-attention-batch');
    const events = customers.map((customer) => visitOf(customer, newKey()));
    const input = { events };
    const done = await tell(first, apiKey, document, input);
    expect(done['results']).toHaveLength(events.length);
    done['results'].forEach((result: Data) => {
      expect(result).toMatchObject({ grants: [{ amount: 10 }], replayed: false, userErrors: [] });
    });
    const again = await tell(second, apiKey, document, input);
    const asFirst = done['results'].map((result: Data) => ({ ...result, replayed: true }));
    expect(again['results']).toEqual(asFirst);
  }

  /** A deploy of this version over the one before, beneath clients that go on writing and reading. */
  async function rollOver(): Promise<void> {
    const old = spawn(folder());
    const brands = [await fundBrand(old), await fundBrand(old)];
    const [brand] = brands as [FundedBrand, FundedBrand];
    expect((await migrated()).length).toBeLessThan(migrations.length);
    const storm = new Storm({ brands });
    const untilAnswered = (more: number) => {
      const goal = storm.answered.length + more;
      return eventually(() => storm.answered.length >= goal);
    };
    storm.aim(old.ready());
    storm.start();
    const reading = startReading(old, brand.apiKey);
    await untilAnswered(40);

    const now = spawn('.');
    await now.ready();
    expect((await migrated()).sort()).toEqual(migrations.map(({ name }) => name).sort());
    // Both serve; whoever is told to ask again may meet the other one.
    storm.aim(old.ready(), now.ready());
    await untilAnswered(80);
    await storm.stop();
    const read = await reading.stop();
    read.filter(({ codes }) => codes.length > 0).forEach(expectUnavailable);
    const answered = read.filter(({ codes }) => codes.length === 0);
    expect(answered.at(-1)?.data['customers'].nodes).toHaveLength(5);
    await expectSameAnswers([old, now], brand);

    expect(storm.broken).toEqual([]);
    storm.refused.forEach(expectUnavailable);
    expect(await storm.findFlaws(database)).toEqual([]);
    expect(await storm.findOtherAnswers()).toEqual([]);
    await expectBatchOnce([old, now], brand);
    await expectBatchOnce([now, old], brand);
    for (const server of [old, now]) {
      expect(server.faults).toEqual([]);
      expect(failedJobs(server)).toEqual([]);
      expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    }
    await assertBooks(database);
  }

  const title =
    'records, redeems and reads as before on the schema of this one, beside it and beneath the migration (P23, F19)';

  const run = commit === null ? it.skip : it;
  run(commit === null ? `${title}: not shown, since this clone has no history` : title, rollOver);
});
