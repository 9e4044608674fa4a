import { proveEconomics } from '../../src/economics/prove-economics.job';
import { proofs } from '../../src/economics/prove-economics.sql';
import type { JobReport } from '../../src/platform/feature';
import { must, person } from '../referrals/friends';
import { startTestService, type TestBrand, type TestService } from '../support/test-service';
import { acquire, customerSilentFor, dayBefore, order, spend } from './ledger-desk';

let t: TestService;
let brand: TestBrand;

beforeAll(async () => {
  t = await startTestService({ inventsBooks: true });
  brand = await t.createBrand('proven', { budget: 1000 });
  await spend(t, brand, '100.01', { firstDay: dayBefore(6), lastDay: dayBefore(0), campaign: 'a' });
  await spend(t, brand, '30', { firstDay: dayBefore(2), lastDay: dayBefore(0), credit: true });
  await spend(t, brand, '12', { currency: 'USD', campaign: 'a' });
  await spend(t, brand, '77', { purpose: 'RETENTION', route: 'CRM', campaign: 'a' });
  const [one, two] = [await person(t, brand, {}), await person(t, brand, {})];
  await acquire(t, brand, one, { campaign: 'a' });
  await acquire(t, brand, two, { campaign: 'a', cost: '10', currency: 'EUR' });
  await acquire(t, brand, await customerSilentFor(t, brand, 200), { cost: '100' });
  await acquire(t, brand, await person(t, brand, {}), { route: 'ORGANIC' });
  await order(t, brand, one, 400);
  await order(t, brand, one, 1, { externalId: 'paid-back' });
  await must(t, brand.apiKey, 'refund-order', { externalId: 'paid-back', amount: '9' });
  await must(t, brand.apiKey, 'merge-customers', {
    from: { id: one.id },
    into: { id: two.id },
    reason: 'one card',
  });
  const sent = { channel: 'EMAIL', externalId: 'letter', audience: 5 };
  const { message } = await must(t, brand.apiKey, 'record-message', sent);
  const customers = [{ id: two.id }];
  const deliveredAt = `${dayBefore(1)}T12:00:00.000Z`;
  await must(t, brand.apiKey, 'record-deliveries', {
    messageId: message.id,
    customers,
    deliveredAt,
  });
});

afterAll(() => t.close());

const kinds = Object.keys(proofs).length;

/** Proves the brand a day later; answers the outcomes, and which sums were logged. */
async function prove(): Promise<{ agree: number; differ: number; logged: string[] }> {
  t.clock.offsetMs += 86_400_001;
  const told = { agree: 0, differ: 0, logged: [] as string[] };
  const { config, database } = t.service;
  const log = { error: ({ of }: { of: string }) => void told.logged.push(of) };
  const report = ({ outcomes }: JobReport) => {
    told.agree += outcomes?.['agree'] ?? 0;
    told.differ += outcomes?.['differ'] ?? 0;
  };
  const context = { config, database, clock: t.clock, log, limits: config.limits, report };
  expect(await proveEconomics.run(context as never)).toBe(1);
  expect(await proveEconomics.run(context as never)).toBe(0);
  return told;
}

test('what is kept of money is what was recorded, and is proven once a day', async () => {
  expect(await prove()).toEqual({ agree: kinds, differ: 0, logged: [] });
});

test.each([
  ['spend', `UPDATE brand_spend_days SET amount_minor = amount_minor + 1`],
  ['acquisitions', `UPDATE acquisition_days SET awake = awake + 1 WHERE verdict = 'WATCHED'`],
  ['campaigns', `UPDATE campaign_totals SET unpriced = unpriced + 1`],
  ['years', `UPDATE customer_years SET orders = orders + 1`],
  ['growth', `UPDATE brand_years SET kept_minor = kept_minor + 1`],
  ['messages', `UPDATE delivery_days SET messages = messages + 1`],
  [
    'mu',
    `INSERT INTO mu_days SELECT id, (now() AT TIME ZONE 'UTC')::date - 1, 0, 1, 0, 0, 0 FROM brands`,
  ],
])('sums of %s that are wrong are counted and told of, and stay as they are', async (of, fault) => {
  const before = await prove();
  await t.database.query(fault);
  expect(await prove()).toEqual({
    agree: before.agree - 1,
    differ: before.differ + 1,
    logged: expect.arrayContaining([...before.logged, of]),
  });
});
