import fc from 'fast-check';
import { pauseAfter, readRetryAfter } from '../../src/webhooks/retry-schedule';
import { seeded } from '../support/seeded';

const hour = 3_600_000;
const day = 24 * hour;

describe('The pauses between attempts', () => {
  it('grow from five seconds to a day, three days and a bit together', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((failed) => pauseAfter(failed, 0, null, day));
    expect(pauses).toEqual(
      [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400].map((seconds) => seconds * 1000),
    );
    expect(pauseAfter(40, 0, null, day)).toBe(day);
  });

  it('are up to a fifth longer by chance, and as long as asked within the bound', () => {
    const chance = fc.double({ min: 0, max: 1, noNaN: true });
    const asked = fc.option(fc.nat(10 * day));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), chance, asked, (failed, by, wanted) => {
        const planned = pauseAfter(failed, 0, null, day);
        const pause = pauseAfter(failed, by, wanted, day);
        expect(pause).toBeGreaterThanOrEqual(Math.max(planned, Math.min(wanted ?? 0, day)));
        expect(pause).toBeLessThanOrEqual(Math.max(planned * 1.2 + 1, Math.min(wanted ?? 0, day)));
      }),
      seeded(300),
    );
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-11-22T00:00:00Z');

  it.each<[string | undefined, number | null]>([
    ['120', 120_000],
    ['0', 0],
    ['Sun, 22 Nov 2026 00:02:00 GMT', 120_000],
    ['Sat, 21 Nov 2026 00:00:00 GMT', 0],
    [undefined, null],
    ['', null],
    ['-5', null],
    ['1.5', null],
    ['soon', null],
    ['99999999999999999999', null],
    ['2026-11-23', null],
  ])('of %s asks for %s milliseconds', (header, expected) => {
    expect(readRetryAfter(header, now)).toBe(expected);
  });
});
