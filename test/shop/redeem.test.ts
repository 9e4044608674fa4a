import { brandId } from '../../src/brands';
import { identify, tokenOf } from '../customers/people';
import {
  newKey,
  startTestService,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { auditBooks, booksOf, codesOf, customerWith, grant, newCustomer, send } from './shop';

let t: TestService;
let brand: TestBrand;
let other: TestBrand;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('kaapico', { budget: 1_000_000 });
  other = await t.createBrand('tripkart', { budget: 1_000_000 });
});

afterEach(() => auditBooks(t));
afterAll(() => t.close());

async function itemOf(owner: TestBrand, input: Record<string, unknown>): Promise<string> {
  const whole = { externalId: newKey(), name: 'Tasting', price: 300, ...input };
  const { shopItem } = await send(t, owner.apiKey, 'upsertShopItem', whole);
  return shopItem.id as string;
}

describe('redeeming an amount', () => {
  test('puts it on hold for a week', async () => {
    const customer = await customerWith(t, brand, 100);
    const payload = await send(t, brand.apiKey, 'redeem', {
      amount: 60,
      description: ' Coffee for two ',
      customer: { id: customer },
    });
    expect(payload).toMatchObject({
      redemption: {
        id: expect.stringMatching(/^red_[0-9a-z]{26}$/),
        amount: 60,
        description: 'Coffee for two',
        state: 'PENDING',
        resolvedAt: null,
        item: null,
      },
      transfer: { kind: 'HOLD', amount: 60, reason: 'Redeemed' },
      wallet: { balance: 40, held: 60, lifetimeEarned: 100, lifetimeRedeemed: 0 },
      replayed: false,
      userErrors: [],
    });
    const { createdAt, expiresAt } = payload['redemption'];
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(7 * 86_400_000);
    expect(await booksOf(t, customer)).toEqual({ wallet: 40, hold: 60 });
  });

  test('may take the last Mu and not one more', async () => {
    const customer = await customerWith(t, brand, 10);
    const input = { description: 'Coffee', customer: { id: customer } };
    const tooMuch = await send(t, brand.apiKey, 'redeem', { ...input, amount: 11 });
    expect(tooMuch).toMatchObject({
      redemption: null,
      transfer: null,
      wallet: null,
      userErrors: [{ code: 'INSUFFICIENT_MU', field: ['amount'] }],
    });
    const all = await send(t, brand.apiKey, 'redeem', { ...input, amount: 10 });
    expect(all['wallet']).toMatchObject({ balance: 0, held: 10 });
  });

  test('spends what other brands granted, without telling the brand what that is', async () => {
    const { customer } = await identify(t, brand, { externalId: 'ira', email: 'ira@example.in' });
    await identify(t, other, { externalId: 'ira-7', email: 'ira@example.in' });
    const { id } = customer as { id: string };
    await grant(t, brand, id, 10);
    await grant(t, other, id, 500);
    const input = { amount: 100, description: 'Trip', customer: { id } };
    const payload = await send(t, brand.apiKey, 'redeem', input);
    expect(payload['wallet']).toMatchObject({ balance: 0, held: 100, lifetimeEarned: 10 });
    const token = await tokenOf(t, brand, { id });
    const own = await send(t, token, 'redeem', { amount: 1, description: 'Trip' });
    expect(own['wallet']).toMatchObject({ balance: 409, held: 101, lifetimeEarned: 510 });
  });

  test.each([
    ['neither an item nor an amount', {}, 'INVALID_VALUE', null],
    ['both an item and an amount', { itemId: 'itm_x', amount: 1 }, 'INVALID_VALUE', null],
    ['an amount without a description', { amount: 1 }, 'INVALID_VALUE', ['description']],
    ['an item with one', { itemId: 'itm_x', description: 'x' }, 'INVALID_VALUE', ['description']],
    ['no customer', { amount: 1, description: 'x', customer: null }, 'INVALID_VALUE', ['customer']],
    ['nothing', { amount: 0, description: 'x' }, 'AMOUNT_NOT_POSITIVE', ['amount']],
    ['too much', { amount: 10 ** 15 + 1, description: 'x' }, 'AMOUNT_TOO_LARGE', ['amount']],
    ['an empty description', { amount: 1, description: ' ' }, 'INVALID_TEXT', ['description']],
    ['an item that is none', { itemId: 'itm_x' }, 'NOT_FOUND', ['itemId']],
  ])('is refused for %s', async (_, changes, code, field) => {
    const customer = await customerWith(t, brand, 10);
    const input = { customer: { id: customer }, ...changes };
    const payload = await send(t, brand.apiKey, 'redeem', input);
    expect(payload).toMatchObject({ redemption: null, userErrors: [{ code, field }] });
    expect(await booksOf(t, customer)).toEqual({ wallet: 10, hold: 0 });
  });

  test('is refused for customers the brand does not know', async () => {
    const theirs = await customerWith(t, other, 10);
    for (const customer of [{ id: theirs }, { externalId: 'nobody' }, { id: 'cus_x' }]) {
      const input = { amount: 1, description: 'x', customer };
      const payload = await send(t, brand.apiKey, 'redeem', input);
      expect(payload['userErrors']).toMatchObject([{ code: 'NOT_FOUND', field: ['customer'] }]);
    }
  });
});

