import { once } from 'node:events';
import { mutationCases, movingMu, type MutationCase } from '../promises/mutations';
import { codesOf } from '../promises/operations';
import { documentOf, growth, plain } from '../promises/plain-answers';
import { Scene } from '../promises/scene';
import { cleanUp } from '../support/afterwards';
import { dump } from '../support/dump';
import { assertBooks } from '../support/invariants';
import { long } from '../support/long';
import { eventually, SpawnedService } from '../support/spawned-service';
import { newKey, startTestService, type Data, type TestService } from '../support/test-service';

/** Where a server dies: before its n-th statement, around its commit, or with the answer in its hands. */
type Point = number | 'beforeCommit' | 'duringCommit' | 'afterCommit' | 'beforeAnswer';

/** Every day a server is killed here, in the long run everywhere in all that moves Mu. */
const everyDay: Record<string, Point[]> = {
  recordAttention: ['beforeCommit', 'afterCommit'],
  redeem: [6],
  giftMu: ['beforeAnswer'],
};

const cases = mutationCases.filter(({ mutation }) =>
  long ? movingMu.has(mutation) : mutation in everyDay,
);

let t: TestService;
let scene: Scene;
let statements = 0;

beforeAll(async () => {
  // What is killed is a process of its own; this one makes what it needs, and is asked again.
  t = await startTestService({ hooks: { beforeStatement: () => void (statements += 1) } });
  scene = await Scene.create(t, 'killed');
});

afterAll(() => t.close());

afterEach(cleanUp);

const inputOf = async (one: MutationCase): Promise<Data> => ({
  ...(await one.done(scene)),
  idempotencyKey: newKey(),
});

async function ask(one: MutationCase, input: Data): Promise<Data> {
  statements = 0;
  const document = documentOf(t.service.publicSchema, one.mutation);
  const { data } = await t.run(document, { input }, await scene.bearer(one.by));
  return data[one.mutation] as Data;
}

interface Undisturbed {
  answer: Data;
  grown: Record<string, number>;
  points: Point[];
}

/** What the mutation does where nobody dies, and where somebody could. */
async function undisturbed(one: MutationCase): Promise<Undisturbed> {
  // Once before, so that what a brand needs only once is there.
  await ask(one, await inputOf(one));
  const input = await inputOf(one);
  const before = await dump(t.database);
  const payload = await ask(one, input);
  const counted = Array.from({ length: statements }, (_, at) => at + 1);
  expect(codesOf(payload)).toEqual([]);
  return {
    answer: plain(payload) as Data,
    grown: growth(before, await dump(t.database)),
    points: [...counted, 'beforeCommit', 'duringCommit', 'afterCommit', 'beforeAnswer'],
  };
}

/** Asks a server that dies at that point, and waits until the database has noticed. */
async function askAndKill(one: MutationCase, input: Data, point: Point): Promise<void> {
  const server = new SpawnedService(
    { DATABASE_URL: t.database.url },
    { program: 'test/support/failing-process.js' },
  );
  await server.ready();
  const document = documentOf(t.service.publicSchema, one.mutation);
  const bearer = await scene.bearer(one.by);
  server.child.send(point);
  await once(server.child, 'message');
  await expect(server.ask(document, { input }, bearer)).rejects.toThrow('fetch failed');
  expect(await server.ended).toEqual({ code: null, signal: 'SIGKILL' });
  await eventually(async () => {
    const open = await t.database.query(`SELECT FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL`);
    return open.length === 0;
  });
}

describe.each(cases)('$mutation', (one) => {
  it('is whole or not there wherever its server is killed, and is done once for the one who asks again (P8, P9, F1, F3, F4)', async () => {
    const { answer, grown, points } = await undisturbed(one);
    expect(points.length).toBeGreaterThan(8);
    const none = Object.fromEntries(Object.keys(grown).map((table) => [table, 0]));
    for (const at of long ? points : everyDay[one.mutation]!) {
      const input = await inputOf(one);
      const before = await dump(t.database);
      await askAndKill(one, input, at);
      const left = await dump(t.database);
      const kept = at === 'afterCommit' || at === 'beforeAnswer';
      const whole =
        at === 'duringCommit'
          ? left['idempotency_keys']!.rows > before['idempotency_keys']!.rows
          : kept;
      expect({ at, left: growth(before, left) }).toEqual({ at, left: whole ? grown : none });
      const again = plain(await ask(one, input));
      expect({ at, again }).toEqual({ at, again: { ...answer, replayed: whole } });
      const more = growth(left, await dump(t.database));
      expect({ at, more }).toEqual({ at, more: whole ? none : grown });
    }
    await assertBooks(t.database);
  });
});
