import fc from 'fast-check';
import { DateTime as Zoned } from 'luxon';
import { isSlot, nextSlot } from '../../src/series/daily-slot';
import { seeded } from '../support/seeded';

const zones = ['Asia/Kolkata', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'];

describe('A daily slot', () => {
  it('is a time of day with two digits each', () => {
    expect(['07:00', '23:59', '00:00'].map(isSlot)).toEqual([true, true, true]);
    expect(['7:00', '24:00', '07:60', '07:00 ', ''].map(isSlot)).toEqual(
      [1, 2, 3, 4, 5].map(() => false),
    );
  });

  it('comes within two days, after now, and shows its time on the clocks there', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }),
        fc.constantFrom('00:10', '02:15', '07:00', '23:50'),
        fc.option(fc.integer({ min: 0, max: 40 })),
        (zone, now, slot, hoursAgo) => {
          const last = hoursAgo === null ? null : new Date(now.getTime() - hoursAgo * 3_600_000);
          const at = nextSlot(slot, zone, now, last);
          expect(at.getTime()).toBeGreaterThan(now.getTime());
          expect(at.getTime() - now.getTime()).toBeLessThanOrEqual(49 * 3_600_000);
          const local = Zoned.fromJSDate(at, { zone });
          // Only where clocks are put forward over the slot they show another time.
          const skipped = local.toFormat('HH:mm') !== slot;
          expect(skipped && local.offset === local.minus({ hours: 3 }).offset).toBe(false);
          const lastDay = last === null ? null : Zoned.fromJSDate(last, { zone }).toISODate();
          expect(local.toISODate()).not.toBe(lastDay);
        },
      ),
      seeded(500),
    );
  });

  it('is tomorrow once something came today', () => {
    const now = new Date('2026-03-28T05:00:00Z');
    const early = new Date('2026-03-28T04:00:00Z');
    expect(nextSlot('07:00', 'Europe/Berlin', now, null)).toEqual(new Date('2026-03-28T06:00:00Z'));
    // The night between has 23 hours.
    expect(nextSlot('07:00', 'Europe/Berlin', now, early)).toEqual(
      new Date('2026-03-29T05:00:00Z'),
    );
  });
});
