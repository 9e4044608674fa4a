import { brandId } from '../../src/brands';
import { booksOf, codesOf, customerWith, grant } from '../shop/shop';
import {
  newKey,
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { send, tokenFor, walletOf } from './wallets';

const week = 7 * 86_400_000;

let t: TestService;
let brand: TestBrand;
let other: TestBrand;
/** Another person's key of the brand. */
let second: string;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('kaapico', { budget: 100_000 });
  other = await t.createBrand('tripkart', { budget: 100_000 });
  second = await keyOf(brand);
});

afterEach(() => {
  t.clock.offsetMs = 0;
});

afterAll(() => t.close());

async function keyOf({ apiKey }: TestBrand): Promise<string> {
  const { data } = await t.run(
    `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }`,
    { input: { name: 'another person', scopes: ['LEDGER', 'READ'], idempotencyKey: newKey() } },
    apiKey,
  );
  return data['createApiKey'].secret as string;
}

function ask(bearer: string, customer: string, input: Record<string, unknown> = {}): Promise<Data> {
  return send(t, bearer, 'requestAdjustment', {
    customer: { id: customer },
    direction: 'CREDIT',
    amount: 40,
    reason: 'Lost in the move of June',
    ...input,
  });
}

async function asked(customer: string, input: Record<string, unknown> = {}): Promise<string> {
  return (await ask(brand.apiKey, customer, input))['adjustment'].id as string;
}

const budgetOf = async ({ id }: TestBrand): Promise<number> => {
  const rows = await t.database.query<{ balance: string }>(
    `SELECT balance FROM accounts WHERE kind = 'BUDGET' AND owner = $1`,
    [brandId.decode(id)],
  );
  return Number(rows[0]?.balance);
};

describe('a correction by hand', () => {
  test('moves nothing until another key approves it, then out of the budget', async () => {
    const customer = await customerWith(t, brand, 10);
    const before = await budgetOf(brand);
    const { adjustment } = await ask(brand.apiKey, customer);
    expect(adjustment).toMatchObject({
      id: expect.stringMatching(/^adj_/),
      state: 'PENDING',
      decidedAt: null,
    });
    expect(Date.parse(adjustment.expiresAt) - Date.parse(adjustment.requestedAt)).toBe(week);
    expect((await booksOf(t, customer)).wallet).toBe(10);
    const done = await send(t, second, 'approveAdjustment', { id: adjustment.id });
    expect(done).toMatchObject({
      adjustment: { id: adjustment.id, state: 'APPROVED' },
      transfer: { kind: 'ADJUSTMENT', amount: 40, reason: 'Lost in the move of June' },
      userErrors: [],
    });
    expect([(await booksOf(t, customer)).wallet, before - (await budgetOf(brand))]).toEqual([
      50, 40,
    ]);
    const hers = await walletOf(t, await tokenFor(t, brand, customer), customer);
    expect(hers).toMatchObject({ balance: 50, lifetimeEarned: 10 });
    expect(hers['statement'].nodes[0]).toMatchObject({ amount: 40, kind: 'ADJUSTMENT' });
  });

  test('is approved by nobody who asked for it: not the key, not the platform', async () => {
    const customer = await customerWith(t, brand, 10);
    const id = await asked(customer);
    const own = await send(t, brand.apiKey, 'approveAdjustment', { id });
    expect(own).toMatchObject({
      adjustment: null,
      userErrors: [{ code: 'SECOND_PERSON_NEEDED', field: ['id'] }],
    });
    const platform = await ask(t.platformKey, customer, { brandId: brand.id });
    const platforms = { id: platform['adjustment'].id as string };
    expect(codesOf(await send(t, t.platformKey, 'approveAdjustment', platforms))).toEqual([
      'SECOND_PERSON_NEEDED',
    ]);
    expect(codesOf(await send(t, brand.apiKey, 'approveAdjustment', platforms))).toEqual([]);
    expect(codesOf(await send(t, t.platformKey, 'approveAdjustment', { id }))).toEqual([]);
    expect((await booksOf(t, customer)).wallet).toBe(90);
  });

  test('is decided once, also by 16 at the same moment', async () => {
    const customer = await customerWith(t, brand, 10);
    const id = await asked(customer);
    const payloads = await Promise.all(
      Array.from({ length: 16 }, (_, at) =>
        send(t, second, at % 2 ? 'approveAdjustment' : 'declineAdjustment', { id }),
      ),
    );
    const codes = payloads.map((payload) => codesOf(payload)[0] ?? 'DONE');
    expect(codes.filter((code) => code === 'DONE')).toHaveLength(1);
    expect(codes.filter((code) => code === 'ALREADY_RESOLVED')).toHaveLength(15);
  });

  test('may be declined, by whoever asked for it too, and then moves nothing', async () => {
    const customer = await customerWith(t, brand, 10);
    for (const bearer of [brand.apiKey, second]) {
      const id = await asked(customer);
      const { adjustment } = await send(t, bearer, 'declineAdjustment', { id });
      expect(adjustment).toMatchObject({ state: 'DECLINED' });
      expect(codesOf(await send(t, second, 'approveAdjustment', { id }))).toEqual([
        'ALREADY_RESOLVED',
      ]);
    }
    expect((await booksOf(t, customer)).wallet).toBe(10);
  });

  test('expires after a week, for everybody at once and in the books by the job', async () => {
    const customer = await customerWith(t, brand, 10);
    const [late, early] = [await asked(customer), await asked(customer)];
    t.clock.offsetMs = week - 60_000;
    expect(codesOf(await send(t, second, 'approveAdjustment', { id: early }))).toEqual([]);
    t.clock.offsetMs = week + 60_000;
    expect(codesOf(await send(t, second, 'approveAdjustment', { id: late }))).toEqual([
      'REQUEST_EXPIRED',
    ]);
    const { database, clock, log, config, features } = t.service;
    const job = features
      .flatMap(({ jobs }) => jobs)
      .find(({ name }) => name === 'expire-adjustments');
    expect(await job?.run({ database, clock, log, limits: config.limits, config })).toBe(1);
    const { data } = await t.run(
      '{ adjustments(first: 100) { nodes { id state } } }',
      {},
      brand.apiKey,
    );
    const states = new Map<string, string>(
      data['adjustments'].nodes.map((node: Data) => [node['id'], node['state']]),
    );
    expect([states.get(late), states.get(early)]).toEqual(['EXPIRED', 'APPROVED']);
    expect(codesOf(await send(t, second, 'declineAdjustment', { id: late }))).toEqual([
      'REQUEST_EXPIRED',
    ]);
  });
});

