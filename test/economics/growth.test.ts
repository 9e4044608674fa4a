import fc from 'fast-check';
import { growthOf } from '../../src/economics/earned-growth';
import { activeFriend, must, person } from '../referrals/friends';
import { patienceMs, seeded } from '../support/seeded';
import {
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { acquire, customerSilentFor, figure, dayBefore } from './ledger-desk';

let t: TestService;
let brands = 0;
let orders = 0;

beforeAll(async () => {
  t = await startTestService();
});

afterAll(() => t.close());

const lastYear = new Date().getUTCFullYear() - 1;

async function newBrand(): Promise<TestBrand> {
  const brand = await t.createBrand(`grows-${(brands += 1)}`, { budget: 10_000 });
  await must(t, brand.apiKey, 'upsert-referral-program', { reserve: 5000, friendMu: 5 });
  return brand;
}

async function orderIn(
  brand: TestBrand,
  customer: { id: string },
  year: number,
  amount: string,
  input: Record<string, unknown> = {},
): Promise<string> {
  const externalId = `growth-${(orders += 1)}`;
  await must(t, brand.apiKey, 'record-order', {
    customer: { id: customer.id },
    externalId,
    orderedAt: `${year}-06-15T12:00:00Z`,
    items: 1,
    amount,
    currency: 'INR',
    ...input,
  });
  return externalId;
}

async function growth(brand: TestBrand, year: number): Promise<Data> {
  const document = `query ($year: Int) { brand { earnedGrowth(year: $year) { complete
    netRevenueRetention earnedNewCustomers earnedGrowth customers keptCustomers newCustomers earnedCustomers
    revenue { amount } revenueBefore { amount } keptRevenue { amount } earnedRevenue { amount }
    boughtRevenue { amount } modelVersion previous { year earnedGrowth } } } }`;
  const { data, errors } = await t.run(document, { year }, brand.apiKey);
  expect(errors).toBeUndefined();
  return JSON.parse(JSON.stringify(data['brand'].earnedGrowth)) as Data;
}

test('92 % kept and 15 % earned by friends are a growth of 7 %, whatever else was bought', () => {
  const told = growthOf({ before: 100_00, kept: 92_00, earned: 15_00 });
  expect(told).toEqual({ retention: 0.92, earnedNew: 0.15, growth: 0.07 });
  expect(growthOf({ before: 0, kept: 5, earned: 5 }).growth).toBeNull();
});

test('a year grows by who stays and by friends, not by who was bought', async () => {
  const brand = await newBrand();
  const stays = await person(t, brand);
  const leaves = await person(t, brand);
  await orderIn(brand, stays, lastYear - 1, '60.00');
  await orderIn(brand, leaves, lastYear - 1, '40.00');
  await orderIn(brand, stays, lastYear, '92.00');
  const { friend } = await activeFriend(t, brand, stays);
  await orderIn(brand, friend, lastYear, '15.00');
  await orderIn(brand, await person(t, brand), lastYear, '500.00');
  await orderIn(brand, stays, lastYear, '7.00', { currency: 'USD' });
  expect(await growth(brand, lastYear)).toMatchObject({
    complete: true,
    netRevenueRetention: 0.92,
    earnedNewCustomers: 0.15,
    earnedGrowth: 0.07,
    revenue: { amount: '607.00' },
    revenueBefore: { amount: '100.00' },
    boughtRevenue: { amount: '500.00' },
    customers: 3,
    keptCustomers: 1,
    newCustomers: 2,
    earnedCustomers: 1,
    modelVersion: 'earned-growth-1',
    previous: { year: lastYear - 1, earnedGrowth: null },
  });
});

test('who is found to be a friend after they bought, and orders that come late, count as if in order', async () => {
  const brand = await newBrand();
  const [referrer, friend] = [await person(t, brand), await person(t, brand)];
  await orderIn(brand, friend, lastYear, '30.00');
  expect(await growth(brand, lastYear)).toMatchObject({ earnedCustomers: 0 });
  const made = await must(t, brand.apiKey, 'create-referral-link', {
    customer: { id: referrer.id },
    channel: 'SMS',
  });
  const { referral } = await must(t, brand.apiKey, 'claim-referral', {
    code: made['referralLink'].code,
    friend: { id: friend.id },
  });
  await must(t, brand.apiKey, 'activate-referral', { id: referral.id });
  expect(await growth(brand, lastYear)).toMatchObject({
    earnedCustomers: 1,
    earnedRevenue: { amount: '30.00' },
  });
  const late = await orderIn(brand, friend, lastYear - 1, '20.00');
  expect(await growth(brand, lastYear)).toMatchObject({
    earnedCustomers: 0,
    keptCustomers: 1,
    netRevenueRetention: 1.5,
  });
  await must(t, brand.apiKey, 'refund-order', { externalId: late, amount: '10.00' });
  expect(await growth(brand, lastYear)).toMatchObject({ netRevenueRetention: 3 });
});

test(
  'the years say what the orders say, in whatever order they come, after refunds and merges',
  async () => {
    const one = fc.record({
      who: fc.integer({ min: 0, max: 3 }),
      year: fc.integer({ min: lastYear - 2, max: lastYear }),
      amount: fc.integer({ min: 1, max: 99 }),
      refunded: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(one, { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        async (all, merge) => {
          const brand = await newBrand();
          const people: { id: string }[] = [];
          for (let n = 0; n < 4; n += 1) people.push(await person(t, brand));
          for (const { who, year, amount, refunded } of all) {
            const customer = people[who] as { id: string };
            const externalId = await orderIn(brand, customer, year, `${amount}.00`);
            if (refunded)
              await must(t, brand.apiKey, 'refund-order', { externalId, amount: '1.00' });
          }
          if (merge) {
            const [from, into] = people as [{ id: string }, { id: string }, ...object[]];
            const pair = { from: { id: from.id }, into: { id: into.id } };
            await must(t, brand.apiKey, 'merge-customers', { ...pair, reason: 'one person' });
          }
          const personOf = (who: number) => (merge && who === 0 ? 1 : who);
          const boughtIn = (who: number, year: number) =>
            all.some((order) => personOf(order.who) === who && order.year === year);
          for (const year of [lastYear - 1, lastYear]) {
            const own = all.filter((order) => order.year === year);
            const net = (some: typeof all) =>
              some
                .reduce((total, order) => total + order.amount - Number(order.refunded), 0)
                .toFixed(2);
            const kept = own.filter((order) => boughtIn(personOf(order.who), year - 1));
            expect(await growth(brand, year)).toMatchObject({
              revenue: { amount: net(own) },
              keptRevenue: { amount: net(kept) },
              customers: new Set(own.map(({ who }) => personOf(who))).size,
              keptCustomers: new Set(kept.map(({ who }) => personOf(who))).size,
            });
          }
        },
      ),
      seeded(6),
    );
  },
  patienceMs,
);

test('orders fall into seven kinds that add up, and who is bought back pays the tax', async () => {
  const brand = await newBrand();
  const today = { orderedAt: new Date().toISOString() };
  const year = new Date().getUTCFullYear();
  const known = await customerSilentFor(t, brand, 425);
  const acquisition = await acquire(t, brand, known, { cost: '100.00' });
  expect(acquisition).toMatchObject({ verdict: 'REACQUISITION', prior: 'LOST' });
  await orderIn(brand, known, year, '1999.00', { ...today, driver: 'ADTECH' });
  await orderIn(brand, await person(t, brand), year, '100.00', { ...today, driver: 'CRM' });
  const market = { ...today, surface: 'THIRD_PARTY' };
  const refunded = await orderIn(brand, await person(t, brand), year, '50.00', market);
  await must(t, brand.apiKey, 'refund-order', { externalId: refunded, amount: '20.00' });
  await orderIn(brand, known, year, '5.00', { ...today, currency: 'EUR' });
  const told = await figure(t, brand, 'order-buckets', 'orderBuckets', {
    firstDay: dayBefore(1),
    lastDay: dayBefore(0),
  });
  expect(told).toMatchObject({
    orders: 3,
    net: { amount: '2129.00', currencyCode: 'INR' },
    reacquisitionTaxBase: { amount: '1999.00' },
    otherCurrency: 1,
    previous: { orders: 0 },
  });
  const kinds = told['buckets'] as Data[];
  expect(kinds.filter(({ orders: count }) => count > 0)).toMatchObject([
    { kind: 'INTERMEDIATED', gross: { amount: '50.00' }, refunded: { amount: '20.00' } },
    { kind: 'DIRECT_CRM_NEW', net: { amount: '100.00' } },
    { kind: 'DIRECT_ADTECH_KNOWN', net: { amount: '1999.00' } },
  ]);
  const shares = kinds.map(({ share }) => share as number);
  expect(shares.reduce((all, share) => all + share, 0)).toBeCloseTo(1, 10);
});
