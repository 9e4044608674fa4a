import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { crowd } from '../strain/crowd-of';
import { watchHealth } from '../strain/health-watch';
import { setScene, type Scene } from '../strain/scene';
import { afterwards, cleanUp } from '../support/afterwards';
import { assertBooks } from '../support/invariants';
import { eventually } from '../support/spawned-service';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  afterwards(() => database.drop());
});

afterEach(cleanUp);

/** More than Node keeps waiting by itself, where the kernel lets anybody have so many. */
const longestList = '/proc/sys/net/core/somaxconn';
const most = existsSync(longestList) ? Number(readFileSync(longestList, 'utf8')) : 100;
const waiting = Math.min(900, most);

const size = { brands: 2, people: 4, visits: 1 };

/** How many operations the server takes in at a time, as its figures say. */
async function roomOf({ target }: Scene): Promise<number> {
  const figures = await (await fetch(`${target.url}/metrics`)).text();
  return Number(/^rewards_operations_room (\d+)$/m.exec(figures)?.[1]);
}

describe('a server that is asked for more than it can do', () => {
  it('turns away with 503 and Retry-After what it cannot do, answers health checks, serves the rest, and is as before when it is over (F23)', async () => {
    const env = { DATABASE_URL: database.url, LIMIT_IN_FLIGHT: '8', LOG_LEVEL: 'error' };
    const { server, target } = await setScene(env, size);
    const health = watchHealth(target.url);
    const flood = await crowd({ ...target, seconds: 4, callers: 64 });
    const watched = await health.stop();
    expect(flood.flaws).toEqual({});
    expect(flood.served).toBeGreaterThan(0);
    expect(flood.shed).toBeGreaterThan(0);
    expect(flood.served + flood.shed + flood.partly).toBe(flood.sent);
    expect(watched.unwell).toEqual({});
    expect(watched.asked).toBeGreaterThan(0);
    const after = await crowd({ ...target, seconds: 1, callers: 1 });
    expect({ shed: after.shed, flaws: after.flaws }).toEqual({ shed: 0, flaws: {} });
    expect(server.output + server.errors).not.toContain('"level":50');
    await assertBooks(database);
  });

  it('takes in less after its event loop stood still for two seconds, is alive, and takes in as much as before when it turns again (F23)', async () => {
    const scene = await setScene({ DATABASE_URL: database.url }, size);
    const { server, target } = scene;
    // A machine that was busy while the server started may have shown already what is to be shown.
    await eventually(async () => (await roomOf(scene)) === 2000);
    const told = () => server.output.split('taking in less').length;
    const before = told();
    server.child.kill('SIGSTOP');
    await pause(2000);
    server.child.kill('SIGCONT');
    await eventually(() => told() > before);
    expect(await server.status('/health/live')).toBe(200);
    expect(await server.status('/health/ready')).toBe(200);
    await eventually(async () => (await roomOf(scene)) === 2000);
    const after = await crowd({ ...target, seconds: 1, callers: 1 });
    expect(after.flaws).toEqual({});
  });

  it('lets as many wait for it to take them in as may be under way, also while it does not turn (F23)', async () => {
    const { server, target } = await setScene({ DATABASE_URL: database.url }, size);
    server.child.kill('SIGSTOP');
    const { hostname, port } = new URL(target.url);
    const asking = Array.from({ length: waiting }, () => connect(Number(port), hostname));
    afterwards(() => asking.forEach((socket) => socket.destroy()));
    // The kernel takes them in for the process, as far as its list goes.
    await Promise.all(asking.map((socket) => once(socket, 'connect')));
    server.child.kill('SIGCONT');
    expect(await server.status('/health/live')).toBe(200);
  });
});
