import fc from 'fast-check';
import { aliveByRule, clvByRule, worthByRule, type OrderHistory } from '../../src/worth/clv-rule';
import { defaultTerms, termsOf, type TermsRow, type WorthTerms } from '../../src/worth/worth-terms';

const dayMs = 86_400_000;
const now = new Date('2026-06-01T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * dayMs);

const terms: WorthTerms = {
  ...defaultTerms,
  brandId: 'b',
  currency: 'INR',
  clvModel: 'RULE_6_9',
};

/** Orders at 2,000 rupees each. */
function ordered(orders: number, first: number, last: number): OrderHistory {
  const netMinor = orders * 200_000;
  return {
    orders,
    otherCurrencyOrders: 0,
    netMinor,
    firstAt: daysAgo(first),
    lastAt: daysAgo(last),
  };
}

describe('the rule of lifetime values', () => {
  test('makes Rs 9,747 of Rs 2,000 six times a year at a margin of 40%', () => {
    const inputs = { averageOrder: 200_000, margin: 0.4, ordersAYear: 6, pAlive: 0.9 };
    const { discount, horizonYears } = defaultTerms;
    const clv = clvByRule({ ...inputs, yearlyRetention: 0.8, discount, horizonYears });
    expect(Math.round(clv / 100)).toBe(9747);
  });

  test('looks as many years ahead as it is told, the first undiminished', () => {
    const inputs = { averageOrder: 100, margin: 1, ordersAYear: 1, pAlive: 1 };
    const over = (horizonYears: number) =>
      clvByRule({ ...inputs, yearlyRetention: 0.5, discount: 0, horizonYears });
    expect([over(1), over(2), over(3)]).toEqual([100, 150, 175]);
  });

  test('halves the chance that somebody still buys with every two usual pauses', () => {
    expect([0, 60, 120, 240].map((days) => aliveByRule(days, 30))).toEqual([1, 0.5, 0.25, 0.0625]);
  });
});

describe('the rule applied to orders', () => {
  test("goes by the customer's own pauses", () => {
    const worth = worthByRule(ordered(5, 300, 60), terms, now);
    expect(worth.pAlive).toBeCloseTo(2 ** (-60 / 120), 12);
    expect(worth.expectedOrders).toBeCloseTo((2 ** -0.5 * 365) / 60, 10);
    expect(worth.expectedValueMinor).toBe(200_000);
  });

  test("goes by the brand's pauses for who has ordered once, or only in one day", () => {
    const once = worthByRule(ordered(1, 90, 90), terms, now);
    expect(once.pAlive).toBeCloseTo(2 ** -0.5, 12);
    const { clvMinor, ...rest } = worthByRule(ordered(3, 90.5, 90), terms, now);
    expect(rest).toEqual({ ...rest, pAlive: once.pAlive, expectedOrders: once.expectedOrders });
    expect(clvMinor).toBe(once.clvMinor);
  });

  test('takes nobody to order more often than once a day', () => {
    expect(worthByRule(ordered(1000, 10, 0), terms, now).expectedOrders).toBe(365);
  });

  test('counts silence in whole days, and none for an order ahead of our clock', () => {
    const after = (ms: number) =>
      worthByRule(ordered(2, 100, 10), terms, new Date(now.getTime() + ms)).pAlive;
    expect(after(dayMs - 1)).toBe(after(0));
    expect(after(dayMs)).toBeLessThan(after(0));
    expect(worthByRule(ordered(1, -1, -1), terms, now).pAlive).toBe(1);
  });

  test('says 0 of who ordered in other currencies only, and never more than is exact', () => {
    const foreign = { ...ordered(0, 10, 0), otherCurrencyOrders: 2 };
    expect(worthByRule(foreign, terms, now).clvMinor).toBe(0);
    const most = { ...ordered(1, 0, 0), netMinor: Number.MAX_SAFE_INTEGER };
    const often = { ...terms, daysBetweenOrders: 1 };
    expect(worthByRule(most, often, now).clvMinor).toBe(Number.MAX_SAFE_INTEGER);
  });

  test('falls with silence, and rises with what is left of orders and with the margin', () => {
    const histories = fc.record({
      orders: fc.integer({ min: 1, max: 200 }),
      netMinor: fc.integer({ min: 0, max: 10 ** 9 }),
      span: fc.integer({ min: 0, max: 3000 }),
      silent: fc.integer({ min: 0, max: 3000 }),
      more: fc.integer({ min: 1, max: 400 }),
    });
    fc.assert(
      fc.property(histories, ({ orders, netMinor, span, silent, more }) => {
        const history = {
          ...ordered(orders, span + silent, silent),
          netMinor,
        };
        const worth = worthByRule(history, terms, now);
        const later = worthByRule(history, terms, new Date(now.getTime() + more * dayMs));
        const richer = worthByRule({ ...history, netMinor: netMinor + 1000 * orders }, terms, now);
        const dearer = worthByRule(history, { ...terms, margin: 0.5 }, now);
        expect(worth.pAlive).toBeGreaterThanOrEqual(0);
        expect(worth.pAlive).toBeLessThanOrEqual(1);
        expect(later.pAlive).toBeLessThanOrEqual(worth.pAlive);
        expect(later.clvMinor).toBeLessThanOrEqual(worth.clvMinor);
        expect(richer.clvMinor).toBeGreaterThanOrEqual(worth.clvMinor);
        expect(dearer.clvMinor).toBeGreaterThanOrEqual(worth.clvMinor);
      }),
    );
  });
});

describe('the terms of a brand', () => {
  const row: TermsRow = {
    brand_id: 'b',
    currency: 'INR',
    margin: null,
    discount: null,
    horizon_years: null,
    yearly_retention: null,
    days_between_orders: null,
    clv_model: null,
    gaps: 0,
    gap_seconds: 0,
  };

  test('are the defaults where it has set nothing', () => {
    expect(termsOf(row)).toEqual(terms);
    expect(termsOf({ ...row, margin: 0, discount: 0 })).toEqual({
      ...terms,
      margin: 0,
      discount: 0,
    });
  });

  test('measure the pause between orders as soon as customers have come back', () => {
    const set = { ...row, days_between_orders: 12 };
    expect(termsOf(set).daysBetweenOrders).toBe(12);
    expect(termsOf({ ...set, gaps: 4, gap_seconds: 120 * 86_400 }).daysBetweenOrders).toBe(30);
    expect(termsOf({ ...set, gaps: 4, gap_seconds: 60 }).daysBetweenOrders).toBe(12);
  });
});
