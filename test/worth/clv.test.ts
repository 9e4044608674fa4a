import { idOf, tokenOf } from '../customers/people';
import { mergeAs } from '../merging/merges';
import { anOrder, record, refund } from '../purchases/orders';
import { startTestService, type TestBrand, type TestService } from '../support/test-service';
import { keptOf, refreshOnce, send, worthOf } from './worth';

const dayMs = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * dayMs - 60_000).toISOString();

let t: TestService;
let brand: TestBrand;
let made = 0;

beforeAll(async () => {
  t = await startTestService({ limits: { worthBatch: 2 } });
  brand = await t.createBrand('velora');
});

afterAll(() => t.close());

beforeEach(() => {
  t.clock.offsetMs = 0;
});

/** A customer who ordered for 2,000 so many days ago, each time. */
async function orderedOn(days: number[], by = brand): Promise<{ externalId: string }> {
  made += 1;
  const who = { externalId: `worthy-${made}` };
  await idOf(t, by, who);
  const orders = days.map((day) => anOrder(who, { amount: '2000', orderedAt: daysAgo(day) }));
  await record(t, by, orders);
  return who;
}

/** What 2,000 at these pauses are worth after so much silence, by the defaults, in paise. */
function expected(pause: number, silent: number, margin = 0.4): number {
  const years = 1 + 0.8 / 1.1 + (0.8 / 1.1) ** 2;
  return Math.round(2 ** (-silent / (2 * pause)) * margin * 200_000 * (365 / pause) * years);
}

const minorOf = (clv: { value: { amount: string } } | null) =>
  Math.round(Number(clv?.value.amount) * 100);

test('a lifetime value is reckoned from the orders, with what it was reckoned by', async () => {
  const who = await orderedOn([90, 60, 30]);
  const { clv } = await worthOf(t, brand.apiKey, who);
  expect(clv).toMatchObject({
    value: { currencyCode: 'INR' },
    source: 'RULE',
    modelVersion: 'clv-rule-1',
    window: { until: clv!['asOf'] },
  });
  expect(clv!['pAlive']).toBeCloseTo(2 ** -0.5, 6);
  expect(Math.abs(minorOf(clv as never) - expected(30, 30))).toBeLessThanOrEqual(2);
});

test('who has ordered nothing has none', async () => {
  expect(await worthOf(t, brand.apiKey, await orderedOn([]))).toEqual({ clv: null, scores: [] });
});

test('a value falls as time goes by, without anybody writing', async () => {
  const who = await orderedOn([60, 0]);
  const before = await worthOf(t, brand.apiKey, who);
  t.clock.offsetMs = 120 * dayMs;
  const after = await worthOf(t, brand.apiKey, who);
  expect([before.clv!['pAlive'], after.clv!['pAlive']]).toEqual([1, expect.closeTo(0.5, 6)]);
  expect(minorOf(after.clv as never) / minorOf(before.clv as never)).toBeCloseTo(0.5, 4);
});

test('orders and refunds move what lists rank by in their own transaction', async () => {
  const who = await orderedOn([60, 30]);
  const first = (await keptOf(t, who.externalId))!['clv'] as number;
  expect(Math.abs(first - expected(30, 30))).toBeLessThanOrEqual(2);
  const order = anOrder(who, { amount: '2000', orderedAt: daysAgo(0) });
  await record(t, brand, [order]);
  const second = (await keptOf(t, who.externalId))!['clv'] as number;
  expect(Math.abs(second - expected(30, 0))).toBeLessThanOrEqual(2);
  await refund(t, brand, order['externalId'] as string);
  const third = (await keptOf(t, who.externalId))!['clv'] as number;
  expect(third / second).toBeCloseTo(2 / 3, 4);
});

