import fc from 'fast-check';
import {
  attentivenessOf,
  bandOf,
  cutsOf,
  lastPlaces,
  progressOf,
  type BandFacts,
} from '../../src/segments/bands/band-of';
import { segmentationModels, type SegmentationModel } from '../../src/segments/bands/models';

/** Ten customers who ordered, worth 10 to 1, all attentive. */
const ten = Array.from({ length: 10 }, (_, at) => 10 - at);
const cuts = cutsOf(ten);
const facts = (change: Partial<BandFacts>): BandFacts => ({
  orders: 1,
  worth: 5,
  dormancy: 'ACTIVE',
  ...change,
});

test('of ten by worth two are best, three the rest and five test', () => {
  const bands = ten.map((worth) => bandOf('VALUE_2021', facts({ worth }), cuts));
  expect(bands).toEqual([
    ...Array<string>(2).fill('BEST'),
    ...Array<string>(3).fill('REST'),
    ...Array<string>(5).fill('TEST'),
  ]);
});

test('who is worth as much as the last of a band belongs to it', () => {
  const tied = [9, 5, 5, 5, 4, 4, 4, 1, 1, 1];
  const bands = tied.map((worth) => bandOf('VALUE_2021', facts({ worth }), cutsOf(tied)));
  expect(bands.filter((band) => band === 'BEST')).toHaveLength(4);
  expect(bands.filter((band) => band === 'REST')).toHaveLength(3);
  expect(bands.filter((band) => band === 'TEST')).toHaveLength(3);
});

test.each([
  [0, 0, 0],
  [1, 1, 1],
  [3, 1, 2],
  [10, 2, 5],
  [9000, 1800, 4500],
])('of %i the best end at place %i and the rest at %i', (customers, best, rest) => {
  expect(lastPlaces(customers)).toEqual({ best, rest });
});

test('whoever never ordered is next by every model, whatever their attention', () => {
  for (const model of segmentationModels) {
    for (const dormancy of ['ACTIVE', 'LOST', null]) {
      expect(bandOf(model, facts({ orders: 0, worth: 99, dormancy }), cuts)).toBe('NEXT');
    }
  }
});

test.each<[SegmentationModel, string, number, number, string]>([
  ['ATTENTION_2025', 'ACTIVE', 1, 10, 'BEST'],
  ['ATTENTION_2025', 'ACTIVE', 9, 8, 'REST'],
  ['ATTENTION_2025', 'DRIFTING', 1, 10, 'REST'],
  ['ATTENTION_2025', 'INACTIVE', 1, 1, 'REST'],
  ['ATTENTION_2025', 'NOT_TESTED', 1, 10, 'REST'],
  ['ATTENTION_2025', 'NEVER', 1, 1, 'REST'],
  ['ATTENTION_2025', 'DORMANT', 1, 10, 'TEST'],
  ['ATTENTION_2025', 'LOST', 9, 1, 'TEST'],
  ['TAT_2026', 'ACTIVE', 1, 1, 'TEST'],
  ['TAT_2026', 'ACTIVE', 3, 8, 'TEST'],
  ['TAT_2026', 'ACTIVE', 4, 1, 'BEST'],
  ['TAT_2026', 'ACTIVE', 1, 9, 'BEST'],
  ['TAT_2026', 'DRIFTING', 4, 10, 'REST'],
  ['TAT_2026', 'NOT_TESTED', 1, 1, 'REST'],
  ['TAT_2026', 'LOST', 2, 1, 'REST'],
])(
  'by %s somebody %s with %i orders and worth %i is %s',
  (model, dormancy, orders, worth, band) => {
    expect(bandOf(model, facts({ orders, worth, dormancy }), cuts)).toBe(band);
  },
);

test.each([
  [0, 10, 'NO_ORDER'],
  [1, 8, 'FIRST'],
  [2, 8, 'REPEAT'],
  [3, 1, 'REPEAT'],
  [4, 1, 'LOYAL'],
  [1, 9, 'LOYAL'],
])('%i orders and a worth of %i make the row %s', (orders, worth, row) => {
  expect(progressOf(facts({ orders, worth }), cuts)).toBe(row);
});

test('the columns are attentive, drifting and gone, and who cannot be judged drifts', () => {
  const columns = ['ACTIVE', 'DRIFTING', 'INACTIVE', 'NOT_TESTED', 'NEVER', 'NEW', null];
  expect(columns.map(attentivenessOf)).toEqual(['ATTENTIVE', ...Array<string>(6).fill('DRIFTING')]);
  expect(['DORMANT', 'LOST'].map(attentivenessOf)).toEqual(['GONE', 'GONE']);
});

test('however many there are, at least a fifth is best and half best or rest, and nobody above another is below', () => {
  const order = ['BEST', 'REST', 'TEST'];
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1 }), (worths) => {
      const ranked = [...worths].sort((a, b) => b - a);
      const of = cutsOf(ranked);
      const places = ranked.map((worth) =>
        order.indexOf(bandOf('VALUE_2021', facts({ worth }), of)),
      );
      const best = places.filter((place) => place === 0).length;
      const upper = places.filter((place) => place <= 1).length;
      expect(best).toBeGreaterThanOrEqual(worths.length / 5);
      expect(upper).toBeGreaterThanOrEqual(worths.length / 2);
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }),
    { seed: 3 },
  );
});
