import fc from 'fast-check';
import { spread } from '../../src/wallets/spread';
import { seeded } from '../support/seeded';

const balance = fc.oneof(fc.integer({ min: -100, max: 100 }), fc.integer({ min: 0, max: 2 ** 49 }));

test('an amount is spread exactly, no part gives more than it holds, none below zero gives', () => {
  const cases = fc
    .array(balance, { minLength: 1, maxLength: 12 })
    .map((balances) => balances.map((one, at) => ({ at, balance: Math.trunc(one) })))
    .chain((parts) => {
      const whole = parts.reduce((sum, part) => sum + Math.max(0, part.balance), 0);
      return fc.record({
        parts: fc.constant(parts),
        amount: fc.nat(1_000_000).map((n) => (whole === 0 ? 0 : n % (whole + 1))),
      });
    });
  fc.assert(
    fc.property(cases, ({ parts, amount }) => {
      const taken = spread(amount, parts);
      expect(taken.reduce((sum, one) => sum + one.amount, 0)).toBe(amount);
      for (const one of taken) {
        expect(one.amount).toBeGreaterThan(0);
        expect(one.amount).toBeLessThanOrEqual(one.part.balance);
      }
      expect(new Set(taken.map((one) => one.part.at)).size).toBe(taken.length);
    }),
    seeded(500),
  );
});

test('the whole is taken when the whole is asked for', () => {
  const parts = [{ balance: 3 }, { balance: -2 }, { balance: 5 }];
  expect(spread(8, parts)).toEqual([
    { part: { balance: 5 }, amount: 5 },
    { part: { balance: 3 }, amount: 3 },
  ]);
});

test('a third of three equal parts takes one from each', () => {
  const parts = [{ balance: 3 }, { balance: 3 }, { balance: 3 }];
  expect(spread(3, parts).map((one) => one.amount)).toEqual([1, 1, 1]);
});

test('more than the parts hold is refused', () => {
  expect(() => spread(2, [{ balance: 1 }, { balance: -5 }])).toThrow('do not hold');
});