describe('redeeming an item', () => {
  test('costs its price and keeps its name', async () => {
    const customer = await customerWith(t, brand, 1000);
    const itemId = await itemOf(brand, { name: 'Tasting with the roaster' });
    const input = { itemId, customer: { id: customer } };
    const payload = await send(t, brand.apiKey, 'redeem', input);
    expect(payload).toMatchObject({
      redemption: { amount: 300, description: 'Tasting with the roaster', item: { id: itemId } },
      transfer: { reason: 'Redeemed: Tasting with the roaster' },
      wallet: { balance: 700, held: 300 },
    });
  });

  test('asks for the minimum balance first, then for the price', async () => {
    const customer = await customerWith(t, brand, 999);
    const dear = await itemOf(brand, { price: 1001 });
    const input = { itemId: dear, customer: { id: customer } };
    const poor = await send(t, brand.apiKey, 'redeem', input);
    expect(poor['userErrors']).toMatchObject([
      { code: 'BELOW_MINIMUM_BALANCE', field: ['itemId'] },
    ]);
    await grant(t, brand, customer, 1);
    const richer = await send(t, brand.apiKey, 'redeem', input);
    expect(richer['userErrors']).toMatchObject([{ code: 'INSUFFICIENT_MU', field: ['itemId'] }]);
    await grant(t, brand, customer, 1);
    expect(codesOf(await send(t, brand.apiKey, 'redeem', input))).toEqual([]);
  });

  test('counts what other brands granted towards the minimum balance', async () => {
    const { customer } = await identify(t, brand, { externalId: 'om', email: 'om@example.in' });
    await identify(t, other, { externalId: 'om-7', email: 'om@example.in' });
    const { id } = customer as { id: string };
    await grant(t, other, id, 1000);
    const itemId = await itemOf(brand, {});
    const payload = await send(t, brand.apiKey, 'redeem', { itemId, customer: { id } });
    expect(codesOf(payload)).toEqual([]);
  });

  test('is refused for one that is not available and for another brand’s', async () => {
    const customer = await customerWith(t, brand, 1000);
    const gone = await itemOf(brand, { available: false });
    const theirs = await itemOf(other, {});
    const input = { customer: { id: customer } };
    const first = await send(t, brand.apiKey, 'redeem', { ...input, itemId: gone });
    expect(codesOf(first)).toEqual(['NOT_AVAILABLE']);
    const second = await send(t, brand.apiKey, 'redeem', { ...input, itemId: theirs });
    expect(codesOf(second)).toEqual(['NOT_FOUND']);
  });
});

describe('a customer redeeming for themselves', () => {
  test('does so with the brand that signed them in', async () => {
    const customer = await customerWith(t, brand, 100);
    const token = await tokenOf(t, brand, { id: customer });
    const payload = await send(t, token, 'redeem', { amount: 30, description: 'Coffee' });
    expect(payload['wallet']).toMatchObject({ balance: 70, held: 30 });
    const rows = await t.database.query('SELECT brand_id FROM redemptions WHERE amount = 30');
    expect(rows).toEqual([{ brand_id: brandId.decode(brand.id) }]);
  });

  test('may name themselves and nobody else', async () => {
    const customer = await customerWith(t, brand, 100);
    const neighbour = await customerWith(t, brand, 100);
    const token = await tokenOf(t, brand, { id: customer });
    const input = { amount: 30, description: 'Coffee' };
    const own = await send(t, token, 'redeem', { ...input, customer: { id: customer } });
    expect(codesOf(own)).toEqual([]);
    const theirs = await send(t, token, 'redeem', { ...input, customer: { id: neighbour } });
    expect(theirs['userErrors']).toMatchObject([{ code: 'NOT_FOUND', field: ['customer'] }]);
    expect(await booksOf(t, neighbour)).toEqual({ wallet: 100, hold: 0 });
  });
});

describe('redeeming again with the same key', () => {
  test('answers the first answer and holds nothing more, also after the redemption has ended', async () => {
    const customer = await customerWith(t, brand, 100);
    const input = {
      amount: 60,
      description: 'Coffee',
      customer: { id: customer },
      idempotencyKey: newKey(),
    };
    const first = await send(t, brand.apiKey, 'redeem', input);
    await send(t, brand.apiKey, 'captureRedemption', { id: first['redemption'].id });
    const replay = await send(t, brand.apiKey, 'redeem', input);
    expect(replay).toEqual({ ...first, replayed: true });
    expect(await booksOf(t, customer)).toEqual({ wallet: 40, hold: 0 });
  });

  test('answers a refusal again, also after Mu has arrived', async () => {
    const customer = await newCustomer(t, brand);
    const input = {
      amount: 60,
      description: 'Coffee',
      customer: { id: customer },
      idempotencyKey: newKey(),
    };
    const first = await send(t, brand.apiKey, 'redeem', input);
    expect(codesOf(first)).toEqual(['INSUFFICIENT_MU']);
    await grant(t, brand, customer, 100);
    const replay = await send(t, brand.apiKey, 'redeem', input);
    expect(replay).toEqual({ ...first, replayed: true });
    expect(await booksOf(t, customer)).toEqual({ wallet: 100, hold: 0 });
    const changed = await send(t, brand.apiKey, 'redeem', { ...input, amount: 61 });
    expect(codesOf(changed)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  });

  test('stores no word of the description with the key', async () => {
    const customer = await customerWith(t, brand, 100);
    const description = 'Dinner with Asha Rao';
    await send(t, brand.apiKey, 'redeem', { amount: 1, description, customer: { id: customer } });
    const rows = await t.database.query(
      `SELECT FROM idempotency_keys WHERE answer::text LIKE '%Asha Rao%'`,
    );
    expect(rows).toHaveLength(0);
  });
});
