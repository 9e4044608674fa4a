import { reckonSegmentRevenue } from '../../src/economics/reckon-segment-revenue.job';
import { ask } from '../analytics/desk';
import { order, person, worth } from '../next/desk';
import { divideAll } from '../segments/desk';
import { send } from '../segments/population';
import {
  newKey,
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';

let t: TestService;
let brand: TestBrand;
let people: string[];
let made = 0;
const dayMs = 86_400_000;

beforeAll(async () => {
  t = await startTestService();
});

afterAll(() => t.close());

/** Ten who ordered long ago for ten rupees, worth more the later they came. */
beforeEach(async () => {
  t.clock.offsetMs = 0;
  brand = await t.createBrand(`revenue-${(made += 1)}`);
  people = [];
  for (let at = 0; at < 10; at += 1) {
    const id = await person(t, brand, `c${at}`);
    await order(t, brand, id, 10, 200);
    people.push(id);
  }
  await worth(t, brand, Object.fromEntries(people.map((id, at) => [id, at + 1])));
});

/** The figure, reckoned now; of the month before the running one unless another is named. */
async function revenue(
  variables: Data = { month: lastMonth },
  bearer = brand.apiKey,
): Promise<Data> {
  await t.database.query(`UPDATE segment_revenue_turns SET check_at = '2000-01-01'`);
  await t.database.query(`UPDATE segment_revenues SET computed_at = '2000-01-01'`);
  await reckonDue();
  return (await ask(t, bearer, 'segment-revenue', variables))['segmentRevenue'] as Data;
}

async function reckonDue(): Promise<void> {
  const { config, database, clock, log } = t.service;
  const context = { config, database, clock, log, limits: config.limits };
  while ((await reckonSegmentRevenue.run(context)) > 0);
}

/** Days ago of the 15th of the month so many before the running one, as these tests name days. */
const monthsAgo = (months: number): number => Math.floor((Date.now() - middleOf(months)) / dayMs);

function middleOf(months: number): number {
  const now = new Date();
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 15);
}

const lastMonth = `${new Date(middleOf(1)).toISOString().slice(0, 8)}01`;

const bandOf = (figure: Data, name: string | null): Data =>
  (figure['bands'] as Data[]).find(({ band }) => band === name) as Data;

const buy = (at: number, amount: number, daysAgo: number) =>
  order(t, brand, people[at] as string, amount, daysAgo);

test('the best brought 200 before and the same two 184 now: a net revenue retention of 92 %', async () => {
  await divideAll(t);
  await buy(9, 100, monthsAgo(2));
  await buy(8, 100, monthsAgo(2) + 2);
  await buy(9, 120, monthsAgo(1));
  await buy(8, 64, monthsAgo(1) + 3);
  await buy(7, 50, monthsAgo(1) - 3);
  await buy(0, 66, monthsAgo(2));
  const figure = await revenue();
  expect(bandOf(figure, 'BEST')).toEqual({
    band: 'BEST',
    customers: 2,
    buyers: 2,
    orders: 2,
    revenue: { amount: '184.00', currencyCode: 'INR' },
    share: 184 / 234,
    revenueBefore: { amount: '200.00' },
    netRevenueRetention: 0.92,
  });
  expect(bandOf(figure, 'REST')).toMatchObject({
    customers: 3,
    buyers: 1,
    revenue: { amount: '50.00' },
    revenueBefore: { amount: '0.00' },
    netRevenueRetention: null,
  });
  expect(bandOf(figure, 'TEST')).toMatchObject({ buyers: 0, netRevenueRetention: 0 });
  expect(bandOf(figure, 'NEXT')).toMatchObject({ customers: 0, share: 0 });
  expect(figure).toMatchObject({
    orders: 3,
    revenue: { amount: '234.00' },
    revenueBefore: { amount: '266.00' },
    netRevenueRetention: 184 / 266,
    modelVersion: 'segment-revenue-1',
    previous: { revenue: { amount: '266.00' } },
  });
  expect(bandOf(figure['previous'] as Data, 'BEST')).toMatchObject({
    revenue: { amount: '200.00' },
  });
});

