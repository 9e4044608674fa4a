import { Client } from 'pg';
import { brandId } from '../../src/brands';
import { laneOf } from '../../src/platform/database/lane';
import { defaultLimits } from '../../src/platform/limits';
import { afterwards, cleanUp } from '../support/afterwards';
import { assertBooks } from '../support/invariants';
import { PrivatePostgres } from '../support/private-postgres';
import {
  eventually,
  expectUnavailable,
  SpawnedService,
  type HttpAnswer,
} from '../support/spawned-service';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { newKey } from '../support/test-service';
import { fundBrand, platformKey, visitNow, type FundedBrand } from './brands';

const brandsQuery = `{ brand(id: "${brandId.encode(brandId.create())}") { id } }`;

/** Lets everybody who reads a brand take 200 ms for it. */
const slowBrands = `
  CREATE FUNCTION slowly() RETURNS boolean LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_sleep(0.2); RETURN true; END $$;
  CREATE POLICY slow ON brands AS RESTRICTIVE FOR SELECT USING (slowly())`;

const createBrand = `mutation ($input: CreateBrandInput!) {
  createBrand(input: $input) { brand { id } userErrors { code } } }`;

/** A session of the owner's, for getting in the way. */
async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  afterwards(() => client.end());
  return client;
}

const pause = (milliseconds: number) =>
  new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), milliseconds));

afterEach(cleanUp);

