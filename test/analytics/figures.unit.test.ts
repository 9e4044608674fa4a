import { attentionRetentionOf, retentionOf } from '../../src/analytics/attention-retention';
import { monthlyGrowthOf } from '../../src/analytics/attention-summary';
import { stretchesOf } from '../../src/analytics/metric-series';
import { halfLifeOf } from '../../src/analytics/retention-cohorts';
import type { Standing } from '../../src/analytics/standing';
import type { BrandEntity } from '../../src/brands';

const brand = { timezone: 'Asia/Kolkata', currency: 'INR' } as BrandEntity;

function standing(today: string, part: Partial<Standing>): Standing {
  const computedAt = new Date(`${today}T12:00:00Z`);
  return { today, computedAt, rolling: { before: 0, returned: 0 }, ...part } as Standing;
}

test('of 9,200 who clicked, 1,840 who click again are a retention of 20 % and a churn of 80 %', () => {
  expect(retentionOf(9200, 1840)).toEqual({
    clickersBefore: 9200,
    returned: 1840,
    retention: 0.2,
    churn: 0.8,
  });
  expect(retentionOf(0, 0)).toMatchObject({ retention: null, churn: null });
});

test('a quarter in which nobody clicked is told, and so is the loss of everybody', () => {
  const quarters = [
    { firstDay: '2026-01-01', clickers: 9200, returned: 0 },
    { firstDay: '2026-04-01', clickers: 2000, returned: 1840 },
    { firstDay: '2026-10-01', clickers: 7, returned: 0 },
  ];
  const told = attentionRetentionOf(standing('2026-11-22', { quarters }), brand).quarters;
  expect(told.map(({ firstDay }) => firstDay)).toEqual([
    '2026-01-01',
    '2026-04-01',
    '2026-07-01',
    '2026-10-01',
  ]);
  expect(told.map(({ retention }) => retention)).toEqual([null, 0.2, 0, null]);
  expect(told.map(({ complete }) => complete)).toEqual([true, true, true, false]);
});

test('of many quarters the last eight are told, and of none the running one', () => {
  const quarters = [{ firstDay: '2023-01-01', clickers: 3, returned: 0 }];
  const told = attentionRetentionOf(standing('2026-11-22', { quarters }), brand).quarters;
  expect(told).toHaveLength(8);
  expect(told[0]?.firstDay).toBe('2025-01-01');
  const none = attentionRetentionOf(standing('2026-11-22', { quarters: [] }), brand).quarters;
  expect(none).toMatchObject([{ firstDay: '2026-10-01', clickers: 0, retention: null }]);
});

test('growth a month is what leads evenly from the first known sum to the last', () => {
  expect(monthlyGrowthOf([null, 100, null, 112.36])).toBeCloseTo(0.06, 12);
  expect(monthlyGrowthOf([0, 50, 25])).toBeCloseTo(-0.5, 12);
  expect(monthlyGrowthOf([null, null, 100])).toBeNull();
  expect(monthlyGrowthOf([null, 0, 0])).toBeNull();
});

test('the half-life counts cohorts for which the month is over', () => {
  const cohort = (customers: number, ...there: number[]) => ({
    customers,
    months: there.map((count, month) => ({ month, customers: count, share: count / customers })),
  });
  expect(halfLifeOf([cohort(10, 10, 6, 4, 0)])).toBe(2);
  expect(halfLifeOf([cohort(10, 10, 1)])).toBeNull();
  expect(halfLifeOf([cohort(10, 10, 4, 0), cohort(90, 90, 80, 0)])).toBeNull();
  expect(halfLifeOf([])).toBeNull();
});

test('a running bucket is compared with as much of its counterpart', () => {
  const weeks = stretchesOf('2026-11-25', { bucket: 'WEEK', last: 2 });
  expect(weeks).toMatchObject({ first: '2026-11-16', end: '2026-11-30' });
  expect(weeks).toMatchObject({ before: '2026-11-02', beforeLast: '2026-11-11' });
  // March has a 31st, February has not: all of it is compared with.
  expect(stretchesOf('2026-03-31', { bucket: 'MONTH', last: 1 })).toMatchObject({
    first: '2026-03-01',
    before: '2026-02-01',
    beforeLast: '2026-02-28',
  });
  expect(stretchesOf('2026-11-22', { bucket: 'DAY', last: 3 })).toMatchObject({
    first: '2026-11-20',
    before: '2026-11-17',
    beforeLast: '2026-11-19',
  });
});
