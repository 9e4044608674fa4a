import {
  newKey,
  startTestService,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { tokenOf } from '../customers/people';
import { codesOf, newCustomer, operations, send } from './shop';

let t: TestService;
let brand: TestBrand;
let other: TestBrand;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('kaapico');
  other = await t.createBrand('tripkart');
});

afterAll(() => t.close());

const tasting = { externalId: 'tasting', name: 'Tasting with the roaster', price: 300 };

describe('putting an item in the shop', () => {
  test('gives it a minimum balance of 1,000 Mu unless told otherwise', async () => {
    const { shopItem, replayed, userErrors } = await send(
      t,
      brand.apiKey,
      'upsertShopItem',
      tasting,
    );
    expect({ replayed, userErrors }).toEqual({ replayed: false, userErrors: [] });
    expect(shopItem).toMatchObject({
      id: expect.stringMatching(/^itm_[0-9a-z]{26}$/),
      ...tasting,
      description: null,
      minimumBalance: 1000,
      available: true,
    });
  });

  test('changes the item of an id that is there, which keeps its identity', async () => {
    const first = await send(t, brand.apiKey, 'upsertShopItem', { ...tasting, externalId: 'mug' });
    const second = await send(t, brand.apiKey, 'upsertShopItem', {
      externalId: 'mug',
      name: 'Mug',
      description: 'Blue',
      price: 1,
      minimumBalance: 0,
      available: false,
    });
    expect(second['shopItem']).toMatchObject({
      id: first['shopItem'].id,
      createdAt: first['shopItem'].createdAt,
      name: 'Mug',
      description: 'Blue',
      price: 1,
      minimumBalance: 0,
      available: false,
    });
  });

  test('answers each of many at once with its own state, and the last stays', async () => {
    const answers = await Promise.all(
      [11, 12, 13].map((price) =>
        send(t, brand.apiKey, 'upsertShopItem', { ...tasting, externalId: 'many', price }),
      ),
    );
    expect(answers.map(({ shopItem }) => shopItem.price)).toEqual([11, 12, 13]);
    expect(new Set(answers.map(({ shopItem }) => shopItem.id)).size).toBe(1);
    const rows = await t.database.query(`SELECT price FROM shop_items WHERE external_id = 'many'`);
    expect(rows).toEqual([{ price: '13' }]);
  });

  test('answers the first answer again, also after the item has changed', async () => {
    const input = { ...tasting, externalId: 'again', idempotencyKey: newKey() };
    const first = await send(t, brand.apiKey, 'upsertShopItem', input);
    await send(t, brand.apiKey, 'upsertShopItem', { ...tasting, externalId: 'again', price: 5 });
    const replay = await send(t, brand.apiKey, 'upsertShopItem', input);
    expect(replay).toEqual({ ...first, replayed: true });
  });

  test.each([
    ['nothing for a price', 'price', 0, 'AMOUNT_NOT_POSITIVE'],
    ['a price above the largest', 'price', 10 ** 15 + 1, 'AMOUNT_TOO_LARGE'],
    ['a minimum below zero', 'minimumBalance', -1, 'INVALID_VALUE'],
    ['a minimum above the largest', 'minimumBalance', 10 ** 15 + 1, 'INVALID_VALUE'],
    ['an empty name', 'name', ' ', 'INVALID_TEXT'],
    ['a long name', 'name', 'n'.repeat(201), 'INVALID_TEXT'],
    ['a long external id', 'externalId', 'x'.repeat(201), 'INVALID_TEXT'],
    ['a description that cannot be stored', 'description', 'a\u0000b', 'INVALID_TEXT'],
  ])('refuses %s', async (_, field, value, code) => {
    const input = { ...tasting, externalId: 'refused', [field]: value };
    const payload = await send(t, brand.apiKey, 'upsertShopItem', input);
    expect(payload).toMatchObject({ shopItem: null, userErrors: [{ code, field: [field] }] });
    const rows = await t.database.query(`SELECT FROM shop_items WHERE external_id = 'refused'`);
    expect(rows).toHaveLength(0);
  });
});

describe('the shop', () => {
  let fresh: TestBrand;

  beforeAll(async () => {
    fresh = await t.createBrand('dailypaper');
    for (const externalId of ['a', 'b', 'c']) {
      await send(t, fresh.apiKey, 'upsertShopItem', { ...tasting, externalId });
    }
  });

  async function page(bearer: string, variables: Record<string, unknown> = {}) {
    const { data, errors } = await t.run(operations.shopItems, variables, bearer);
    expect(errors).toBeUndefined();
    const { nodes, pageInfo } = data['shopItems'];
    return { ids: nodes.map((node: { externalId: string }) => node.externalId), pageInfo };
  }

  test('is read page by page, the newest item first', async () => {
    const first = await page(fresh.apiKey, { first: 2 });
    expect(first).toMatchObject({ ids: ['c', 'b'], pageInfo: { hasNextPage: true } });
    const rest = await page(fresh.apiKey, { first: 2, after: first.pageInfo.endCursor });
    expect(rest).toMatchObject({ ids: ['a'], pageInfo: { hasNextPage: false } });
  });

  test('shows a customer what the brand that signed them in has, and a brand its own', async () => {
    const customer = await newCustomer(t, fresh);
    const token = await tokenOf(t, fresh, { id: customer });
    expect((await page(token)).ids).toEqual(['c', 'b', 'a']);
    expect((await page(other.apiKey)).ids).toEqual([]);
  });

  test('lets one brand have the same ids as another without meeting it', async () => {
    const theirs = await send(t, other.apiKey, 'upsertShopItem', { ...tasting, name: 'Trip' });
    expect(codesOf(theirs)).toEqual([]);
    const rows = await t.database.query(
      `SELECT name FROM shop_items WHERE external_id = 'tasting' ORDER BY name`,
    );
    expect(rows).toEqual([{ name: 'Tasting with the roaster' }, { name: 'Trip' }]);
  });
});
