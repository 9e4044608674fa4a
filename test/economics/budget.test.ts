import { must, send } from '../referrals/friends';
import {
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { dayBefore, figure, spend } from './ledger-desk';

let t: TestService;

beforeAll(async () => {
  t = await startTestService();
});

afterAll(() => t.close());

const split = (brand: TestBrand, period?: { firstDay: string; lastDay: string }) =>
  figure(t, brand, 'budget-split', 'budgetSplit', period);

const lineOf = (told: Data, purpose: string): Data =>
  (told['lines'] as Data[]).find((line) => line['purpose'] === purpose) as Data;

test('90 for new customers and 10 for those there are is told by purpose and route', async () => {
  const brand = await t.createBrand('velora');
  const other = await t.createBrand('tripkart');
  await spend(t, other, '1000.00');
  await spend(t, brand, '60.00');
  await spend(t, brand, '10.00', { route: 'AFFILIATE' });
  await spend(t, brand, '20.00', { purpose: 'REACQUISITION' });
  await spend(t, brand, '10.00', { purpose: 'RETENTION', route: 'CRM' });
  await spend(t, brand, '5.00', { purpose: 'RETENTION', route: 'CRM', currency: 'EUR' });
  const told = await split(brand);
  expect(told).toMatchObject({
    spent: { amount: '100.00', currencyCode: 'INR' },
    existingShare: 0.1,
    existingBudgetShare: 0.1,
    otherCurrency: 1,
    previous: { existingShare: null },
  });
  expect(lineOf(told, 'ACQUISITION')).toMatchObject({
    spentShare: 0.7,
    planned: null,
    routes: [
      { route: 'ADTECH', spent: { amount: '60.00' }, share: 0.6 },
      { route: 'AFFILIATE', spent: { amount: '10.00' }, share: 0.1 },
    ],
  });
  expect(await figure(t, brand, 'budget-split', 'marketingSpendRatio')).toMatchObject({
    ratio: 0.1,
    onExisting: { amount: '10.00' },
    previous: { ratio: null },
  });
});

test('a decision for Mu moves the split: with a plan its budgets, without one what was spent', async () => {
  const brand = await t.createBrand('decides');
  await spend(t, brand, '63000.00');
  await spend(t, brand, '60000.00', { purpose: 'REACQUISITION' });
  const { budgetShift } = await must(t, brand.apiKey, 'reallocate-to-mu', {
    from: 'REACQUISITION',
    amount: '56700.00',
    reason: 'They answer to mails',
  });
  // Rs 0.10 a Mu.
  expect(budgetShift).toMatchObject({ mu: 567_000, amount: { amount: '56700.00' } });
  const told = await split(brand);
  expect(lineOf(told, 'REACQUISITION')).toMatchObject({
    spent: { amount: '60000.00' },
    moved: { amount: '-56700.00' },
    budget: { amount: '3300.00' },
  });
  expect(lineOf(told, 'ATTENTION')).toMatchObject({ budget: { amount: '56700.00' } });
  expect(told['budget'].amount).toBe(told['spent'].amount);
  expect(told['existingShare']).toBe(0);
  expect(told['existingBudgetShare']).toBeCloseTo(56_700 / 123_000, 10);
});

test('a plan is spread over its days, and a later one takes its place', async () => {
  const brand = await t.createBrand('plans');
  const days = { firstDay: dayBefore(9), lastDay: dayBefore(0) };
  const plan = (lines: object[], period = days) =>
    must(t, brand.apiKey, 'set-budget-plan', { ...period, lines });
  await plan([
    { purpose: 'ACQUISITION', amount: '90.00' },
    { purpose: 'RETENTION', amount: '10.00' },
  ]);
  expect(await split(brand, days)).toMatchObject({
    budget: { amount: '100.00' },
    existingBudgetShare: 0.1,
  });
  const half = { firstDay: dayBefore(4), lastDay: dayBefore(0) };
  await plan([{ purpose: 'RETENTION', amount: '50.00' }], half);
  expect(await split(brand, days)).toMatchObject({ budget: { amount: '100.00' } });
  expect(lineOf(await split(brand, days), 'ACQUISITION')['planned']).toEqual({ amount: '45.00' });
  expect(lineOf(await split(brand, half), 'ACQUISITION')['planned']).toEqual({ amount: '0.00' });
});

test('what is no plan and no decision is refused', async () => {
  const brand = await t.createBrand('refused');
  const lines = [{ purpose: 'ACQUISITION', amount: '1' }];
  const day = '2026-03-01';
  const plans: [object, string[]][] = [
    [{ firstDay: day, lastDay: 'x', lines }, ['lastDay']],
    [{ firstDay: day, lastDay: day, lines: [...lines, ...lines] }, ['lines', '1', 'purpose']],
    [
      { firstDay: day, lastDay: day, lines: [{ purpose: 'BRAND', amount: 'x' }] },
      ['lines', '0', 'amount'],
    ],
  ];
  for (const [input, field] of plans) {
    const payload = await send(t, brand.apiKey, 'set-budget-plan', { ...input });
    expect(payload).toMatchObject({ budgetPlan: null, userErrors: [{ field }] });
  }
  const shift = { from: 'BRAND', amount: '5', reason: 'so' };
  const shifts: [object, string][] = [
    [{ ...shift, from: 'ATTENTION' }, 'from'],
    [{ ...shift, amount: '0' }, 'amount'],
    [{ ...shift, day: '1' }, 'day'],
    [{ ...shift, reason: '' }, 'reason'],
  ];
  for (const [input, field] of shifts) {
    const payload = await send(t, brand.apiKey, 'reallocate-to-mu', { ...input });
    expect(payload).toMatchObject({ budgetShift: null, userErrors: [{ field: [field] }] });
  }
});
