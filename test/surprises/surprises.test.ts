import { createHash, createHmac } from 'node:crypto';
import { tokenOf } from '../customers/people';
import { balanceOf, codesOf, must, person, send } from '../referrals/friends';
import {
  newKey,
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';

let t: TestService;
let brand: TestBrand;
let other: TestBrand;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('kaapico', { budget: 1_000_000 });
  other = await t.createBrand('tripkart', { budget: 1_000_000 });
});

afterAll(() => t.close());

const hour = 3_600_000;
const later = (ms: number) => new Date(Date.now() + t.clock.offsetMs + ms).toISOString();

async function poolOf(owner: TestBrand, input: Record<string, unknown> = {}): Promise<Data> {
  const made = await must(t, owner.apiKey, 'create-surprise-pool', {
    externalId: newKey(),
    prizeMu: 50,
    oddsOneIn: 1,
    poolMu: 1000,
    windowHours: 24,
    endsAt: later(30 * 24 * hour),
    ...input,
  });
  return made['surprisePool'] as Data;
}

function draw(pool: Data, customer: { id: string }, key = newKey()): Promise<Data> {
  const input = { poolId: pool['id'], customer: { id: customer.id }, idempotencyKey: key };
  return send(t, brand.apiKey, 'trigger-surprise', input);
}

const close = (pool: Data) => must(t, brand.apiKey, 'close-surprise-pool', { id: pool['id'] });

const audit = async (pool: Data, bearer = brand.apiKey): Promise<Data | null> => {
  const document = `query ($poolId: ID!, $first: Int, $after: String) { surpriseAudit(poolId: $poolId) {
    pool { seed commitment oddsOneIn } drawCount wins paidMu verified mismatches { id }
    draws(first: $first, after: $after) { nodes { input won amount customer { id } }
      pageInfo { endCursor hasNextPage } } } }`;
  const { data, errors } = await t.run(document, { poolId: pool['id'], first: 100 }, bearer);
  expect(errors).toBeUndefined();
  return data['surpriseAudit'] as Data | null;
};

const funds = async (of: TestBrand) =>
  (await t.run('{ brand { budget reserved } }', {}, of.apiKey)).data['brand'];

describe('a pool', () => {
  test('sets its Mu aside and commits itself to a seed it does not show', async () => {
    const own = await t.createBrand('committed', { budget: 1500 });
    const pool = await poolOf(own);
    expect(pool).toMatchObject({
      commitment: expect.stringMatching(/^[0-9a-f]{64}$/),
      seed: null,
      closedAt: null,
    });
    expect(await funds(own)).toEqual({ budget: 500, reserved: 1000 });
    const [stored] = await t.database.query<{ seed: Buffer }>(
      `SELECT seed FROM surprise_pools WHERE external_id = $1`,
      [pool['externalId']],
    );
    const hex = stored!.seed.toString('hex');
    const kept = await t.database.query<{ text: string }>(
      `SELECT coalesce(answer::text, '') AS text FROM idempotency_keys UNION ALL SELECT payload::text FROM outbox`,
    );
    expect(kept.filter(({ text }) => text.includes(hex))).toEqual([]);
    expect(createHash('sha256').update(stored!.seed).digest('hex')).toBe(pool['commitment']);
  });

  test.each([
    [{ prizeMu: 0 }, 'AMOUNT_NOT_POSITIVE', 'prizeMu'],
    [{ poolMu: 49 }, 'INVALID_VALUE', 'poolMu'],
    [{ poolMu: 10 ** 9 }, 'BUDGET_EXHAUSTED', 'poolMu'],
    [{ oddsOneIn: 0 }, 'INVALID_VALUE', 'oddsOneIn'],
    [{ oddsOneIn: 10 ** 9 + 1 }, 'INVALID_VALUE', 'oddsOneIn'],
    [{ windowHours: 8785 }, 'INVALID_VALUE', 'windowHours'],
    [{ endsAt: '2026-01-01T00:00:00Z' }, 'INVALID_VALUE', 'endsAt'],
    [{ startsAt: '2126-01-01T00:00:00Z' }, 'INVALID_VALUE', 'startsAt'],
    [{ externalId: ' ' }, 'INVALID_TEXT', 'externalId'],
  ])('is refused as %j with %s', async (input, code, field) => {
    const before = await funds(brand);
    const payload = await send(t, brand.apiKey, 'create-surprise-pool', {
      externalId: newKey(),
      prizeMu: 50,
      oddsOneIn: 20,
      poolMu: 1000,
      windowHours: 24,
      endsAt: later(hour),
      ...input,
    });
    expect(payload).toMatchObject({ surprisePool: null, userErrors: [{ code, field: [field] }] });
    expect(await funds(brand)).toEqual(before);
  });

  test('has a name of its own with the brand', async () => {
    const { externalId } = await poolOf(brand);
    await poolOf(other, { externalId });
    await expect(poolOf(brand, { externalId })).rejects.toThrow('ALREADY_EXISTS');
  });

  test('gives the exact rest back when it is closed, publishes its seed, and draws no more', async () => {
    const own = await t.createBrand('closing', { budget: 1000 });
    const pool = await poolOf(own, { poolMu: 700 });
    const customer = await person(t, own);
    const input = { poolId: pool['id'], customer: { id: customer.id } };
    await must(t, own.apiKey, 'trigger-surprise', input);
    const closed = await must(t, own.apiKey, 'close-surprise-pool', { id: pool['id'] });
    expect(closed).toMatchObject({ released: 650 });
    const { seed, commitment } = closed['surprisePool'];
    expect(createHash('sha256').update(Buffer.from(seed, 'hex')).digest('hex')).toBe(commitment);
    expect(commitment).toBe(pool['commitment']);
    expect(await funds(own)).toEqual({ budget: 950, reserved: 0 });
    const again = await send(t, own.apiKey, 'close-surprise-pool', { id: pool['id'] });
    expect(codesOf(again)).toEqual(['ALREADY_RESOLVED']);
    const another = { ...input, customer: { id: (await person(t, own)).id } };
    const late = await send(t, own.apiKey, 'trigger-surprise', another);
    expect(codesOf(late)).toEqual(['POOL_CLOSED']);
    const foreign = await send(t, other.apiKey, 'close-surprise-pool', { id: pool['id'] });
    expect(codesOf(foreign)).toEqual(['NOT_FOUND']);
  });
});

