import * as operations from '../../schema/generated/operations';
import { startTestService, type TestService } from '../support/test-service';
import { key, runnerOf, type Run } from './runner';

const by = { externalId: 'asha' };

let t: TestService;
let run: Run;

beforeAll(async () => {
  t = await startTestService();
  run = runnerOf(t, (await t.createBrand('counts-the-cost', { budget: 10_000 })).apiKey);
  await run(operations.IdentifyCustomerDocument, { input: { ...by, ...key() } });
});

afterAll(() => t.close());

it('The published operations let a brand tell what it spends and who comes', async () => {
  const spent = { purpose: 'ACQUISITION', route: 'ADTECH', firstDay: '2026-03-01' } as const;
  const { recordSpend } = await run(operations.RecordSpendDocument, {
    input: { ...spent, amount: '6300.00', ...key() },
  });
  expect(recordSpend.spend?.amount).toEqual({ amount: '6300.00', currencyCode: 'INR' });
  const { recordSpendBatch } = await run(operations.RecordSpendBatchDocument, {
    input: { spend: [{ ...spent, amount: '1.00', ...key() }] },
  });
  expect(recordSpendBatch.results).toMatchObject([{ spend: { amount: { amount: '1.00' } } }]);
  const acquired = { identities: [by], route: 'ADTECH' as const };
  const { recordAcquisition } = await run(operations.RecordAcquisitionDocument, {
    input: { ...acquired, cost: '100.00', ...key() },
  });
  expect(recordAcquisition.acquisition).toMatchObject({ verdict: 'WATCHED', customer: by });
  const { recordAcquisitionBatch } = await run(operations.RecordAcquisitionBatchDocument, {
    input: { acquisitions: [{ ...acquired, ...key() }] },
  });
  expect(recordAcquisitionBatch.results).toMatchObject([{ acquisition: { verdict: 'WATCHED' } }]);
  const { brand } = await run(operations.BrandSpendDocument, {});
  expect(brand?.spend?.nodes).toHaveLength(2);
  const days = { firstDay: '2026-03-01', lastDay: '2026-03-31' };
  const { setBudgetPlan } = await run(operations.SetBudgetPlanDocument, {
    input: { ...days, lines: [{ purpose: 'RETENTION', amount: '31.00' }], ...key() },
  });
  expect(setBudgetPlan.budgetPlan).toMatchObject(days);
  const { reallocateToMu } = await run(operations.ReallocateToMuDocument, {
    input: { from: 'REACQUISITION', amount: '1.00', reason: 'A better use', ...key() },
  });
  expect(reallocateToMu.budgetShift?.mu).toBe(10);
  const period = { period: days };
  const waste = await run(operations.AdWasteDocument, period);
  expect(waste.brand?.adWaste).toMatchObject({ acquisitions: 0, share: null });
  const split = await run(operations.BudgetSplitDocument, period);
  expect(split.brand?.budgetSplit?.spent).toEqual({ amount: '6301.00', currencyCode: 'INR' });
  const orders = await run(operations.OrderBucketsDocument, period);
  expect(orders.brand?.orderBuckets?.buckets).toHaveLength(7);
  const { setUnitCosts } = await run(operations.SetUnitCostsDocument, {
    input: { muPrice: '0.05', messageCosts: [{ channel: 'RCS', cost: '0.125' }], ...key() },
  });
  expect(setUnitCosts.unitCosts?.messageCosts).toContainEqual({ channel: 'RCS', cost: '0.125' });
  const economy = await run(operations.MuEconomyDocument, period);
  expect(economy.brand).toMatchObject({ muEconomy: { issued: 0 }, unitCosts: { muPrice: '0.05' } });
  const to = { existingPercent: 25 };
  const shifted = await run(operations.SimulateBudgetShiftDocument, { to, ...period });
  expect(shifted.brand?.simulateBudgetShift?.after.existingShare).toBe(0.25);
  const growth = await run(operations.EarnedGrowthDocument, { year: 2026 });
  expect(growth.brand?.earnedGrowth).toMatchObject({ year: 2026, earnedGrowth: null });
  const { customer } = await run(operations.CustomerProfitDocument, { by });
  expect(customer?.relationship?.customerProfit?.profit).toEqual({ amount: '-100.00' });
  const funded = await run(operations.FundingSourceDocument, period);
  expect(funded.brand?.fundingSource?.modelVersion).toBe('funding-source-1');
  const byBand = await run(operations.SegmentRevenueDocument, { month: '2020-01-01' });
  expect(byBand.brand?.segmentRevenue).toBeNull();
  const summary = await run(operations.ExecutiveSummaryDocument, period);
  expect(summary.brand?.executiveSummary?.marketingSpendRatio).toEqual({ ratio: 0 });
});
