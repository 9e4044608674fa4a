import { hotlineDays, hotlineState } from '../../src/contact/hotline';

const now = new Date('2026-06-01T00:00:00Z');
const days = (count: number) => new Date(now.getTime() - count * 86_400_000);
const state = (silentDays: number | null, reachable = true) =>
  hotlineState(
    { reachable, lastHeard: silentDays === null ? null : days(silentDays) },
    now,
    hotlineDays,
  );

test.each([
  [0, 'OPEN'],
  [30, 'OPEN'],
  [30.001, 'FADING'],
  [90, 'FADING'],
  [90.001, 'SILENT'],
  [365, 'SILENT'],
  [365.001, 'LOST'],
])('a line that was silent for %d days is %s', (silentDays, expected) => {
  expect(state(silentDays)).toBe(expected);
});

test('a line nobody ever answered is SILENT, and one that reaches nobody is LOST', () => {
  expect(state(null)).toBe('SILENT');
  expect(state(null, false)).toBe('LOST');
  expect(state(1, false)).toBe('LOST');
});

test('a brand’s own days count', () => {
  const lastHeard = days(10);
  const own = { open: 5, fading: 9, silent: 20 };
  expect(hotlineState({ reachable: true, lastHeard }, now, own)).toBe('SILENT');
});
