import { identify, tokenOf } from '../customers/people';
import {
  newKey,
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import {
  auditBooks,
  booksOf,
  codesOf,
  customerWith,
  grant,
  operations,
  pending,
  send,
} from './shop';

let t: TestService;
let brand: TestBrand;
let other: TestBrand;

const week = 7 * 86_400_000;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('kaapico', { budget: 1_000_000 });
  other = await t.createBrand('tripkart', { budget: 1_000_000 });
});

beforeEach(async () => {
  t.clock.offsetMs = 2 * week;
  await expire();
  t.clock.offsetMs = 0;
});

afterEach(async () => {
  t.clock.offsetMs = 0;
  await auditBooks(t);
});
afterAll(() => t.close());

async function expire(): Promise<number> {
  const { database, clock, log, config, features } = t.service;
  const job = features.flatMap(({ jobs }) => jobs).find(({ name }) => name === 'expire-holds');
  if (job === undefined) throw new Error('no such job');
  return job.run({ config, database, clock, log, limits: config.limits });
}

async function stateOf(id: string): Promise<Data> {
  const document = 'query ($id: ID!) { redemption(id: $id) { state resolvedAt description } }';
  const { data, errors } = await t.run(document, { id }, brand.apiKey);
  expect(errors).toBeUndefined();
  return data['redemption'] as Data;
}

describe('capturing a redemption', () => {
  test('spends the Mu on hold', async () => {
    const customer = await customerWith(t, brand, 100);
    const { redemption } = await pending(t, brand, customer, 60);
    const payload = await send(t, brand.apiKey, 'captureRedemption', { id: redemption.id });
    expect(payload).toMatchObject({
      redemption: { ...redemption, state: 'CAPTURED', resolvedAt: expect.any(String) },
      transfer: { kind: 'HOLD_CAPTURE', amount: 60 },
      wallet: { balance: 40, held: 0, lifetimeEarned: 100, lifetimeRedeemed: 60 },
      replayed: false,
      userErrors: [],
    });
    expect(await booksOf(t, customer)).toEqual({ wallet: 40, hold: 0 });
    const again = await send(t, brand.apiKey, 'captureRedemption', { id: redemption.id });
    expect(again).toMatchObject({
      redemption: null,
      userErrors: [{ code: 'ALREADY_RESOLVED', field: ['id'] }],
    });
    const late = await send(t, brand.apiKey, 'cancelRedemption', { id: redemption.id });
    expect(codesOf(late)).toEqual(['ALREADY_RESOLVED']);
  });

  test('answers the first answer again for the same key', async () => {
    const customer = await customerWith(t, brand, 100);
    const { redemption, transfer } = await pending(t, brand, customer, 60);
    const input = { id: redemption.id, idempotencyKey: newKey() };
    const first = await send(t, brand.apiKey, 'captureRedemption', input);
    await send(t, brand.apiKey, 'reverseTransfer', { id: first['transfer'].id, reason: 'Mistake' });
    const replay = await send(t, brand.apiKey, 'captureRedemption', input);
    expect(replay).toEqual({ ...first, replayed: true });
    const other = { ...input, id: transfer.id };
    expect(codesOf(await send(t, brand.apiKey, 'captureRedemption', other))).toEqual([
      'IDEMPOTENCY_KEY_REUSED',
    ]);
  });

  test('is possible until the hold ends and refused from then on, job or no job', async () => {
    const customer = await customerWith(t, brand, 100);
    const early = await pending(t, brand, customer, 30);
    const late = await pending(t, brand, customer, 20);
    t.clock.offsetMs = week - 60_000;
    const inTime = await send(t, brand.apiKey, 'captureRedemption', { id: early['redemption'].id });
    expect(codesOf(inTime)).toEqual([]);
    t.clock.offsetMs = week;
    const id = late['redemption'].id as string;
    const before = await send(t, brand.apiKey, 'captureRedemption', { id });
    expect(codesOf(before)).toEqual(['HOLD_EXPIRED']);
    expect(await expire()).toBe(1);
    const after = await send(t, brand.apiKey, 'captureRedemption', { id });
    expect(codesOf(after)).toEqual(['HOLD_EXPIRED']);
    expect(await booksOf(t, customer)).toEqual({ wallet: 70, hold: 0 });
  });

  test('is no business of other brands nor of the customer', async () => {
    const customer = await customerWith(t, brand, 100);
    const { redemption } = await pending(t, brand, customer, 60);
    for (const id of [redemption.id, redemption.id.replace('red', 'trf'), 'red_x', '']) {
      const payload = await send(t, other.apiKey, 'captureRedemption', { id });
      expect(payload['userErrors']).toMatchObject([{ code: 'NOT_FOUND', field: ['id'] }]);
    }
    const theirs = await send(t, other.apiKey, 'cancelRedemption', { id: redemption.id });
    expect(codesOf(theirs)).toEqual(['NOT_FOUND']);
    const token = await tokenOf(t, brand, { id: customer });
    const variables = { input: { id: redemption.id, idempotencyKey: newKey() } };
    await expect(t.run(operations.captureRedemption, variables, token)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await stateOf(redemption.id)).toMatchObject({ state: 'PENDING', resolvedAt: null });
  });
});

