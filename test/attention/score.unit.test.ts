import fc from 'fast-check';
import {
  addDays,
  averageOn,
  bandOf,
  daysInBand,
  fadeOver,
  indexOf,
  moveAverage,
  type Average,
} from '../../src/attention/score';

const none: Average = { ema: 0, day: null };

/** The average after days of points, from the first day on. */
function after(points: readonly number[], from = '2026-01-01'): Average {
  return points.reduce(
    (average, value, day) => moveAverage(average, addDays(from, day), value),
    none,
  );
}

function daily(points: number): number {
  return after(new Array<number>(365).fill(points)).ema;
}

describe('The index', () => {
  it('is 55 for one sure open a day and a streak of ten days or more', () => {
    expect([10, 11, 300].map((streak) => indexOf(daily(1), streak))).toEqual([55, 55, 55]);
  });

  it('is 88 for an open and a click a day with a streak of 4, and 94 with one of 10', () => {
    expect([indexOf(daily(4), 4), indexOf(daily(4), 10)]).toEqual([88, 94]);
  });

  it('is about 15 for five opens and a click spread over every 30 days', () => {
    const month = Array.from({ length: 30 }, (_, day) => {
      if (day % 5 !== 0) return 0;
      return day === 15 ? 3 : day === 0 ? 1 : 1;
    });
    const points = Array.from({ length: 12 }, () => month).flat();
    const { ema } = after(points);
    expect(Math.abs(indexOf(ema, 0) - 15)).toBeLessThanOrEqual(2);
  });

  it('falls from an average of 1 to 26, 13, 3 and 1 after 14, 30, 60 and 90 silent days', () => {
    const average = { ema: 1, day: '2026-01-01' };
    const days = [0, 14, 30, 60, 90];
    const indexes = days.map((day) => indexOf(averageOn(average, addDays('2026-01-01', day)), 0));
    expect(indexes).toEqual([45, 26, 13, 3, 1]);
  });

  it('is never above 100 nor below 0', () => {
    expect([indexOf(0, 0), indexOf(10, 10), indexOf(1e9, 1e9)]).toEqual([0, 100, 100]);
  });
});

describe('The bands', () => {
  it('begin at 60, 35, 10 and 1', () => {
    const edges = [100, 60, 59, 35, 34, 10, 9, 1, 0];
    expect(edges.map(bandOf)).toEqual([
      'HOOKED',
      'HOOKED',
      'ENGAGED',
      'ENGAGED',
      'DRIFTING',
      'DRIFTING',
      'FADING',
      'FADING',
      'SILENT',
    ]);
  });

  it('are left on the very day that is foretold', () => {
    const someone = fc.record({
      ema: fc.double({ min: 0, max: 10, noNaN: true }),
      streak: fc.integer({ min: 0, max: 30 }),
    });
    fc.assert(
      fc.property(someone, ({ ema, streak }) => {
        const band = bandOf(indexOf(ema, streak));
        const bandAfter = (days: number) => bandOf(indexOf(ema * fadeOver(days), streak));
        const days = daysInBand(ema, streak);
        if (days === null) return bandAfter(10_000) === band;
        return bandAfter(days) !== band && bandAfter(days - 1) === band;
      }),
    );
  });
});

describe('The average', () => {
  it('is the same whatever the order in which days are told', () => {
    const days = fc.uniqueArray(
      fc.record({
        back: fc.integer({ min: 0, max: 60 }),
        points: fc.double({ min: 0, max: 10, noNaN: true }),
      }),
      { minLength: 1, maxLength: 20, selector: ({ back }) => back },
    );
    fc.assert(
      fc.property(days, fc.func(fc.integer()), (told, orderOf) => {
        const shuffled = [...told].sort((a, b) => orderOf(a.back) - orderOf(b.back));
        const sorted = [...told].sort((a, b) => b.back - a.back);
        const [one, other] = [shuffled, sorted].map((list) =>
          list.reduce(
            (average, { back, points }) =>
              moveAverage(average, addDays('2026-06-30', -back), points),
            none,
          ),
        ) as [Average, Average];
        expect(one.day).toBe(other.day);
        expect(one.ema).toBeCloseTo(other.ema, 9);
      }),
    );
  });

  it('follows the recurrence, day after day', () => {
    const share = 1 - 2 ** (-1 / 14);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1 }), (points) => {
        const stepped = points.reduce((ema, value) => share * value + (1 - share) * ema, 0);
        expect(after(points).ema).toBeCloseTo(stepped, 9);
      }),
    );
  });
});
