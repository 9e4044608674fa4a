import fc from 'fast-check';
import { daysOf, endOf, firstMadeUp, periodOf } from '../../src/reports/period';

test('a week begins on Monday, a month on its first', () => {
  expect(periodOf('2026-11-22', 'WEEK')).toBe('2026-11-16');
  expect(daysOf('2026-11-16', 'WEEK')).toEqual({ firstDay: '2026-11-16', lastDay: '2026-11-22' });
  expect(periodOf('2026-11-22', 'MONTH', -1)).toBe('2026-10-01');
  expect(daysOf('2024-02-01', 'MONTH')).toEqual({ firstDay: '2024-02-01', lastDay: '2024-02-29' });
});

test('a period ends when its last day does in the time zone of the brand', () => {
  expect(endOf('2026-11-01', 'MONTH', 'Asia/Kolkata').toISOString()).toBe(
    '2026-11-30T18:30:00.000Z',
  );
  expect(endOf('2026-03-23', 'WEEK', 'Europe/Berlin').toISOString()).toBe(
    '2026-03-29T22:00:00.000Z',
  );
});

test('of too many missed periods the newest are made up', () => {
  const asked = { every: 'MONTH', today: '2026-11-22', most: 2 } as const;
  expect(firstMadeUp('2026-09-01', asked)).toBe('2026-09-01');
  expect(firstMadeUp('2026-08-01', asked)).toBe('2026-09-01');
  expect(firstMadeUp('2026-11-01', asked)).toBe('2026-11-01');
});

test('every day lies in one period, and the next begins the day after its last', () => {
  const day = fc
    .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  fc.assert(
    fc.property(day, fc.constantFrom('WEEK' as const, 'MONTH' as const), (one, every) => {
      const first = periodOf(one, every);
      const { lastDay } = daysOf(first, every);
      expect(first <= one && one <= lastDay).toBe(true);
      expect(periodOf(lastDay, every)).toBe(first);
      expect(periodOf(periodOf(first, every, 1), every, -1)).toBe(first);
    }),
  );
});
