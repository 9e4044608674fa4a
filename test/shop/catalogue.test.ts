import {
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { tokenOf } from '../customers/people';
import { codesOf, customerWith, grant, newCustomer, send } from './shop';

let t: TestService;
let brand: TestBrand;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('kaapico', { budget: 1_000_000 });
});

afterAll(() => t.close());

describe('what the platform puts into a brand’s shop', () => {
  let other: TestBrand;
  const cup = { externalId: 'cup', name: 'Cup', price: 10, minimumBalance: 0, stock: 5 };

  beforeAll(async () => {
    other = await t.createBrand('tripkart', { budget: 10_000 });
  });

  function publish(input: Record<string, unknown>): Promise<Data> {
    return send(t, t.platformKey, 'upsertShopItem', { brandId: brand.id, ...cup, ...input });
  }

  test('is redeemed by customers of another brand, and given and captured by the one it names', async () => {
    const { shopItem } = await publish({});
    expect(shopItem).toMatchObject({ everywhere: true, stock: 5 });
    const customer = await customerWith(t, other, 100);
    const token = await tokenOf(t, other, { id: customer });
    const { redemption, wallet } = await send(t, token, 'redeem', { itemId: shopItem.id });
    expect({ state: redemption.state, balance: wallet.balance }).toEqual({
      state: 'PENDING',
      balance: 90,
    });
    const theirs = await send(t, other.apiKey, 'captureRedemption', { id: redemption.id });
    expect(codesOf(theirs)).toEqual(['NOT_FOUND']);
    const captured = await send(t, brand.apiKey, 'captureRedemption', { id: redemption.id });
    expect(captured['redemption']).toMatchObject({ state: 'CAPTURED' });
  });

  test('is in the shop a person sees with any brand, and not in another brand’s own', async () => {
    const { shopItem } = await publish({ externalId: 'seen' });
    const token = await tokenOf(t, other, { id: await customerWith(t, other, 1) });
    const idsFor = async (bearer: string) => {
      const { data } = await t.run('{ shopItems(first: 100) { nodes { id } } }', {}, bearer);
      return data['shopItems'].nodes.map((node: Data) => node['id'] as string) as string[];
    };
    expect(await idsFor(token)).toContain(shopItem.id);
    expect(await idsFor(brand.apiKey)).toContain(shopItem.id);
    expect(await idsFor(other.apiKey)).not.toContain(shopItem.id);
  });

  test('is changed by the platform alone, and a brand’s own item by the brand alone', async () => {
    await publish({ externalId: 'mine' });
    const byBrand = await send(t, brand.apiKey, 'upsertShopItem', { ...cup, externalId: 'mine' });
    expect(byBrand).toMatchObject({ shopItem: null, userErrors: [{ code: 'ALREADY_EXISTS' }] });
    await send(t, brand.apiKey, 'upsertShopItem', { ...cup, externalId: 'yours' });
    expect(codesOf(await publish({ externalId: 'yours' }))).toEqual(['ALREADY_EXISTS']);
  });

  test('needs a brand that exists', async () => {
    expect(codesOf(await publish({ brandId: null }))).toEqual(['INVALID_VALUE']);
    const unknown = 'brd_01h455vb4pex5vsknk084sn02q';
    expect(codesOf(await publish({ brandId: unknown }))).toEqual(['NOT_FOUND']);
    const foreign = await send(t, other.apiKey, 'upsertShopItem', { ...cup, brandId: brand.id });
    expect(codesOf(foreign)).toEqual(['NOT_FOUND']);
  });

  test('leaves a brand’s ordinary items to its own customers', async () => {
    const { shopItem } = await send(t, brand.apiKey, 'upsertShopItem', {
      ...cup,
      externalId: 'own',
    });
    const itemId = shopItem.id as string;
    const token = await tokenOf(t, other, { id: await customerWith(t, other, 100) });
    expect(codesOf(await send(t, token, 'redeem', { itemId }))).toEqual(['NOT_FOUND']);
    await publish({ externalId: 'theirs' });
    const customer = await customerWith(t, other, 100);
    const forCustomer = { itemId, customer: { id: customer } };
    expect(codesOf(await send(t, other.apiKey, 'redeem', forCustomer))).toEqual(['NOT_FOUND']);
  });
});

describe('an item is refused with', () => {
  test.each([
    ['a negative stock', { stock: -1 }, 'INVALID_VALUE', 'stock'],
    ['none for each', { perCustomer: 0 }, 'INVALID_VALUE', 'perCustomer'],
    ['no time to capture', { expiresInSeconds: 0 }, 'INVALID_VALUE', 'expiresInSeconds'],
    [
      'more time than a week',
      { expiresInSeconds: 7 * 86_400 + 1 },
      'INVALID_VALUE',
      'expiresInSeconds',
    ],
    [
      'an end before its beginning',
      { startsAt: '2026-02-01T00:00:00Z', endsAt: '2026-02-01T00:00:00Z' },
      'INVALID_VALUE',
      'endsAt',
    ],
    [
      'a picture without https',
      { imageUrl: 'http://a.example/b.png' },
      'INVALID_VALUE',
      'imageUrl',
    ],
    ['a picture that is none', { imageUrl: 'javascript:alert(1)' }, 'INVALID_VALUE', 'imageUrl'],
    ['terms that are too long', { terms: 'x'.repeat(2001) }, 'INVALID_TEXT', 'terms'],
  ])('%s', async (_, terms, code, field) => {
    const input = { externalId: 'refused', name: 'x', price: 1, ...terms };
    const payload = await send(t, brand.apiKey, 'upsertShopItem', input);
    expect(payload).toMatchObject({ shopItem: null, userErrors: [{ code, field: [field] }] });
  });

  test('nothing when all of it is in order, a week of holding included', async () => {
    const terms = {
      kind: 'EXPERIENCE',
      stock: 0,
      perCustomer: 1,
      startsAt: '2026-02-01T00:00:00.000Z',
      endsAt: '2026-02-02T00:00:00.000Z',
      expiresInSeconds: 7 * 86_400,
      imageUrl: 'https://kaapi.example/tasting.png',
      terms: 'Bring a cup',
    };
    const input = { externalId: 'whole', name: 'x', price: 1, ...terms };
    const { shopItem } = await send(t, brand.apiKey, 'upsertShopItem', input);
    expect(shopItem).toMatchObject({ ...terms, everywhere: false });
  });
});

