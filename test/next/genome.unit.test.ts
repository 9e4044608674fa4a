import fc from 'fast-check';
import { genomeOf, liftOf, scoreOf, type CountedFeature } from '../../src/next/genome';

const all = { best: 20, customers: 100 };
const terms = { smoothing: 10, leastSupport: 20, most: 200 };

const trait = (value: string, best: number, customers: number): CountedFeature => {
  return { kind: 'TRAIT', name: 'drinks', value, best, customers };
};

test('coffee drinkers, 15 of the 20 best and 30 of 100 in all, have a lift of 2, and of 2.5 unsmoothed', () => {
  expect(liftOf(trait('coffee', 15, 30), all, 10)).toBeCloseTo(2, 12);
  expect(liftOf(trait('coffee', 15, 30), all, 0)).toBeCloseTo(2.5, 12);
  expect(liftOf(trait('tea', 6, 30), all, 10)).toBeCloseTo(1, 12);
});

test('a genome ranks what speaks for the best first and what speaks against last, without what few have', () => {
  const counted = [
    trait('tea', 0, 40),
    trait('milk', 4, 20),
    trait('coffee', 15, 30),
    trait('mead', 9, 19),
  ];
  const genome = genomeOf(counted, all, terms);
  expect(genome.map(({ value }) => value)).toEqual(['coffee', 'milk', 'tea']);
  expect(genome.map(({ weight }) => weight)).toEqual([
    expect.closeTo(Math.log(2), 12),
    expect.closeTo(0, 12),
    expect.closeTo(Math.log(1 / 3), 12),
  ]);
  expect(scoreOf(genome)).toBeCloseTo(Math.log(2 / 3), 12);
});

test('of more features than are kept those that tell least go, whichever way they speak', () => {
  const counted = [trait('tea', 0, 40), trait('milk', 4, 20), trait('coffee', 15, 30)];
  const kept = genomeOf(counted, all, { ...terms, most: 2 });
  expect(kept.map(({ value }) => value)).toEqual(['coffee', 'tea']);
});

test('without a best customer nothing is told', () => {
  expect(genomeOf([trait('tea', 0, 40)], { best: 0, customers: 100 }, terms)).toEqual([]);
});

/** Counts as they can be: no more best with it than best, and no more others than others. */
const counts = fc
  .record({
    best: fc.integer({ min: 1, max: 50 }),
    others: fc.integer({ min: 0, max: 200 }),
    smoothing: fc.integer({ min: 1, max: 100 }),
  })
  .chain(({ best, others, smoothing }) =>
    fc
      .tuple(fc.integer({ min: 0, max: best }), fc.integer({ min: 0, max: others }))
      .filter(([ofBest, ofOthers]) => ofBest + ofOthers > 0)
      .map(([ofBest, ofOthers]) => ({
        feature: { best: ofBest, customers: ofBest + ofOthers },
        people: { best, customers: best + others },
        smoothing,
      })),
  );

test('smoothing never turns a lift round, and always brings it nearer to 1', () => {
  fc.assert(
    fc.property(counts, ({ feature, people, smoothing }) => {
      const [raw, smoothed] = [liftOf(feature, people, 0), liftOf(feature, people, smoothing)];
      expect(smoothed).toBeGreaterThan(0);
      expect(Math.abs(smoothed - 1)).toBeLessThanOrEqual(Math.abs(raw - 1) + 1e-9);
      expect((smoothed - 1) * (raw - 1)).toBeGreaterThanOrEqual(-1e-12);
    }),
  );
});
