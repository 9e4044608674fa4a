import fc from 'fast-check';
import { expectedSpend, gammaGammaLikelihood } from '../../src/worth/gamma-gamma';

const paper = { p: 6.25, q: 3.74, v: 1544 };
const spending = fc.record({
  purchases: fc.integer({ min: 1, max: 100 }),
  mean: fc.integer({ min: 1, max: 1_000_000 }),
});

describe('the Gamma-Gamma model', () => {
  test('expects of somebody nothing is known of what everybody spends', () => {
    const everybody = (6.25 * 1544) / 2.74;
    expect(expectedSpend(paper, { purchases: 0, spent: 0 })).toBeCloseTo(everybody, 6);
  });

  test('expects something between the customer’s own mean and everybody’s', () => {
    const everybody = expectedSpend(paper, { purchases: 0, spent: 0 });
    fc.assert(
      fc.property(spending, ({ purchases, mean }) => {
        const expected = expectedSpend(paper, { purchases, spent: purchases * mean });
        expect(expected).toBeGreaterThanOrEqual(Math.min(mean, everybody) * (1 - 1e-12));
        expect(expected).toBeLessThanOrEqual(Math.max(mean, everybody) * (1 + 1e-12));
      }),
    );
  });

  test('comes nearer to the customer’s own mean with every purchase', () => {
    fc.assert(
      fc.property(spending, ({ purchases, mean }) => {
        const off = (count: number) =>
          Math.abs(expectedSpend(paper, { purchases: count, spent: count * mean }) - mean);
        expect(off(purchases + 1)).toBeLessThanOrEqual(off(purchases) + 1e-6);
      }),
    );
  });

  test('has a likelihood that is the density of a customer’s mean: it integrates to 1', () => {
    let sum = 0;
    for (let s = 0; s < 25; s += 0.001) {
      const mean = Math.exp(s);
      const cell = { purchases: 3, spent: 3 * mean, customers: 1 };
      sum += Math.exp(gammaGammaLikelihood([cell])(paper)) * mean * 0.001;
    }
    expect(sum).toBeCloseTo(1, 6);
  });
});