test('the daily job reckons anew what is a day old, so many at a time, and then rests', async () => {
  while ((await refreshOnce(t)) > 0);
  const people = [await orderedOn([60, 30]), await orderedOn([40, 20]), await orderedOn([50, 25])];
  expect(await refreshOnce(t)).toBe(0);
  t.clock.offsetMs = 30 * dayMs;
  const [{ count }] = (await t.database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM customer_worth`,
  )) as [{ count: number }];
  const runs: number[] = [];
  do runs.push(await refreshOnce(t));
  while (runs.at(-1)! > 0);
  expect(runs[0]).toBe(2);
  expect(runs.reduce((sum, run) => sum + run, 0)).toBe(count);
  const kept = (await keptOf(t, people[0]!.externalId))!['clv'] as number;
  expect(Math.abs(kept - expected(30, 60))).toBeLessThanOrEqual(2);
});

test('settings count at once where a value is asked for, and soon in what lists rank by', async () => {
  const other = await t.createBrand('frugal');
  const who = await orderedOn([60, 30], other);
  expect(
    await send(t, other, 'updateWorthSettings', { margin: 0.2, horizonYears: 1 }),
  ).toMatchObject({
    settings: { margin: 0.2, horizonYears: 1, yearlyRetention: 0.8, daysBetweenOrders: 30 },
  });
  const bare = Math.round(2 ** -0.5 * 0.2 * 200_000 * (365 / 30));
  expect(Math.abs(minorOf((await worthOf(t, other.apiKey, who)).clv as never) - bare)).toBeLessThan(
    3,
  );
  while ((await refreshOnce(t)) > 0);
  expect(Math.abs((await keptOf(t, who.externalId))!['clv'] - bare)).toBeLessThan(3);
  expect(await send(t, other, 'updateWorthSettings', { horizonYears: null })).toMatchObject({
    settings: { margin: 0.2, horizonYears: 3 },
  });
});

test.each([
  ['margin', 0, 1],
  ['discount', 0, 10],
  ['horizonYears', 1, 50],
  ['yearlyRetention', 0, 1],
  ['daysBetweenOrders', 1, 3650],
])('%s is from %d to %d and nothing beyond', async (name, least, most) => {
  const picky = await t.createBrand(`picky-${(made += 1)}`);
  const step = name === 'horizonYears' ? 1 : 0.01;
  for (const value of [least, most]) {
    const { settings } = await send(t, picky, 'updateWorthSettings', { [name]: value });
    expect(settings[name]).toBe(value);
  }
  for (const value of [least - step, most + step]) {
    expect(await send(t, picky, 'updateWorthSettings', { [name]: value })).toMatchObject({
      settings: null,
      userErrors: [{ code: 'INVALID_VALUE', field: [name] }],
    });
  }
});

test('settings are seen by the brand and the platform only', async () => {
  const id = await idOf(t, brand, { externalId: 'curious' });
  const token = await tokenOf(t, brand, { id });
  const ask = async (bearer: string) => {
    const text = 'query ($id: ID) { brand(id: $id) { worthSettings { margin clvModel } } }';
    return (await t.run(text, { id: brand.id }, bearer)).data['brand'].worthSettings as unknown;
  };
  expect(await ask(brand.apiKey)).toEqual({ margin: 0.4, clvModel: 'RULE' });
  expect(await ask(t.platformKey)).toEqual({ margin: 0.4, clvModel: 'RULE' });
  expect(await ask(token)).toBeNull();
});

test('a customer is told their own worth, and a merge makes one of two', async () => {
  const [one, two] = [await orderedOn([90]), await orderedOn([30])];
  expect(await mergeAs(t, brand.apiKey, one, two)).toMatchObject({ userErrors: [] });
  while ((await refreshOnce(t)) > 0);
  const { clv } = await worthOf(t, brand.apiKey, two);
  expect(Math.abs(minorOf(clv as never) - expected(60, 30))).toBeLessThanOrEqual(2);
  expect(Math.abs((await keptOf(t, two.externalId))!['clv'] - expected(60, 30))).toBeLessThan(3);
  const token = await tokenOf(t, brand, two);
  const { data } = await t.run('{ me { relationship { clv { value { amount } } } } }', {}, token);
  expect(data['me'].relationship.clv.value.amount).toBe(clv!['value'].amount);
});

test('values are asked for in one statement for a page of customers', async () => {
  const statements = async (selection: string) => {
    const text = `{ customers { nodes { id relationship { externalId ${selection} } } } }`;
    return (await t.run(text, {}, brand.apiKey)).statements;
  };
  expect((await statements('clv { source }')) - (await statements(''))).toBe(1);
});
