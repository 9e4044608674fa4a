import fc from 'fast-check';
import { expectedPurchases } from '../../src/worth/bg-nbd';
import { fitParameters } from '../../src/worth/fit-parameters';
import { fitBgNbd, fitWorth, type WorthCell } from '../../src/worth/fit-worth';
import { runs } from '../support/long';
import { simulateCustomers } from '../support/simulated-customers';

const least = { customers: 100, repeating: 50 };
const buying = { r: 0.8, alpha: 6, a: 0.7, b: 2.5 };
const spending = { p: 5, q: 4, v: 2000 };

function fitted(cells: readonly WorthCell[]) {
  const fit = fitWorth(cells, least);
  if (typeof fit === 'string') throw new Error(fit);
  return fit;
}

describe('fitting what customers are worth', () => {
  test('finds the parameters that simulated customers live by', () => {
    const seeds = fc.integer({ min: 1, max: 2 ** 31 });
    fc.assert(
      fc.property(seeds, (seed) => {
        const people = simulateCustomers(buying, spending, { customers: 6000, weeks: 104, seed });
        const found = fitted(people);
        // Several standard errors; shares of the parameters are known better than each of them.
        expect(Math.abs(Math.log(found.buying.r / buying.r))).toBeLessThan(0.3);
        expect(Math.abs(Math.log(found.buying.alpha / buying.alpha))).toBeLessThan(0.35);
        const stops = ({ a, b }: { a: number; b: number }) => a / (a + b);
        expect(Math.abs(stops(found.buying) - stops(buying))).toBeLessThan(0.05);
        expect(Math.abs(Math.log(found.spending.p / spending.p))).toBeLessThan(0.4);
        const mean = ({ p, q, v }: typeof spending) => (p * v) / (q - 1);
        expect(Math.abs(Math.log(mean(found.spending) / mean(spending)))).toBeLessThan(0.05);
      }),
      { numRuns: runs(3) },
    );
  });

  test('foretells what simulated customers go on to buy', () => {
    const world = { customers: 6000, weeks: 104, seed: 11 };
    const people = simulateCustomers(buying, spending, world, 26);
    const model = fitted(people).buying;
    const foretold = people.reduce((sum, one) => sum + expectedPurchases(model, one, 26), 0);
    const bought = people.reduce((sum, { later }) => sum + later, 0);
    expect(Math.abs(foretold / bought - 1)).toBeLessThan(0.06);
  });

  test('finds the same whether customers are counted one by one or in cells', () => {
    const people = simulateCustomers(buying, spending, { customers: 800, weeks: 80, seed: 5 });
    const grouped = fitted(people.map((cell) => ({ ...cell, customers: 3 })));
    const single = fitted([...people, ...people, ...people]);
    expect(grouped.customers).toBe(2400);
    expect(grouped.buying.r / single.buying.r).toBeCloseTo(1, 3);
    expect(grouped.spending.p / single.spending.p).toBeCloseTo(1, 2);
  });

  test('needs as many customers as it is told and not one more', () => {
    const people = simulateCustomers(buying, spending, { customers: 400, weeks: 80, seed: 3 });
    const exactly = { customers: 400, repeating: 1 };
    expect(typeof fitWorth(people, exactly)).toBe('object');
    expect(fitWorth(people, { ...exactly, customers: 401 })).toBe('TOO_FEW_CUSTOMERS');
  });

  test('needs as many customers who came back as it is told and not one more', () => {
    const people = simulateCustomers(buying, spending, { customers: 400, weeks: 80, seed: 3 });
    const repeating = people.filter(({ repeats, spent }) => repeats > 0 && spent > 0).length;
    expect(typeof fitWorth(people, { customers: 1, repeating })).toBe('object');
    const refused = fitWorth(people, { customers: 1, repeating: repeating + 1 });
    expect(refused).toBe('TOO_FEW_REPEAT_CUSTOMERS');
  });

  test('refuses customers who are all alike, of whom no spread can be learnt', () => {
    const alike = [{ repeats: 3, recency: 9, age: 12, spent: 3000, customers: 500 }];
    expect(fitWorth(alike, least)).toBe('BUYING_UNFIT');
  });

  test('refuses spending that is one price for everybody', () => {
    const people = simulateCustomers(buying, spending, { customers: 500, weeks: 80, seed: 8 });
    const onePrice = people.map((one) => ({ ...one, spent: one.repeats * 999 }));
    expect(fitWorth(onePrice, least)).toBe('SPENDING_UNFIT');
  });

  test('refuses nobody by throwing: any customers have a fit or a reason', () => {
    const cell = fc
      .record({
        repeats: fc.integer({ min: 0, max: 12 }),
        age: fc.integer({ min: 0, max: 700 }),
        part: fc.double({ min: 0, max: 1, noNaN: true }),
        spent: fc.integer({ min: 0, max: 100_000 }),
        customers: fc.integer({ min: 1, max: 50 }),
      })
      .map(({ part, age, ...rest }) => ({
        ...rest,
        age: age / 7,
        recency: rest.repeats === 0 ? 0 : Math.round(part * age) / 7,
      }));
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 30 }), (cells) => {
        const fit = fitWorth(cells, { customers: 1, repeating: 1 });
        if (typeof fit === 'string') return;
        const numbers = [...Object.values(fit.buying), ...Object.values(fit.spending)];
        expect(numbers.every((number) => number > 0 && Number.isFinite(number))).toBe(true);
        expect(Number.isFinite(fit.buyingLogLikelihood)).toBe(true);
      }),
      { numRuns: runs(20) },
    );
  });
});

describe('fitting parameters', () => {
  const task = (logLikelihood: (parameters: readonly number[]) => number) => ({
    observations: 1,
    logLikelihood,
    starts: [[1], [20]],
    ranges: [[0.001, 1000]] as const,
  });

  test('climbs to the top, and says how high it is', () => {
    const fit = fitParameters(task(([x = 0]) => 7 - Math.log(x / 3) ** 2));
    expect(fit).toMatchObject({ logLikelihood: expect.closeTo(7, 8) as number });
    expect(typeof fit === 'object' && fit.parameters[0]).toBeCloseTo(3, 4);
  });

  test('does not take the end of the believable for a top', () => {
    expect(fitParameters(task(([x = 0]) => Math.log(x)))).toBe('AT_THE_EDGE');
    expect(fitParameters(task(([x = 0]) => -Math.log(x)))).toBe('AT_THE_EDGE');
  });

  test('finds nothing where there is no likelihood', () => {
    expect(fitParameters(task(() => NaN))).toBe('NOT_CONVERGED');
  });

  test('reads the same cells the same way twice', () => {
    const people = simulateCustomers(buying, spending, { customers: 300, weeks: 60, seed: 2 });
    expect(fitBgNbd(people)).toEqual(fitBgNbd(people));
  });
});
