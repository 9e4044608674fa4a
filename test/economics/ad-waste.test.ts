import fc from 'fast-check';
import { wasteOf, type VerdictSum } from '../../src/economics/ad-waste';
import { verdicts, type VerdictName } from '../../src/economics/marketing';
import { startTestService, type TestBrand, type TestService } from '../support/test-service';
import { person } from '../referrals/friends';
import { acquire, customerSilentFor, dayBefore, figure, spend } from './ledger-desk';

let t: TestService;

beforeAll(async () => {
  t = await startTestService();
});

afterAll(() => t.close());

const waste = (brand: TestBrand, period?: { firstDay: string; lastDay: string }) =>
  figure(t, brand, 'ad-waste', 'adWaste', period);

async function cameBack(brand: TestBrand, count: number, input: object): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    await acquire(t, brand, await customerSilentFor(t, brand, 200), { ...input });
  }
}

async function cameNew(brand: TestBrand, count: number, input: object): Promise<void> {
  for (let n = 0; n < count; n += 1) await acquire(t, brand, await person(t, brand), { ...input });
}

test('50 new and 13 back at Rs 100 are Rs 1,300 of 6,300 wasted: 20.6 %, and a new one costs Rs 126', async () => {
  const brand = await t.createBrand('velora');
  const other = await t.createBrand('tripkart');
  await cameNew(brand, 50, { cost: '100.00' });
  await cameBack(brand, 13, { cost: '100.00' });
  await cameBack(other, 1, { cost: '7.00' });
  const told = await waste(brand);
  expect(told).toMatchObject({
    reacquisition: { count: 13, spend: { amount: '1300.00' } },
    wrongAcquisition: { count: 0, spend: { amount: '0.00' } },
    wasted: { amount: '1300.00', currencyCode: 'INR' },
    paidSpend: { amount: '6300.00' },
    acquisitions: 63,
    trueNew: 50,
    reportedCac: { amount: '100.00' },
    trueCac: { amount: '126.00' },
    modelVersion: 'ad-waste-1',
    previous: { share: null, trueCac: null },
  });
  expect(told['share']).toBeCloseTo(0.206, 3);
  expect(await waste(other)).toMatchObject({ share: 1, paidSpend: { amount: '7.00' } });
});

test('who names no cost shares what the campaign cost and nobody else accounts for', async () => {
  const brand = await t.createBrand('shares');
  const campaign = 'autumn';
  await cameNew(brand, 2, { campaign });
  await cameBack(brand, 1, { campaign });
  await cameNew(brand, 1, { campaign, cost: '40.00' });
  await cameNew(brand, 1, { campaign: 'unheard of' });
  expect(await waste(brand)).toMatchObject({ unpriced: 4, paidSpend: { amount: '40.00' } });
  await spend(t, brand, '100.00', { campaign });
  await spend(t, brand, '999.00', { campaign, purpose: 'BRAND' });
  expect(await waste(brand)).toMatchObject({
    reacquisition: { count: 1, spend: { amount: '20.00' }, share: 0.2 },
    paidSpend: { amount: '100.00' },
    unpriced: 1,
  });
});

test('other currencies are counted and not summed, and unpaid ways cost nothing', async () => {
  const brand = await t.createBrand('abroad');
  await cameNew(brand, 1, { cost: '3.00', currency: 'USD' });
  await cameNew(brand, 1, { route: 'REFERRAL' });
  expect(await waste(brand)).toMatchObject({
    acquisitions: 1,
    otherCurrency: 1,
    unpriced: 0,
    paidSpend: { amount: '0.00' },
    share: null,
  });
});

test('each day counts where it belongs, and the days before are told beside', async () => {
  const brand = await t.createBrand('days');
  const at = (days: number) => ({ acquiredAt: `${dayBefore(days)}T00:00:00Z`, cost: '10.00' });
  await cameNew(brand, 1, at(2));
  await cameNew(brand, 2, at(3));
  await cameBack(brand, 1, at(4));
  const day = (days: number) => ({ firstDay: dayBefore(days), lastDay: dayBefore(days) });
  expect(await waste(brand, day(2))).toMatchObject({ trueNew: 1, previous: { share: 0 } });
  expect(await waste(brand, day(3))).toMatchObject({
    trueNew: 2,
    window: { from: `${dayBefore(3)}T00:00:00.000Z`, until: `${dayBefore(2)}T00:00:00.000Z` },
    previous: { share: 1 },
  });
});

test('days that are none are refused', async () => {
  const brand = await t.createBrand('no-days');
  const document = `query ($period: PeriodInput) { brand { adWaste(period: $period) { share } } }`;
  const ask = async (firstDay: string, lastDay: string) =>
    (await t.run(document, { period: { firstDay, lastDay } }, brand.apiKey)).errors?.[0]?.message;
  expect(await ask('2026-02-30', '2026-03-01')).toContain('period.firstDay');
  expect(await ask('2026-03-02', '2026-03-01')).toContain('period.lastDay');
  expect(await ask('2026-01-01', '2027-01-02')).toContain('period.lastDay');
  expect(await ask('2026-01-01', '2027-01-01')).toBeUndefined();
});

test('waste is never more than what was paid, and every acquisition is of one kind', () => {
  const names = Object.keys(verdicts) as VerdictName[];
  const count = fc.integer({ min: 0, max: 1000 });
  const sums = fc.uniqueArray(
    fc.record({
      verdict: fc.constantFrom(...names),
      acquisitions: count,
      cost: fc.integer({ min: 0, max: 10 ** 9 }),
      unpriced: count,
      otherCurrency: count,
      awake: count,
      ordered: fc.constant(0),
    }),
    { selector: ({ verdict }: VerdictSum) => verdict },
  );
  fc.assert(
    fc.property(sums, (some) => {
      const told = wasteOf(some);
      expect(told.wasted).toBeLessThanOrEqual(told.paid);
      expect(told.reacquisition.count + told.wrong.count + told.trueNew).toBe(told.acquisitions);
      expect(told.share === null || (told.share >= 0 && told.share <= 1)).toBe(true);
    }),
  );
});
