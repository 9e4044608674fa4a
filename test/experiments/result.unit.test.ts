import fc from 'fast-check';
import { emptyArm, type ArmCounts } from '../../src/experiments/arms';
import { upliftOf, wilson } from '../../src/experiments/newcombe';
import { checkPrice, costOf } from '../../src/experiments/price';
import { figuresOf, incrementalRevenueOf, orderedMore } from '../../src/experiments/result';
import type { ArmName } from '../../src/holdouts';

const arm = (name: ArmName, counts: Partial<ArmCounts>): ArmCounts => ({
  ...emptyArm(name),
  ...counts,
});

describe('What an experiment did', () => {
  it('is 2.0 points, 720 incremental at Rs 21.25 each, for 900 of 36,000 against 20 of 4,000', () => {
    const treated = arm('TREATED', { members: 36_000, reactivated: 900, deliveries: 540_000 });
    const heldOut = arm('HELD_OUT', { members: 4000, reactivated: 20 });
    const priced = { muPrice: 100_000, costOfMessage: 10_000, currency: 'INR' };
    const experiment = { outcome: 'REACTIVATED' as const, ...priced };
    const figures = figuresOf(experiment, { treated, heldOut }, 99_000);
    expect(figures.uplift?.difference).toBeCloseTo(0.02, 12);
    expect(figures.incremental).toBe(720);
    expect(figures).toMatchObject({ muCost: 990_000, messageCost: 540_000, cost: 1_530_000 });
    expect(figures.costPerIncremental).toBe(2125);
  });

  it('leads 720 more of 36,000 to an order when 900 of them ordered and 20 of 4,000 held out', () => {
    const treated = arm('TREATED', { members: 36_000, ordered: 900, clicked: 5000 });
    const heldOut = arm('HELD_OUT', { members: 4000, ordered: 20 });
    const { uplift, incremental } = orderedMore({ treated, heldOut });
    expect(incremental).toBe(720);
    expect(uplift).toEqual(
      upliftOf({ successes: 900, total: 36_000 }, { successes: 20, total: 4000 }),
    );
    expect(uplift?.low).toBeGreaterThan(0.016);
    const none = { treated, heldOut: emptyArm('HELD_OUT') };
    expect(orderedMore(none)).toEqual({ uplift: null, incremental: null });
  });

  it('has no price where nothing was gained, and no uplift while an arm is empty', () => {
    const priced = { muPrice: 1_000_000, costOfMessage: 0, currency: 'INR' };
    const same = { members: 10, ordered: 2 };
    const even = { treated: arm('TREATED', same), heldOut: arm('HELD_OUT', same) };
    expect(figuresOf({ outcome: 'ORDER', ...priced }, even, 5)).toMatchObject({
      incremental: 0,
      cost: 500,
      costPerIncremental: null,
    });
    const alone = { treated: arm('TREATED', same), heldOut: emptyArm('HELD_OUT') };
    expect(figuresOf({ outcome: 'ORDER', ...priced }, alone, 5)).toMatchObject({
      uplift: null,
      incremental: null,
      costPerIncremental: null,
    });
    expect(incrementalRevenueOf(alone)).toBeNull();
  });

  it('earned what the treated paid beyond what as many of those held out would have', () => {
    const treated = arm('TREATED', { members: 90, revenueMinor: 90_000 });
    const heldOut = arm('HELD_OUT', { members: 10, revenueMinor: 4000 });
    expect(incrementalRevenueOf({ treated, heldOut })).toBe(54_000);
  });
});

describe("Newcombe's interval", () => {
  // Newcombe, Statistics in Medicine 17 (1998), table II, method 10.
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('of %i/%i − %i/%i is as published', (a, m, b, n, low, high) => {
    const uplift = upliftOf({ successes: a, total: m }, { successes: b, total: n });
    expect(uplift?.low).toBeCloseTo(low, 4);
    expect(uplift?.high).toBeCloseTo(high, 4);
  });

  const shares = fc
    .integer({ min: 1, max: 100_000 })
    .chain((total) =>
      fc.record({ successes: fc.integer({ min: 0, max: total }), total: fc.constant(total) }),
    );

  it('lies within −1 and 1 around the difference, and turns round with the arms', () => {
    fc.assert(
      fc.property(shares, shares, (one, other) => {
        const there = upliftOf(one, other)!;
        const back = upliftOf(other, one)!;
        const slack = 1e-9;
        expect(there.low).toBeGreaterThanOrEqual(-1 - slack);
        expect(there.high).toBeLessThanOrEqual(1 + slack);
        expect(there.low).toBeLessThanOrEqual(there.difference + slack);
        expect(there.high).toBeGreaterThanOrEqual(there.difference - slack);
        expect(back.low).toBeCloseTo(-there.high, 9);
        const [low, high] = wilson(one);
        expect(low).toBeLessThanOrEqual(one.successes / one.total + slack);
        expect(high).toBeGreaterThanOrEqual(one.successes / one.total - slack);
      }),
    );
  });
});

describe('A price', () => {
  it.each([
    ['0', 0],
    ['0.01', 10_000],
    ['12.345678', 12_345_678],
    ['999999999', 999_999_999_000_000],
  ])('of %s is %i millionths', (price, millionths) => {
    expect(checkPrice(price, 'muPrice')).toEqual({ value: millionths });
  });

  it.each(['', '-1', '1e3', '.5', '1.', '0.1234567', '1000000000', ' 1'])(
    'may not be "%s"',
    (price) => {
      expect(checkPrice(price, 'muPrice').refusal).toMatchObject({ code: 'INVALID_VALUE' });
    },
  );

  it('is multiplied exactly and rounded half up to minor units of the currency', () => {
    expect(costOf(540_000, 10_000, 'INR')).toBe(540_000);
    expect(costOf(3, 5000, 'INR')).toBe(2);
    expect(costOf(1, 4999, 'INR')).toBe(0);
    expect(costOf(7, 1_500_000, 'JPY')).toBe(11);
    expect(costOf(2, 500, 'KWD')).toBe(1);
    expect(costOf(100_000_000, 100_000, 'INR')).toBe(1_000_000_000);
  });
});
