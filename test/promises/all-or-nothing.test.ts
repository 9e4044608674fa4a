import type { BatchHooks, BatchReport } from '../../src/platform/database/command-batcher';
import { UnavailableError } from '../../src/platform/errors';
import { dump, type Dump } from '../support/dump';
import { long } from '../support/long';
import { newKey, startTestService, type Data, type TestService } from '../support/test-service';
import { movingMu, mutationCases, type MutationCase } from './mutations';
import { codesOf, send } from './operations';
import { documentOf, growth, plain } from './plain-answers';
import { Scene } from './scene';

/** Where a batch breaks: before its n-th statement, or around its commit. */
type Point = number | 'beforeCommit' | 'afterCommit';

let t: TestService;
let scene: Scene;
let breaks: { at: Point; how: () => void | Promise<void> } | null = null;
let statements = 0;
let reports: BatchReport[] = [];

const hooks: BatchHooks = {
  report: (batch) => reports.push(batch),
  beforeStatement: () => reach((statements += 1)),
  beforeCommit: () => reach('beforeCommit'),
  afterCommit: () => reach('afterCommit'),
};

async function reach(point: Point): Promise<void> {
  if (breaks?.at !== point) return;
  const { how } = breaks;
  breaks = null;
  await how();
}

beforeAll(async () => {
  t = await startTestService({ hooks });
  scene = await Scene.create(t, 'breakable');
});

afterAll(() => t.close());

beforeEach(() => {
  breaks = null;
});

/** A bug: nothing the batcher knows what to do about. */
function fail(): never {
  throw new Error('broken by the test');
}

