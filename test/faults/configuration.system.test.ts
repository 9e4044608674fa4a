import { tellDailyStreak } from '../../src/cli/stories/daily-streak';
import { Storyteller } from '../../src/cli/stories/storyteller';
import { ShiftedClock } from '../../src/platform/clock';
import { loadConfig } from '../../src/platform/config';
import { createLog } from '../../src/platform/log';
import { createService } from '../../src/server/create-service';
import { afterwards, cleanUp } from '../support/afterwards';
import { assertBooks } from '../support/invariants';
import { installedPostgres, PrivatePostgres } from '../support/private-postgres';
import { SpawnedService } from '../support/spawned-service';
import { newKey } from '../support/test-service';
import { productionEnv } from '../support/toy-service';
import { fundBrand, visitNow } from './brands';

afterAll(cleanUp);

/** Expects that a server writes, reads and is ready. */
async function expectWorking(server: SpawnedService): Promise<void> {
  const brand = await fundBrand(server, 1);
  const answer = await visitNow(server, brand, newKey());
  expect(answer.data['recordAttention']).toMatchObject({ wallet: { lifetimeEarned: 10 } });
  const query = '{ customers(first: 5) { nodes { externalId wallet { lifetimeEarned } } } }';
  const { data } = await server.ask(query, {}, brand.apiKey);
  expect(data['customers'].nodes).toEqual([
    { externalId: 'person-0', wallet: { lifetimeEarned: 10 } },
  ]);
  expect(await server.status('/health/ready')).toBe(200);
}

describe('production', () => {
  const required = ['DATABASE_URL', 'PLATFORM_KEY', 'ROUTER_SECRET', 'TOKEN_SECRET'];

  it('does not start without what it must be told, and says in one line what that is', async () => {
    const servers = required.map((name) => new SpawnedService({ ...productionEnv, [name]: '' }));
    for (const [at, server] of servers.entries()) {
      expect(await server.ended).toEqual({ code: 1, signal: null });
      expect(server.output).toBe('');
      expect(server.errors).toBe(
        `Atomic Rewards cannot start: ${required[at]}: required in production\n`,
      );
    }
  });
});

describe('the logins a server may have', () => {
  let cluster: PrivatePostgres;

  /** A fresh database and its owner, who is no superuser and may create roles. */
  async function create(name: string): Promise<string> {
    await cluster.query(`CREATE ROLE "${name}-owner" LOGIN CREATEROLE`);
    await cluster.query(`CREATE DATABASE "${name}" OWNER "${name}-owner"`);
    return cluster.url(name, `${name}-owner`);
  }

  beforeAll(async () => {
    cluster = await PrivatePostgres.start();
  });

  // First, while the cluster does not know the app role yet.
  it('include the owner of the database, who becomes the app role', async () => {
    const server = new SpawnedService({
      ...productionEnv,
      DATABASE_URL: await create('owned'),
      LOG_LEVEL: 'info',
    });
    await server.ready();
    expect(await server.status('/health/ready')).toBe(200);
    expect(await cluster.query('SELECT id FROM brands', [], 'owned')).toEqual([]);
    for (const line of server.output.trim().split('\n')) expect(line).toMatch(/^\{.*\}$/);
    expect(server.output).not.toMatch(/for-tests|platform key|brand key|ar_/);
    expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null });

    await expectWorking(new SpawnedService({ DATABASE_URL: cluster.url('owned', 'owned-owner') }));
    await assertBooks({ query: (text, values) => cluster.query(text, values, 'owned') });
  });

  it('include one that owns nothing, beside the owner for migrations, without prepared statements', async () => {
    // Not even a SELECT is possible for this one, unless the app role was taken on for it.
    await cluster.query('CREATE ROLE "the service" LOGIN NOINHERIT');
    const server = new SpawnedService({
      DATABASE_MIGRATION_URL: cluster.url('postgres'),
      DATABASE_URL: cluster.url('postgres', 'the%20service'),
      DATABASE_PREPARE: 'off',
    });
    await expectWorking(server);
    const owned = `SELECT relname FROM pg_class WHERE relowner = '"the service"'::regrole`;
    expect(await cluster.query(owned)).toEqual([]);
    const sessions = await cluster.query(
      `SELECT DISTINCT usename FROM pg_stat_activity
       WHERE datname = 'postgres' AND application_name = 'atomic-rewards'`,
    );
    expect(sessions).toEqual([{ usename: 'the service' }]);
    const asItself = cluster.query('SELECT id FROM brands', [], 'postgres', 'the%20service');
    await expect(asItself).rejects.toMatchObject({ code: '42501' });
  });

  it('do not include one for a database that is not there', async () => {
    const server = new SpawnedService({ DATABASE_URL: cluster.url('nothing') });
    expect(await server.ended).toEqual({ code: 1, signal: null });
    expect(server.errors).toBe('Atomic Rewards cannot start: database "nothing" does not exist\n');
    expect(server.output).toBe('');
  });

  it('do not include one whose app role steps over row-level security (T11)', async () => {
    await cluster.query('ALTER ROLE atomic_rewards_app BYPASSRLS');
    const server = new SpawnedService({ DATABASE_URL: cluster.url() });
    expect(await server.ended).toEqual({ code: 1, signal: null });
    expect(server.errors).toBe(
      'Atomic Rewards cannot start: role atomic_rewards_app must be neither superuser nor owner of the tables\n',
    );
  });
});

const bin = installedPostgres(15);
const withPostgres15 = bin === undefined ? describe.skip : describe;

withPostgres15('PostgreSQL 15', () => {
  it('can be what everything stands on', async () => {
    const cluster = await PrivatePostgres.start({ bin });
    await cluster.query(`CREATE ROLE rewards LOGIN CREATEROLE`);
    await cluster.query(`CREATE DATABASE rewards OWNER rewards`);
    const url = cluster.url('rewards', 'rewards');
    await expectWorking(new SpawnedService({ DATABASE_URL: url }));

    const clock = new ShiftedClock();
    const config = loadConfig({ NODE_ENV: 'test', DATABASE_URL: url });
    const service = await createService(config, { clock, log: createLog('silent'), jobs: false });
    afterwards(() => service.close());
    const midnight = new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000 - 5.5 * 3_600_000);
    midnight.setUTCDate(midnight.getUTCDate() - 9);
    const { opens } = await tellDailyStreak(new Storyteller(service, clock, 'fifteen'), midnight);
    expect(opens.at(-1)?.['wallet']).toMatchObject({ balance: 61 });
    await assertBooks({ query: (text, values) => cluster.query(text, values, 'rewards') });
  });
});
