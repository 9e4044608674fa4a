import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Client } from 'pg';
import { afterwards, cleanUp } from '../support/afterwards';
import { assertBooks } from '../support/invariants';
import { eventually, SpawnedService, type HttpAnswer } from '../support/spawned-service';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { newKey } from '../support/test-service';
import { fundBrand, visitNow } from './brands';

let database: TestDatabase;
let inTheWay: Client;

beforeEach(async () => {
  database = await createTestDatabase();
  afterwards(() => database.drop());
  inTheWay = new Client({ connectionString: database.url });
  await inTheWay.connect();
  afterwards(() => inTheWay.end());
});

afterEach(cleanUp);

/** Requests that wait for a lock until it is let go. */
async function fill(server: SpawnedService, crowd = 200): Promise<Promise<HttpAnswer>[]> {
  const brand = await fundBrand(server);
  await inTheWay.query(`BEGIN; LOCK TABLE accounts IN SHARE MODE`);
  const requests = Array.from({ length: crowd }, () => visitNow(server, brand, newKey()));
  for (const request of requests) request.catch(() => undefined);
  const url = await server.ready();
  await eventually(async () => {
    const figures = await (await fetch(`${url}/metrics`)).text();
    return figures.includes(`rewards_command_lane_depth ${crowd}\n`);
  });
  return requests;
}

/** A connection with the first bytes of a request, so that it does not count as idle. */
async function dial(server: SpawnedService, bytes: string): Promise<Socket> {
  const { hostname, port } = new URL(await server.ready());
  const socket = connect(Number(port), hostname);
  afterwards(() => socket.destroy());
  await once(socket, 'connect');
  socket.write(bytes);
  return socket;
}

// Whoever waits behind the lock waits long, and is to be in flight all the same.
const env = () => ({
  DATABASE_URL: database.url,
  LIMIT_LOCK_MS: '30000',
  LIMIT_LANE_WAIT_MS: '60000',
  LIMIT_LOOP_DELAY_MS: '60000',
  LOG_LEVEL: 'info',
});
const drains = (server: SpawnedService) =>
  eventually(() => server.output.includes('"msg":"draining"'));

describe('a server that is asked to stop under load', () => {
  it('is not ready at once, answers all that is in flight, resets nothing and exits with 0 (P23, F21)', async () => {
    const server = new SpawnedService(env());
    const requests = await fill(server);
    const open = await dial(server, 'GET /he');
    server.child.kill('SIGTERM');
    await drains(server);
    open.write('alth/ready HTTP/1.1\r\nhost: x\r\n\r\n');
    const [readiness] = (await once(open, 'data')) as [Buffer];
    expect(readiness.toString()).toMatch(/^HTTP\/1.1 503 [\s\S]*"UNAVAILABLE"/);
    await expect(fetch(`${await server.ready()}/health/ready`)).rejects.toThrow('fetch failed');
    await inTheWay.query('ROLLBACK');
    const answers = await Promise.all(requests);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ data }) => data['recordAttention'].grants.length))).toEqual(
      new Set([1]),
    );
    expect(await server.ended).toEqual({ code: 0, signal: null });
    expect(server.output).not.toContain('cut off');
    expect(await database.query('SELECT id FROM attention_events')).toHaveLength(200);
    await assertBooks(database);
  });

  it('cuts off what is not done in the drain time, keeps none of it, and exits with 0', async () => {
    const server = new SpawnedService({ ...env(), LIMIT_DRAIN_MS: '300', LIMIT_LOCK_MS: '2000' });
    const requests = await fill(server, 1);
    server.child.kill('SIGTERM');
    const outcomes = await Promise.allSettled(requests);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toEqual([]);
    expect(await server.ended).toEqual({ code: 0, signal: null });
    expect(server.output).toContain('cut off');
    expect(await database.query('SELECT id FROM attention_events')).toEqual([]);
  });

  it('ends at once with 1 when it is asked a second time (F21)', async () => {
    const server = new SpawnedService(env());
    const requests = await fill(server);
    server.child.kill('SIGTERM');
    await drains(server);
    server.child.kill('SIGTERM');
    expect(await server.ended).toEqual({ code: 1, signal: null });
    const outcomes = await Promise.allSettled(requests);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toEqual([]);
    await inTheWay.query('ROLLBACK');
    expect(await database.query('SELECT id FROM attention_events')).toEqual([]);
    await assertBooks(database);
  });
});