describe('a server whose database makes it wait', () => {
  let database: TestDatabase;

  const waiting = async (): Promise<number> => {
    const [row] = await database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return row!.n;
  };

  const sleeping = async (): Promise<number> => {
    const [row] = await database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event = 'PgSleep'`,
    );
    return row!.n;
  };

  // Whoever meets the lock waits for as long as it is held. Jobs would wait beside the reads that are counted.
  const behindLocks = {
    LIMIT_JOB_INTERVAL_MS: '3600000',
    LIMIT_LOCK_MS: '60000',
    LIMIT_STATEMENT_MS: '60000',
  };

  beforeEach(async () => {
    database = await createTestDatabase();
    afterwards(() => database.drop());
  });

  it('refuses some of 64 clients that share four connections for queries of 200 ms, and is healthy meanwhile (F5)', async () => {
    const server = new SpawnedService({
      DATABASE_URL: database.url,
      LIMIT_READ_CONNECTIONS: '4',
      // Nobody is turned away before the pool's two seconds are over.
      LIMIT_READ_WAIT_MS: '60000',
      LIMIT_JOB_INTERVAL_MS: '3600000',
    });
    const { id } = await fundBrand(server, 0);
    await database.query(slowBrands);
    const ask = () => server.ask(`{ brand(id: "${id}") { slug } }`, {}, platformKey);
    const answers: HttpAnswer[] = [];
    const enough = () => new Set(answers.map(({ status }) => status)).size > 1;
    let most = 0;
    const watching = eventually(async () => {
      most = Math.max(most, await sleeping());
      return enough();
    });
    // The last of 64 would wait for three seconds; where they do not come at once, they come again.
    const clients = Array.from({ length: 64 }, async () => {
      do answers.push(await ask());
      while (!enough());
    });
    await eventually(async () => (await sleeping()) === 4);
    expect(await server.status('/health/live')).toBe(200);
    expect(await server.status('/metrics')).toBe(200);
    await Promise.all([...clients, watching]);
    expect(most).toBe(4);
    const [served, refused] = [200, 503].map((wanted) =>
      answers.filter(({ status }) => status === wanted),
    );
    expect(served!.length + refused!.length).toBe(answers.length);
    served!.forEach(({ data }) => expect(data['brand']).toBeTruthy());
    refused!.forEach(expectUnavailable);
    await database.query('DROP POLICY slow ON brands');
    expect(await server.status('/health/ready')).toBe(200);
    const again = await Promise.all(Array.from({ length: 64 }, ask));
    expect(new Set(again.map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('turns reads away at once that would have to wait for longer than people do, and writes before they write (F5)', async () => {
    const server = new SpawnedService({
      DATABASE_URL: database.url,
      LIMIT_READ_CONNECTIONS: '1',
      LIMIT_READ_WAIT_MS: '200',
      LIMIT_POOL_WAIT_MS: '60000',
      ...behindLocks,
    });
    await server.ready();
    const inTheWay = await connect(database.url);
    await inTheWay.query('BEGIN; LOCK TABLE brands IN ACCESS EXCLUSIVE MODE');
    const asked: Promise<HttpAnswer>[] = [];
    const ask = (): Promise<HttpAnswer> => {
      const answer = server.ask(brandsQuery, {}, platformKey);
      asked.push(answer);
      return answer;
    };
    void ask();
    await eventually(async () => (await waiting()) === 1);
    void ask();
    expect(await server.status('/health/live')).toBe(200);
    // The lock is held until somebody is turned away: nothing here depends on how long that takes.
    await eventually(async () => {
      const answer = await Promise.race([ask(), pause(250)]);
      if (answer !== undefined) expectUnavailable(answer);
      return answer !== undefined;
    });
    await eventually(async () => (await server.status('/health/ready')) === 503);
    const input = { name: 'Late', slug: 'late', timezone: 'UTC', idempotencyKey: newKey() };
    expectUnavailable(await server.ask(createBrand, { input }, platformKey));
    await inTheWay.query('ROLLBACK');
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.slice(0, 2)).toEqual([200, 200]);
    expect(statuses.at(-1)).toBe(503);
    expect((await ask()).status).toBe(200);
    expect(await database.query(`SELECT id FROM brands WHERE slug = 'late'`)).toEqual([]);
  });

  it('refuses statements that run too long (F6)', async () => {
    const server = new SpawnedService({
      DATABASE_URL: database.url,
      LIMIT_LOCK_MS: '60000',
      LIMIT_STATEMENT_MS: '300',
    });
    await server.ready();
    const inTheWay = await connect(database.url);
    await inTheWay.query('BEGIN; LOCK TABLE brands IN ACCESS EXCLUSIVE MODE');
    expectUnavailable(await server.ask(brandsQuery, {}, platformKey));
    await inTheWay.query('ROLLBACK');
    expect((await server.ask(brandsQuery, {}, platformKey)).status).toBe(200);
  });

  it('refuses the writes of a brand whose budget is locked, and does the other brands’ (F6)', async () => {
    const server = new SpawnedService({ DATABASE_URL: database.url, LIMIT_LOCK_MS: '300' });
    const brands = await brandsOfBothLanes(server);
    const { stuck, sameLane, otherLane } = brands;
    const inTheWay = await connect(database.url);
    await inTheWay.query('BEGIN');
    await inTheWay.query(
      `SELECT id FROM accounts WHERE kind = 'BUDGET' AND owner = $1 FOR UPDATE`,
      [brandId.decode(stuck.id)],
    );
    const key = newKey();
    const refused = visitNow(server, stuck, key);
    // Other people's visits: whoever visits the stuck brand waits with it in every brand.
    const neighbours = [
      visitNow(server, sameLane, newKey(), 1),
      visitNow(server, otherLane, newKey(), 2),
    ];
    expectUnavailable(await refused);
    for (const answer of await Promise.all(neighbours)) {
      expect(answer.data['recordAttention']).toMatchObject({ grants: [{ amount: 10 }] });
    }
    expectUnavailable(await visitNow(server, stuck, key));
    await inTheWay.query('ROLLBACK');
    const [paid] = (await visitNow(server, stuck, key)).data['recordAttention'].grants;
    expect(paid).toMatchObject({ amount: 10 });
    expect(await database.query('SELECT id FROM attention_events')).toHaveLength(3);
    await assertBooks(database);
  });
});

/** A brand to be stuck, one that shares its lane, and one that does not. */
async function brandsOfBothLanes(
  server: SpawnedService,
): Promise<Record<'stuck' | 'sameLane' | 'otherLane', FundedBrand>> {
  const stuck = await fundBrand(server, 3);
  const lane = (brand: FundedBrand): number => {
    const tenant = brandId.decode(brand.id) as string;
    return laneOf(
      { kind: '', scope: tenant, tenant, key: '', input: {} },
      defaultLimits.writerLanes,
    );
  };
  let sameLane: FundedBrand | undefined;
  let otherLane: FundedBrand | undefined;
  while (sameLane === undefined || otherLane === undefined) {
    const brand = await fundBrand(server, 3);
    if (lane(brand) === lane(stuck)) sameLane ??= brand;
    else otherLane ??= brand;
  }
  return { stuck, sameLane, otherLane };
}

describe('a PostgreSQL without a free connection', () => {
  const slots = 14;
  let cluster: PrivatePostgres;
  let hogs: Client[];

  beforeEach(async () => {
    cluster = await PrivatePostgres.start({
      settings: { max_connections: String(slots), superuser_reserved_connections: '0' },
    });
    hogs = [];
  });

  /** Takes every connection there is. */
  async function takeAll(): Promise<void> {
    for (;;) {
      try {
        hogs.push(await connect(cluster.url()));
      } catch (error) {
        expect((error as { code?: string }).code).toBe('53300');
        return;
      }
    }
  }

  const release = async (count: number): Promise<void> => {
    for (const hog of hogs.splice(0, count)) await hog.end();
  };

  it('is asked again at start until one is free, and refusals are told as such later (F13)', async () => {
    await takeAll();
    const server = new SpawnedService({ DATABASE_URL: cluster.url() });
    const refusals = (): number => server.output.split('"code":"53300"').length - 1;
    await eventually(() => refusals() > 0);
    // One is enough for the first step of the start and too few for the second.
    await release(1);
    const before = refusals();
    await eventually(() => refusals() > before + 1);
    await release(6);
    await server.ready();
    expect(await server.status('/health/ready')).toBe(200);
    expect((await server.ask(brandsQuery, {}, platformKey)).status).toBe(200);

    await cluster.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'atomic-rewards'`,
    );
    await takeAll();
    expectUnavailable(await server.ask(brandsQuery, {}, platformKey));
    expect(await server.status('/health/ready')).toBe(503);
    await release(hogs.length);
    expect((await server.ask(brandsQuery, {}, platformKey)).status).toBe(200);
    expect(await server.status('/health/ready')).toBe(200);
  });
});
