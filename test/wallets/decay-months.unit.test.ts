import fc from 'fast-check';
import { momentOfStep, partOf, stepAt } from '../../src/wallets/decay-months';
import { seeded } from '../support/seeded';

const moment = fc.date({
  min: new Date('2020-01-01'),
  max: new Date('2090-01-01'),
  noInvalidDate: true,
});

describe('the months of a decay', () => {
  it('are calendar months, and end on their last day when they lack the first one’s', () => {
    const first = new Date('2027-10-31T18:30:00.000Z');
    const moments = [1, 2, 3, 4, 5, 6].map((step) => momentOfStep(first, step).toISOString());
    expect(moments).toEqual([
      '2027-10-31T18:30:00.000Z',
      '2027-11-30T18:30:00.000Z',
      '2027-12-31T18:30:00.000Z',
      '2028-01-31T18:30:00.000Z',
      '2028-02-29T18:30:00.000Z',
      '2028-03-31T18:30:00.000Z',
    ]);
  });

  it('have each one number from their moment on until the next one’s', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 600 }), (first, step) => {
        const due = momentOfStep(first, step);
        const next = momentOfStep(first, step + 1);
        expect(due < next).toBe(true);
        expect(stepAt(first, due)).toBe(step);
        expect(stepAt(first, new Date(next.getTime() - 1))).toBe(step);
      }),
      seeded(500),
    );
  });

  it('take whole Mu, rounded down, and exactly so of the largest balance', () => {
    expect([partOf(0, 5), partOf(19, 5), partOf(20, 5), partOf(39, 5), partOf(7, 100)]).toEqual([
      0, 0, 1, 1, 7,
    ]);
    expect(partOf(Number.MAX_SAFE_INTEGER, 99)).toBe(8917127262193581);
  });
});