test('customers are in the band they were in when the days began, also when they have left it since', async () => {
  t.clock.offsetMs = -monthsAgo(2) * dayMs;
  await divideAll(t);
  t.clock.offsetMs = 0;
  await buy(0, 500, monthsAgo(1));
  await buy(9, 30, monthsAgo(1));
  const late = await person(t, brand, 'late');
  await order(t, brand, late, 7, monthsAgo(1));
  await worth(t, brand, { [people[0] as string]: 100, [late]: 0.5 });
  const noBand = await revenue();
  expect(bandOf(noBand, null)).toMatchObject({ customers: 1, revenue: { amount: '7.00' } });
  expect(noBand['bandsKnown']).toBe(10);
  await send(t, brand.apiKey, 'recomputeSegmentation', {});
  await divideAll(t);
  const figure = await revenue();
  expect(bandOf(figure, 'TEST')).toMatchObject({ customers: 6, revenue: { amount: '507.00' } });
  expect(bandOf(figure, 'BEST')).toMatchObject({ customers: 2, revenue: { amount: '30.00' } });
  expect(bandOf(figure, null)).toBeUndefined();
  expect(figure['bandsKnown']).toBe(10);
  const monthBefore = (months: number) =>
    `${new Date(middleOf(months)).toISOString().slice(0, 8)}01`;
  expect(await revenue({ month: monthBefore(4) })).toMatchObject({ bandsKnown: 0, orders: 0 });
  expect(await revenue({ month: monthBefore(12) })).not.toBeNull();
  expect(await revenue({ month: monthBefore(13) })).toBeNull();
  await expect(revenue({ month: '2020-01-02' })).rejects.toThrow('first day of one');
});

test('refunds lessen the revenue, and other currencies are no part of it', async () => {
  await divideAll(t);
  const input = {
    customer: { id: people[9] },
    externalId: newKey(),
    purchasedAt: new Date(middleOf(1)).toISOString(),
    items: 1,
  };
  await send(t, brand.apiKey, 'recordPurchase', { ...input, amount: '80.00', currency: 'INR' });
  await send(t, brand.apiKey, 'recordPurchase', {
    ...input,
    externalId: newKey(),
    amount: '9.00',
    currency: 'USD',
  });
  expect(bandOf(await revenue(), 'BEST')).toMatchObject({ revenue: { amount: '80.00' } });
  await send(t, brand.apiKey, 'refundOrder', { externalId: input.externalId, amount: '30.00' });
  expect(bandOf(await revenue(), 'BEST')).toMatchObject({
    orders: 1,
    revenue: { amount: '50.00' },
  });
});

test('another brand’s orders change nothing, and a customer sees nothing', async () => {
  await divideAll(t);
  await buy(9, 100, monthsAgo(1));
  const before = await revenue();
  const other = await t.createBrand(`neighbour-${made}`);
  const same = await person(t, other, 'c9');
  await order(t, other, same, 900, monthsAgo(1));
  await divideAll(t);
  const timeless = ({ asOf: _asOf, window: _window, previous: _previous, ...figure }: Data): Data =>
    figure;
  expect(timeless(await revenue())).toEqual(timeless(before));
  expect((await revenue({ month: lastMonth }, other.apiKey))['revenue']).toEqual({
    amount: '900.00',
  });
});

test('a month is looked at once an hour, and reckoned again when something was ordered', async () => {
  await divideAll(t);
  await reckonDue();
  const read = async (variables: Data = {}) =>
    (await ask(t, brand.apiKey, 'segment-revenue', variables))['segmentRevenue'] as Data;
  const first = await read();
  const { month } = first;
  await buy(9, 5, 0);
  t.clock.offsetMs = 55 * 60_000;
  await reckonDue();
  expect(await read({ month })).toEqual(first);
  t.clock.offsetMs = 61 * 60_000;
  await reckonDue();
  expect(bandOf(await read({ month }), 'BEST')).toMatchObject({
    orders: 1,
    revenue: { amount: '5.00' },
  });
});

test('a brand in which something is ordered all the time leaves the others their turns', async () => {
  await reckonDue();
  const quiet = await t.createBrand(`quiet-${made}`);
  const id = await person(t, quiet, 'quiet');
  await order(t, quiet, id, 0, 100);
  t.clock.offsetMs = 61 * 60_000;
  const { config, database, clock, log } = t.service;
  const context = { config, database, clock, log, limits: config.limits };
  for (let turn = 0; turn < 40; turn += 1) {
    await order(t, brand, people[0] as string, 0, 1);
    await reckonSegmentRevenue.run(context);
  }
  const [row] = await t.database.query<{ months: number }>(
    `SELECT count(*)::int AS months FROM segment_revenues r JOIN brands b ON b.id = r.brand_id
     WHERE b.slug = $1`,
    [quiet.slug],
  );
  expect(row?.months).toBeGreaterThan(0);
});