describe('cancelling a redemption', () => {
  test('gives the Mu back', async () => {
    const customer = await customerWith(t, brand, 100);
    const { redemption } = await pending(t, brand, customer, 60);
    const payload = await send(t, brand.apiKey, 'cancelRedemption', { id: redemption.id });
    expect(payload).toMatchObject({
      redemption: { state: 'CANCELLED', description: 'Coffee' },
      transfer: { kind: 'HOLD_RELEASE', amount: 60, reason: 'Redemption cancelled' },
      wallet: { balance: 100, held: 0, lifetimeRedeemed: 0 },
    });
  });

  test('is still possible for a hold that has run out and is not yet released', async () => {
    const customer = await customerWith(t, brand, 100);
    const { redemption } = await pending(t, brand, customer, 60);
    t.clock.offsetMs = week;
    const payload = await send(t, brand.apiKey, 'cancelRedemption', { id: redemption.id });
    expect(codesOf(payload)).toEqual([]);
    expect(await expire()).toBe(0);
  });

  test('is the customer’s right too, with any brand, for their own', async () => {
    const { customer } = await identify(t, brand, { externalId: 'ira', email: 'ira@example.in' });
    await identify(t, other, { externalId: 'ira-7', email: 'ira@example.in' });
    const { id } = customer as { id: string };
    const stranger = await customerWith(t, brand, 50);
    const rich = await customerWith(t, other, 50);
    const fromOther = await tokenOf(t, other, { id });
    const mine = await withMu(id, 40);
    const payload = await send(t, fromOther, 'cancelRedemption', { id: mine });
    expect(payload).toMatchObject({
      redemption: { state: 'CANCELLED', description: 'Coffee' },
      wallet: { balance: 40, held: 0 },
    });
    for (const [owner, shop] of [[stranger, brand] as const, [rich, other] as const]) {
      const theirs = await pending(t, shop, owner, 10);
      const refusal = await send(t, fromOther, 'cancelRedemption', { id: theirs['redemption'].id });
      expect(codesOf(refusal)).toEqual(['NOT_FOUND']);
    }
  });

  async function withMu(customer: string, amount: number): Promise<string> {
    await grant(t, brand, customer, amount);
    const { redemption } = await pending(t, brand, customer, amount);
    return redemption.id as string;
  }
});