describe('what is redeemable', () => {
  const document = `query ($by: CustomerBy!) { customer(by: $by) { redeemable(first: 100) {
    nodes { item { externalId } redeemable reason missing had } } } }`;

  test('says of each item whether, why not, and how much is missing, as redeem decides', async () => {
    const shop = await t.createBrand('dailypaper', { budget: 100_000 });
    const put = (externalId: string, terms: Record<string, unknown>) =>
      send(t, shop.apiKey, 'upsertShopItem', {
        externalId,
        name: externalId,
        price: 300,
        minimumBalance: 0,
        ...terms,
      });
    await put('fine', {});
    await put('minimum', { minimumBalance: 1000 });
    await put('dear', { price: 2000 });
    await put('off', { available: false });
    await put('gone', { stock: 0 });
    await put('once', { price: 1, perCustomer: 1 });
    const customer = await customerWith(t, shop, 0 + 906);
    const { data } = await t.run('{ shopItems { nodes { id externalId } } }', {}, shop.apiKey);
    const idOf = new Map<string, string>(
      data['shopItems'].nodes.map((node: Data) => [node['externalId'], node['id']]),
    );
    await send(t, shop.apiKey, 'redeem', { itemId: idOf.get('once'), customer: { id: customer } });
    const seen = await t.run(document, { by: { id: customer } }, shop.apiKey);
    const nodes = seen.data['customer'].redeemable.nodes.filter((node: Data) =>
      idOf.has(node['item'].externalId),
    ) as Data[];
    const told = Object.fromEntries(
      nodes.map(({ item, reason, missing, had }) => [item.externalId, [reason, missing, had]]),
    );
    expect(told).toEqual({
      fine: [null, 0, 0],
      minimum: ['BELOW_MINIMUM_BALANCE', 95, 0],
      dear: ['INSUFFICIENT_MU', 1095, 0],
      off: ['NOT_AVAILABLE', 0, 0],
      gone: ['OUT_OF_STOCK', 0, 0],
      once: ['PER_CUSTOMER_LIMIT', 0, 1],
    });
    for (const { item, reason, redeemable } of nodes) {
      const input = { itemId: idOf.get(item.externalId), customer: { id: customer } };
      const payload = await send(t, shop.apiKey, 'redeem', input);
      expect([item.externalId, codesOf(payload)[0] ?? null]).toEqual([item.externalId, reason]);
      expect(redeemable).toBe(reason === null);
      if (payload['redemption'] !== null) {
        await send(t, shop.apiKey, 'cancelRedemption', { id: payload['redemption'].id });
      }
    }
  });

  test('is judged by what the caller sees of the wallet', async () => {
    const shop = await t.createBrand('paper-two', { budget: 100_000 });
    const giver = await t.createBrand('paper-three', { budget: 100_000 });
    await send(t, shop.apiKey, 'upsertShopItem', {
      externalId: 'a',
      name: 'a',
      price: 10,
      minimumBalance: 0,
    });
    const identify = `mutation ($input: IdentifyCustomerInput!) {
      identifyCustomer(input: $input) { customer { id } } }`;
    const ids: string[] = [];
    for (const { apiKey } of [shop, giver]) {
      const input = { email: 'om@example.in', idempotencyKey: 'identify-om' };
      ids.push((await t.run(identify, { input }, apiKey)).data['identifyCustomer'].customer.id);
    }
    expect(ids[0]).toBe(ids[1]);
    const [om = ''] = ids;
    await grant(t, giver, om, 50);
    const reasonFor = async (bearer: string) => {
      const { data } = await t.run(document, { by: { id: om } }, bearer);
      return data['customer'].redeemable.nodes.find((node: Data) => node['item'].externalId === 'a')
        .reason as string | null;
    };
    expect(await reasonFor(shop.apiKey)).toBe('INSUFFICIENT_MU');
    expect(await reasonFor(await tokenOf(t, shop, { id: om }))).toBeNull();
  });

  test('takes no more statements for many customers than for one', async () => {
    for (let person = 0; person < 20; person += 1) await newCustomer(t, brand);
    const page = `query ($first: Int!) { customers(first: $first) { nodes {
      redeemable(first: 5) { nodes { redeemable } } } } }`;
    const [one, many] = [
      await t.run(page, { first: 1 }, brand.apiKey),
      await t.run(page, { first: 20 }, brand.apiKey),
    ];
    expect(many.data['customers'].nodes).toHaveLength(20);
    expect(many.statements).toBe(one.statements);
  });
});