describe('a correction takes', () => {
  test('at most the brand’s own share out of a wallet', async () => {
    const customer = await customerWith(t, brand, 30);
    const email = 'shared@example.in';
    const identify = `mutation ($input: IdentifyCustomerInput!) {
      identifyCustomer(input: $input) { customer { id } } }`;
    const ids: string[] = [];
    for (const { apiKey } of [brand, other]) {
      const { data } = await t.run(
        identify,
        { input: { email, idempotencyKey: newKey() } },
        apiKey,
      );
      ids.push(data['identifyCustomer'].customer.id as string);
    }
    const [both = ''] = ids;
    await grant(t, brand, both, 30);
    await grant(t, other, both, 500);
    for (const [whose, amount, code] of [
      [both, 31, 'INSUFFICIENT_MU'],
      [both, 30, undefined],
      [customer, 31, 'INSUFFICIENT_MU'],
      [customer, 30, undefined],
    ] as const) {
      const id = await asked(whose, { direction: 'DEBIT', amount });
      const payload = await send(t, second, 'approveAdjustment', { id });
      expect([amount, codesOf(payload)[0]]).toEqual([amount, code]);
    }
    expect((await booksOf(t, both)).wallet).toBe(500);
  });

  test('no more out of the budget than there is, and nothing into a closed wallet', async () => {
    const customer = await customerWith(t, brand, 1);
    const dear = await asked(customer, { amount: 1_000_000 });
    expect(codesOf(await send(t, second, 'approveAdjustment', { id: dear }))).toEqual([
      'BUDGET_EXHAUSTED',
    ]);
    const id = await asked(customer);
    await send(t, brand.apiKey, 'optOutOfMu', { customer: { id: customer } });
    expect(codesOf(await send(t, second, 'approveAdjustment', { id }))).toEqual([
      'CUSTOMER_OPTED_OUT',
    ]);
  });
});

describe('asking for a correction', () => {
  test.each([
    ['nothing', { amount: 0 }, 'AMOUNT_NOT_POSITIVE', 'amount'],
    ['too much', { amount: 10 ** 15 + 1 }, 'AMOUNT_TOO_LARGE', 'amount'],
    ['no reason', { reason: ' ' }, 'INVALID_TEXT', 'reason'],
    ['nobody', { customer: { externalId: 'nobody' } }, 'NOT_FOUND', 'customer'],
  ])('is refused for %s', async (_, input, code, field) => {
    const customer = await customerWith(t, brand, 1);
    const payload = await ask(brand.apiKey, customer, input);
    expect(payload).toMatchObject({ adjustment: null, userErrors: [{ code, field: [field] }] });
  });

  test('is refused for the platform without a brand, and for a brand that names another', async () => {
    const customer = await customerWith(t, brand, 1);
    expect(codesOf(await ask(t.platformKey, customer))).toEqual(['INVALID_VALUE']);
    expect(codesOf(await ask(brand.apiKey, customer, { brandId: other.id }))).toEqual([
      'NOT_FOUND',
    ]);
  });

  test('and deciding is for the brand’s own only', async () => {
    const customer = await customerWith(t, brand, 1);
    const id = await asked(customer);
    for (const name of ['approveAdjustment', 'declineAdjustment'] as const) {
      expect(codesOf(await send(t, other.apiKey, name, { id }))).toEqual(['NOT_FOUND']);
    }
    const { data } = await t.run('{ adjustments { nodes { id } } }', {}, other.apiKey);
    expect(data['adjustments'].nodes).toEqual([]);
  });

  test('is replayed as it was answered, also after it was decided', async () => {
    const customer = await customerWith(t, brand, 1);
    const input = {
      customer: { id: customer },
      direction: 'CREDIT',
      amount: 1,
      reason: 'x',
      idempotencyKey: newKey(),
    };
    const first = await send(t, brand.apiKey, 'requestAdjustment', input);
    await send(t, second, 'approveAdjustment', { id: first['adjustment'].id });
    const replay = await send(t, brand.apiKey, 'requestAdjustment', input);
    expect(replay).toEqual({ ...first, replayed: true });
  });
});