/** The database ends the connection that holds the transaction. */
async function cut(): Promise<void> {
  await t.database.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL`);
}

/** The database asks for the same once more. */
function collide(): never {
  throw Object.assign(new Error('collided'), { code: '40001' });
}

interface Answer {
  payload: Data | null;
  error: unknown;
}

async function attempt(one: MutationCase, input: Data): Promise<Answer> {
  const document = documentOf(t.service.publicSchema, one.mutation);
  const bearer = await scene.bearer(one.by);
  statements = 0;
  const { data, errors } = await t.run(document, { input }, bearer);
  const error = errors?.[0]?.originalError ?? errors?.[0];
  return { payload: (data[one.mutation] ?? null) as Data | null, error };
}

interface Undisturbed {
  answer: unknown;
  grown: Record<string, number>;
  points: Point[];
}

/** What the mutation does when nothing breaks, and where it could. */
async function undisturbed(one: MutationCase): Promise<Undisturbed> {
  // Once before, so that what a brand needs only once is there.
  await attempt(one, { ...(await one.done(scene)), idempotencyKey: newKey() });
  const input = { ...(await one.done(scene)), idempotencyKey: newKey() };
  const before = await dump(t.database);
  const { payload } = await attempt(one, input);
  const points: Point[] = Array.from({ length: statements }, (_, at) => at + 1);
  expect(codesOf(payload!)).toEqual([]);
  const grown = growth(before, await dump(t.database));
  return { answer: plain(payload), grown, points: [...points, 'beforeCommit'] };
}

/** Where a mutation breaks: everywhere when it is about Mu, else where most has been written. */
function breaking({ mutation }: MutationCase, points: Point[]): Point[] {
  return long || movingMu.has(mutation) ? points : points.slice(-2);
}

/** Sends one request that breaks at point after point, and finds nothing left of it. */
async function expectNothing(
  one: MutationCase,
  input: Data,
  points: Point[],
  how: () => void | Promise<void>,
  failure: unknown,
): Promise<Dump> {
  const before = await dump(t.database);
  for (const at of points) {
    breaks = { at, how };
    const { error } = await attempt(one, input);
    expect({ at, error }).toEqual({ at, error: failure });
  }
  expect(await dump(t.database)).toEqual(before);
  return before;
}

describe.each(mutationCases)('$mutation', (one) => {
  it('leaves nothing when it breaks before a statement or its commit, is done when it breaks after its commit, and says so when sent again (P9, F3, F4)', async () => {
    const { answer, grown, points } = await undisturbed(one);
    expect(points.length).toBeGreaterThan(3);
    const input = { ...(await one.done(scene)), idempotencyKey: newKey() };
    const broken = new Error('broken by the test');
    const before = await expectNothing(one, input, breaking(one, points), fail, broken);
    breaks = { at: 'afterCommit', how: fail };
    expect((await attempt(one, input)).error).toMatchObject({ message: 'broken by the test' });
    const after = await dump(t.database);
    expect(growth(before, after)).toEqual(grown);
    const { payload } = await attempt(one, input);
    expect(plain(payload)).toEqual({ ...(answer as Data), replayed: true });
    expect(await dump(t.database)).toEqual(after);
  });
});

const paying = mutationCases.filter(({ mutation }) =>
  long ? movingMu.has(mutation) : ['recordAttention', 'redeem'].includes(mutation),
);

describe.each(paying)('$mutation, when it is the database that fails,', (one) => {
  it('leaves nothing when its connection is cut before any statement, and is done when sent again (P9, F2)', async () => {
    const { answer, grown, points } = await undisturbed(one);
    const input = { ...(await one.done(scene)), idempotencyKey: newKey() };
    const before = await expectNothing(one, input, points, cut, expect.any(UnavailableError));
    const { payload } = await attempt(one, input);
    expect(plain(payload)).toEqual(answer);
    expect(growth(before, await dump(t.database))).toEqual(grown);
  });

  it('is done once, without a word to the client, after a conflict at any statement (P9, F7)', async () => {
    const { answer, grown, points } = await undisturbed(one);
    for (const at of points) {
      const input = { ...(await one.done(scene)), idempotencyKey: newKey() };
      const before = await dump(t.database);
      breaks = { at, how: collide };
      const { payload } = await attempt(one, input);
      expect(breaks).toBeNull();
      expect({ at, answer: plain(payload) }).toEqual({ at, answer });
      expect(growth(before, await dump(t.database))).toEqual(grown);
    }
  });

  it('is told to come again when every one of its tries meets a conflict, and leaves nothing (F7)', async () => {
    const input = { ...(await one.done(scene)), idempotencyKey: newKey() };
    const before = await dump(t.database);
    let tries = 0;
    const collideAgain = () => {
      tries += 1;
      breaks = { at: 'beforeCommit', how: collideAgain };
      collide();
    };
    breaks = { at: 'beforeCommit', how: collideAgain };
    const { error } = await attempt(one, input);
    expect({ tries, error }).toEqual({ tries: 6, error: expect.any(UnavailableError) });
    breaks = null;
    expect(await dump(t.database)).toEqual(before);
    expect(codesOf((await attempt(one, input)).payload!)).toEqual([]);
  });
});

describe('neighbours in a batch', () => {
  const poison = 'poison of the test';

  beforeAll(async () => {
    await t.database.query(
      `ALTER TABLE attention_events ADD CONSTRAINT no_poison CHECK (user_agent <> '${poison}') NOT VALID`,
    );
  });

  afterAll(() =>
    t.database.query('ALTER TABLE attention_events DROP CONSTRAINT IF EXISTS no_poison'),
  );

  it.each([[[3]], [[0, 7]], [[1, 2, 3, 4, 5, 6]]])(
    'are paid although command %j of theirs cannot be stored (P9, F24)',
    async (bad) => {
      const { externalId } = await scene.customer();
      const scan = { customer: { externalId }, action: 'SCAN' };
      const inputs = Array.from({ length: 8 }, (_, at) => ({
        ...scan,
        idempotencyKey: newKey(),
        userAgent: bad.includes(at) ? poison : 'a browser',
      }));
      reports = [];
      const answers = await Promise.allSettled(
        inputs.map((input) => send(t, scene.brand.apiKey, 'recordAttention', input)),
      );
      expect(reports).toContainEqual(expect.objectContaining({ size: 8, failed: true }));
      expect(answers.flatMap(({ status }, at) => (status === 'rejected' ? [at] : []))).toEqual(bad);
      const balances = answers.flatMap((answer) =>
        answer.status === 'fulfilled' ? [answer.value['wallet'].balance as number] : [],
      );
      const paid = Array.from({ length: 8 - bad.length }, (_, at) => 10 * (at + 1));
      expect(balances).toEqual(paid);
      const first = inputs.find((_, at) => !bad.includes(at))!;
      expect(await send(t, scene.brand.apiKey, 'recordAttention', first)).toMatchObject({
        replayed: true,
        grants: [{ amount: 10 }],
      });
    },
  );
});

/** Jobs with the table in which each notes what it has done, and what is true of a row still to do. */
const jobs = [
  ['expire-holds', 'redemptions', `state = 'PENDING'`],
  ['expire-claims', 'claims', `state = 'PENDING'`],
  ['expire-adjustments', 'adjustments', `state = 'PENDING'`],
  ['break-streaks', 'streaks', 'check_at IS NOT NULL'],
  ['dispatch-outbox', 'outbox', 'dispatched_at IS NULL'],
  [
    'forget-events',
    'outbox',
    `dispatched_at IS NOT NULL AND created_at < now() + interval '1 day'`,
  ],
] as const;

describe('a job that breaks', () => {
  beforeAll(async () => {
    const { externalId } = await scene.customer(20);
    await scene.redemptionOf({ externalId }, 7);
    await scene.answeredClaim();
    await scene.adjustment();
    const visits = { name: 'visits', action: 'VISIT', amount: 3, streak: {} };
    await send(t, scene.brand.apiKey, 'upsertEarnRule', { ...visits, idempotencyKey: newKey() });
    const visit = { customer: { externalId }, action: 'VISIT', idempotencyKey: newKey() };
    await send(t, scene.brand.apiKey, 'recordAttention', visit);
  });

  it.each(jobs)('leaves what is due to %s, and does it at its next turn (P9)', async (...one) => {
    const [name, table, due] = one;
    const { features, database, clock, log, config } = t.service;
    const job = features.flatMap((feature) => feature.jobs).find((known) => known.name === name)!;
    const turn = () => job.run({ config, database, clock, log, limits: config.limits });
    const left = () => t.database.query(`SELECT FROM ${table} WHERE ${due}`);
    expect(await left()).not.toEqual([]);
    await t.database.query(`CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'broken by the test'; END $$`);
    await t.database.query(`CREATE TRIGGER broken BEFORE UPDATE OR DELETE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION refuse()`);
    t.clock.offsetMs = 60 * 86_400_000;
    try {
      const before = await dump(t.database);
      await expect(turn()).rejects.toThrow('broken by the test');
      expect(await dump(t.database)).toEqual(before);
      await t.database.query(`DROP TRIGGER broken ON ${table}`);
      while ((await turn()) > 0);
      expect(await left()).toEqual([]);
    } finally {
      await t.database.query(`DROP TRIGGER IF EXISTS broken ON ${table}`);
      t.clock.offsetMs = 0;
    }
  });
});