describe('a draw', () => {
  test('pays a win out of the pool and tells of it', async () => {
    const pool = await poolOf(brand);
    const customer = await person(t, brand);
    const payload = await draw(pool, customer);
    expect(payload).toMatchObject({
      surpriseDraw: { won: true, amount: 50, window: 0, input: `${pool['id']}|${customer.id}|0` },
      firstDraw: true,
    });
    expect(await balanceOf(t, brand, customer)).toBe(50);
    const told = await t.database.query(
      `SELECT payload FROM outbox WHERE topic = 'surprise.received' AND payload ->> 'poolId' = $1`,
      [pool['id']],
    );
    const drawId = payload['surpriseDraw'].id;
    expect(told).toEqual([{ payload: { poolId: pool['id'], drawId, amount: 50 } }]);
  });

  test('is made once in a window, whatever the keys, also by 64 callers at the same moment', async () => {
    const pool = await poolOf(brand, { oddsOneIn: 2 });
    const customer = await person(t, brand);
    const answers = await Promise.all(Array.from({ length: 64 }, () => draw(pool, customer)));
    expect(new Set(answers.map((one) => one['surpriseDraw'].id)).size).toBe(1);
    expect(answers.filter((one) => one['firstDraw'])).toHaveLength(1);
    const { won } = answers[0]!['surpriseDraw'];
    expect(await balanceOf(t, brand, customer)).toBe(won ? 50 : 0);
  });

  test('is made anew in the next window', async () => {
    const pool = await poolOf(brand);
    const customer = await person(t, brand);
    await draw(pool, customer);
    const before = t.clock.offsetMs;
    try {
      t.clock.offsetMs = before + 24 * hour + 1000;
      const next = await draw(pool, customer);
      expect(next).toMatchObject({ surpriseDraw: { window: 1 }, firstDraw: true });
    } finally {
      t.clock.offsetMs = before;
    }
    expect(await balanceOf(t, brand, customer)).toBe(100);
  });

  test('never spends more than the pool holds, with 64 callers at the same moment', async () => {
    const pool = await poolOf(brand, { poolMu: 549 });
    const people = await Promise.all(Array.from({ length: 64 }, () => person(t, brand)));
    const answers = await Promise.all(people.map((customer) => draw(pool, customer)));
    const won = answers.filter((one) => one['surpriseDraw']?.won === true);
    expect(won).toHaveLength(10);
    const refused = answers.flatMap(codesOf);
    expect(refused).toHaveLength(54);
    expect(new Set(refused)).toEqual(new Set(['BUDGET_EXHAUSTED']));
    expect(await close(pool)).toMatchObject({ released: 49 });
    expect(await audit(pool)).toMatchObject({
      drawCount: 10,
      wins: 10,
      paidMu: 500,
      verified: true,
    });
  });

  test('is not made before the pool begins nor after it ends, nor for strangers', async () => {
    const pool = await poolOf(brand, { startsAt: later(hour), endsAt: later(2 * hour) });
    const customer = await person(t, brand);
    expect(codesOf(await draw(pool, customer))).toEqual(['POOL_CLOSED']);
    const before = t.clock.offsetMs;
    try {
      t.clock.offsetMs = before + 2 * hour;
      expect(codesOf(await draw(pool, customer))).toEqual(['POOL_CLOSED']);
      t.clock.offsetMs = before + 1.5 * hour;
      expect(codesOf(await draw(pool, customer))).toEqual([]);
    } finally {
      t.clock.offsetMs = before;
    }
    const open = await poolOf(brand);
    expect(codesOf(await draw(open, await person(t, other)))).toEqual(['NOT_FOUND']);
    expect(codesOf(await draw(await poolOf(other), customer))).toEqual(['NOT_FOUND']);
  });
});

