import { transferId } from '../../src/ledger';
import {
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { send as sendWallets } from '../wallets/wallets';
import { codesOf, customerWith, send } from './shop';

let t: TestService;
/** A second process on the same database. */
let twin: TestService;
let brand: TestBrand;

beforeAll(async () => {
  t = await startTestService();
  twin = await startTestService({ database: t.database });
  brand = await t.createBrand('kaapico', { budget: 10_000_000 });
});

afterEach(() => {
  t.clock.offsetMs = 0;
});

afterAll(async () => {
  await twin.close();
  await t.close();
});

let made = 0;

async function itemWith(terms: Record<string, unknown>): Promise<string> {
  made += 1;
  const input = { externalId: `item-${made}`, name: 'Tasting', price: 10, minimumBalance: 0 };
  const payload = await send(t, brand.apiKey, 'upsertShopItem', { ...input, ...terms });
  if (payload['shopItem'] === null) throw new Error(JSON.stringify(payload));
  return payload['shopItem'].id as string;
}

async function stockOf(itemId: string): Promise<number> {
  const { data } = await t.run(
    'query ($id: ID!) { node(id: $id) { ... on ShopItem { stock } } }',
    { id: itemId },
    brand.apiKey,
  );
  return data['node'].stock as number;
}

function redeem(customer: string, itemId: string, service = t): Promise<Data> {
  return send(service, brand.apiKey, 'redeem', { itemId, customer: { id: customer } });
}

async function expire(): Promise<number> {
  const { database, clock, log, config, features } = t.service;
  const job = features.flatMap(({ jobs }) => jobs).find(({ name }) => name === 'expire-holds');
  return job!.run({ database, clock, log, limits: config.limits, config });
}

async function announcedStates(redemption: string): Promise<string[]> {
  const rows = await t.database.query<{ payload: Data }>(
    `SELECT payload FROM outbox WHERE topic = 'redemption.changed'
     AND payload ->> 'redemptionId' = $1 ORDER BY id`,
    [redemption],
  );
  return rows.map(({ payload }) => `${payload['state']} ${payload['amount']}`);
}

describe('the stock of an item', () => {
  test('falls with each redemption, and at nothing the next is refused', async () => {
    const customer = await customerWith(t, brand, 100);
    const itemId = await itemWith({ stock: 2 });
    expect(codesOf(await redeem(customer, itemId))).toEqual([]);
    expect(await stockOf(itemId)).toBe(1);
    expect(codesOf(await redeem(customer, itemId))).toEqual([]);
    const third = await redeem(customer, itemId);
    expect(third).toMatchObject({
      redemption: null,
      userErrors: [{ code: 'OUT_OF_STOCK', field: ['itemId'] }],
    });
    expect(await stockOf(itemId)).toBe(0);
  });

  test('comes back when a redemption is cancelled, its hold reversed, or its capture refunded', async () => {
    const customer = await customerWith(t, brand, 100);
    const itemId = await itemWith({ stock: 3 });
    const [first, second, third] = [
      await redeem(customer, itemId),
      await redeem(customer, itemId),
      await redeem(customer, itemId),
    ];
    expect(await stockOf(itemId)).toBe(0);
    await send(t, brand.apiKey, 'cancelRedemption', { id: first['redemption'].id });
    expect(await stockOf(itemId)).toBe(1);
    await send(t, brand.apiKey, 'reverseTransfer', { id: second['transfer'].id });
    expect(await stockOf(itemId)).toBe(2);
    const { id } = third['redemption'];
    const captured = await send(t, brand.apiKey, 'captureRedemption', { id });
    expect(await stockOf(itemId)).toBe(2);
    await send(t, brand.apiKey, 'reverseTransfer', { id: captured['transfer'].id });
    expect(await stockOf(itemId)).toBe(3);
    expect(await announcedStates(id as string)).toEqual([
      'PENDING 10',
      'CAPTURED 10',
      'REVERSED 10',
    ]);
  });

  test('comes back when nobody captures in the item’s own time', async () => {
    const customer = await customerWith(t, brand, 100);
    const itemId = await itemWith({ stock: 1, expiresInSeconds: 60 });
    const { redemption } = await redeem(customer, itemId);
    const held = Date.parse(redemption.expiresAt) - Date.parse(redemption.createdAt);
    expect(held).toBe(60_000);
    t.clock.offsetMs = 59_000;
    await expire();
    expect(await stockOf(itemId)).toBe(0);
    t.clock.offsetMs = 61_000;
    await expire();
    expect(await stockOf(itemId)).toBe(1);
    expect(await announcedStates(redemption.id)).toEqual(['PENDING 10', 'EXPIRED 10']);
  });

  test('comes back when the person opts out of Mu', async () => {
    const customer = await customerWith(t, brand, 100);
    const itemId = await itemWith({ stock: 1 });
    const { redemption } = await redeem(customer, itemId);
    await sendWallets(t, brand.apiKey, 'optOutOfMu', { customer: { id: customer } });
    expect(await stockOf(itemId)).toBe(1);
    expect(await announcedStates(redemption.id)).toEqual(['PENDING 10', 'CANCELLED 10']);
  });

  test('is not raised by what was redeemed while there was no end of it', async () => {
    const customer = await customerWith(t, brand, 100);
    const itemId = await itemWith({ externalId: 'endless' });
    const { redemption } = await redeem(customer, itemId);
    await itemWith({ externalId: 'endless', stock: 5 });
    await send(t, brand.apiKey, 'cancelRedemption', { id: redemption.id });
    expect(await stockOf(itemId)).toBe(5);
  });

  test('is not touched by a refused redemption', async () => {
    const customer = await customerWith(t, brand, 5);
    const itemId = await itemWith({ stock: 1 });
    expect(codesOf(await redeem(customer, itemId))).toEqual(['INSUFFICIENT_MU']);
    expect(await stockOf(itemId)).toBe(1);
  });
});

describe('64 people who want the last 10 at once', () => {
  test('in two processes: 10 get one, 54 are told that there is none', async () => {
    const itemId = await itemWith({ stock: 10 });
    const people = await Promise.all(Array.from({ length: 64 }, () => customerWith(t, brand, 10)));
    const payloads = await Promise.all(
      people.map((customer, at) => redeem(customer, itemId, at % 2 === 0 ? t : twin)),
    );
    const codes = payloads.map((payload) => codesOf(payload)[0] ?? 'DONE');
    expect(codes.filter((code) => code === 'DONE')).toHaveLength(10);
    expect(codes.filter((code) => code === 'OUT_OF_STOCK')).toHaveLength(54);
    expect(await stockOf(itemId)).toBe(0);
  });
});

describe('64 redemptions, cancellations, refunds and restockings of two items at once', () => {
  test('end without a deadlock, and the stock is what was put in less what is out', async () => {
    const items = [await itemWith({ stock: 40 }), await itemWith({ stock: 40 })];
    const people = await Promise.all(Array.from({ length: 8 }, () => customerWith(t, brand, 500)));
    const first = await Promise.all(
      Array.from({ length: 32 }, (_, at) =>
        redeem(people[at % 8] as string, items[at % 2] as string, at % 3 ? t : twin),
      ),
    );
    const ids = first.map((payload) => payload['redemption'].id as string);
    const results = await Promise.all([
      ...ids.map((id, at) =>
        send(at % 2 ? t : twin, brand.apiKey, at % 3 ? 'cancelRedemption' : 'captureRedemption', {
          id,
        }),
      ),
      ...Array.from({ length: 32 }, (_, at) =>
        redeem(people[(at * 3) % 8] as string, items[(at + 1) % 2] as string, at % 3 ? twin : t),
      ),
    ]);
    expect(results.flatMap(codesOf)).toEqual([]);
    for (const itemId of items) {
      const rows = await t.database.query(
        `SELECT FROM redemptions WHERE item_id = $1 AND state IN ('PENDING', 'CAPTURED')`,
        [transferId.decode(itemId.replace('itm', 'trf'))],
      );
      expect(await stockOf(itemId)).toBe(40 - rows.length);
    }
  });
});

describe('how many one customer may have', () => {
  test('counts those on hold and captured, not those that came to nothing', async () => {
    const customer = await customerWith(t, brand, 100);
    const itemId = await itemWith({ perCustomer: 2 });
    const first = await redeem(customer, itemId);
    const second = await redeem(customer, itemId);
    expect(codesOf(await redeem(customer, itemId))).toEqual(['PER_CUSTOMER_LIMIT']);
    await send(t, brand.apiKey, 'captureRedemption', { id: first['redemption'].id });
    expect(codesOf(await redeem(customer, itemId))).toEqual(['PER_CUSTOMER_LIMIT']);
    await send(t, brand.apiKey, 'cancelRedemption', { id: second['redemption'].id });
    expect(codesOf(await redeem(customer, itemId))).toEqual([]);
    expect(codesOf(await redeem(await customerWith(t, brand, 100), itemId))).toEqual([]);
  });

  test('holds for 16 attempts of one person at once in two processes', async () => {
    const customer = await customerWith(t, brand, 1000);
    const itemId = await itemWith({ perCustomer: 3 });
    const payloads = await Promise.all(
      Array.from({ length: 16 }, (_, at) => redeem(customer, itemId, at % 2 ? t : twin)),
    );
    expect(payloads.filter((payload) => codesOf(payload).length === 0)).toHaveLength(3);
  });
});

describe('the window of an item', () => {
  test('opens at startsAt and closes at endsAt', async () => {
    const customer = await customerWith(t, brand, 100);
    const from = Date.now() + 3_600_000;
    const itemId = await itemWith({
      startsAt: new Date(from).toISOString(),
      endsAt: new Date(from + 3_600_000).toISOString(),
    });
    const codes: (string | undefined)[] = [];
    for (const minutes of [0, 61, 119, 121]) {
      t.clock.offsetMs = minutes * 60_000;
      codes.push(codesOf(await redeem(customer, itemId))[0]);
    }
    expect(codes).toEqual(['NOT_AVAILABLE', undefined, undefined, 'NOT_AVAILABLE']);
  });
});