describe('a hold nobody captured', () => {
  test('is released when it ends, not a moment before, and only once', async () => {
    const customer = await customerWith(t, brand, 100);
    const { redemption } = await pending(t, brand, customer, 60);
    t.clock.offsetMs = week - 60_000;
    expect(await expire()).toBe(0);
    t.clock.offsetMs = week;
    expect(await Promise.all([expire(), expire()]).then(([a, b]) => a + b)).toBe(1);
    expect(await stateOf(redemption.id)).toMatchObject({
      state: 'EXPIRED',
      resolvedAt: expect.any(String),
    });
    expect(await booksOf(t, customer)).toEqual({ wallet: 100, hold: 0 });
    const [release] = await t.database.query(
      `SELECT reason FROM transfers ORDER BY id DESC LIMIT 1`,
    );
    expect(release).toEqual({ reason: 'Redemption expired' });
    const late = await send(t, brand.apiKey, 'cancelRedemption', { id: redemption.id });
    expect(codesOf(late)).toEqual(['ALREADY_RESOLVED']);
  });

  test('is released in as many rounds as it takes', async () => {
    const customer = await customerWith(t, brand, 1000);
    await Promise.all(Array.from({ length: 250 }, () => pending(t, brand, customer, 1)));
    t.clock.offsetMs = week;
    expect([await expire(), await expire(), await expire()]).toEqual([200, 50, 0]);
    expect(await booksOf(t, customer)).toEqual({ wallet: 1000, hold: 0 });
  });
});

describe('redemptions of a customer', () => {
  test('are shown page by page, newest first; to a brand its own, to the customer all', async () => {
    const { customer } = await identify(t, brand, { externalId: 'om', email: 'om@example.in' });
    await identify(t, other, { externalId: 'om-7', email: 'om@example.in' });
    const { id } = customer as { id: string };

    await grant(t, brand, id, 100);
    const amounts = [1, 2, 3, 4, 5];
    for (const amount of amounts) await pending(t, amount === 3 ? other : brand, id, amount);
    const page = async (bearer: string, variables: Record<string, unknown> = {}) => {
      const all = { by: { id }, ...variables };
      const { data, errors } = await t.run(operations.customerRedemptions, all, bearer);
      expect(errors).toBeUndefined();
      const { nodes, pageInfo } = data['customer'].redemptions;
      return { amounts: nodes.map((node: Data) => node['amount'] as number), pageInfo };
    };
    const first = await page(brand.apiKey, { first: 2 });
    expect(first).toMatchObject({ amounts: [5, 4], pageInfo: { hasNextPage: true } });
    const rest = await page(brand.apiKey, { first: 2, after: first.pageInfo.endCursor });
    expect(rest).toMatchObject({ amounts: [2, 1], pageInfo: { hasNextPage: false } });
    expect((await page(other.apiKey)).amounts).toEqual([3]);
    const token = await tokenOf(t, other, { id });
    expect((await page(token)).amounts).toEqual([5, 4, 3, 2, 1]);
  });

  test('are found by id by their brand, their customer and the platform only', async () => {
    const customer = await customerWith(t, brand, 100);
    const neighbour = await customerWith(t, brand, 100);
    const { redemption } = await pending(t, brand, customer, 60);
    const find = async (bearer: string) => {
      const document =
        'query ($id: ID!) { redemption(id: $id) { id customer { id } brand { slug } } }';
      const { data, errors } = await t.run(document, { id: redemption.id }, bearer);
      expect(errors).toBeUndefined();
      return data['redemption'] as Data | null;
    };
    const whole = { id: redemption.id, customer: { id: customer }, brand: { slug: 'kaapico' } };
    expect(await find(brand.apiKey)).toEqual(whole);
    expect(await find(await tokenOf(t, brand, { id: customer }))).toEqual(whole);
    expect(await find(t.platformKey)).toEqual(whole);
    expect(await find(other.apiKey)).toBeNull();
    expect(await find(await tokenOf(t, brand, { id: neighbour }))).toBeNull();
  });

  test('are entities of the federated graph', async () => {
    const customer = await customerWith(t, brand, 100);
    const { redemption } = await pending(t, brand, customer, 60);
    const document = `query ($of: [_Any!]!) {
      _entities(representations: $of) { ... on Redemption { id description state } } }`;
    const ids = ['red_x', redemption.id, 7];
    const of = ids.map((id) => ({ __typename: 'Redemption', id }));
    const found = await t.runSubgraph(document, { of }, brand.apiKey);
    expect(found.errors).toBeUndefined();
    const known = { id: redemption.id, description: 'Coffee', state: 'PENDING' };
    expect(found.data['_entities']).toEqual([null, known, null]);
    const foreign = await t.runSubgraph(document, { of }, other.apiKey);
    expect(foreign.data['_entities']).toEqual([null, null, null]);
  });
});