describe('the audit', () => {
  test('draws everything again, and anybody can do the same by hand', async () => {
    const pool = await poolOf(brand, { oddsOneIn: 3, poolMu: 5000 });
    const people = await Promise.all(Array.from({ length: 40 }, () => person(t, brand)));
    await Promise.all(people.map((customer) => draw(pool, customer)));
    expect(await audit(pool)).toBeNull();
    await close(pool);
    const found = (await audit(pool)) as Data;
    expect(found).toMatchObject({ drawCount: 40, verified: true, mismatches: [] });
    const seed = Buffer.from(found['pool'].seed as string, 'hex');
    expect(createHash('sha256').update(seed).digest('hex')).toBe(found['pool'].commitment);
    const byHand = (found['draws'].nodes as Data[]).map(({ input }) => {
      const digest = createHmac('sha256', seed).update(input).digest('hex');
      return BigInt(`0x${digest}`) * 3n < 2n ** 256n;
    });
    expect(found['draws'].nodes.map(({ won }: Data) => won)).toEqual(byHand);
    expect(found['wins']).toBe(byHand.filter(Boolean).length);
    expect(found['paidMu']).toBe(found['wins'] * 50);
    expect(byHand.filter(Boolean).length).toBeGreaterThan(0);
    expect(await audit(pool, other.apiKey)).toBeNull();
    const token = await tokenOf(t, brand, { id: people[0]!.id });
    const own = (await audit(pool, token)) as Data;
    expect(own).toMatchObject({ drawCount: 1, verified: true });
    expect(own['draws'].nodes).toMatchObject([{ customer: { id: people[0]!.id } }]);
    const stranger = await tokenOf(t, brand, { id: (await person(t, brand)).id });
    expect(await audit(pool, stranger)).toBeNull();
  });

  test('still holds when a customer has been found to be another', async () => {
    const pool = await poolOf(brand);
    const [from, into] = [await person(t, brand), await person(t, brand)];
    await draw(pool, from);
    const merge = `mutation ($input: MergeCustomersInput!) {
      mergeCustomers(input: $input) { userErrors { code } } }`;
    const by = { from: { id: from.id }, into: { id: into.id }, reason: 'one card' };
    const input = { ...by, idempotencyKey: newKey() };
    const { data } = await t.run(merge, { input }, brand.apiKey);
    expect(data['mergeCustomers'].userErrors).toEqual([]);
    await close(pool);
    expect(await audit(pool)).toMatchObject({ drawCount: 1, verified: true });
  });

  test('finds a draw that was changed, and a seed that was exchanged', async () => {
    const pool = await poolOf(brand, { oddsOneIn: 1_000_000 });
    const customer = await person(t, brand);
    const made = await draw(pool, customer);
    await close(pool);
    const id = made['surpriseDraw'].id as string;
    const forged = `UPDATE surprise_draws SET won = true, amount = 50, transfer_id = id WHERE amount = 0
      AND pool_id = (SELECT id FROM surprise_pools WHERE external_id = $1)`;
    await t.database.query(forged, [pool['externalId']]);
    expect(await audit(pool)).toMatchObject({ verified: false, mismatches: [{ id }] });
    const quiet = await poolOf(brand);
    await close(quiet);
    expect(await audit(quiet)).toMatchObject({ verified: true, drawCount: 0 });
    const exchanged = `UPDATE surprise_pools SET seed = sha256(seed) WHERE external_id = $1`;
    await t.database.query(exchanged, [quiet['externalId']]);
    expect(await audit(quiet)).toMatchObject({ verified: false, mismatches: [] });
  });
});
