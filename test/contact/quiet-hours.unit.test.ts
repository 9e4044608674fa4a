import fc from 'fast-check';
import { isQuiet, nextHour, quietUntil, readTime, timeText } from '../../src/contact/quiet-hours';
import { seeded } from '../support/seeded';

const minute = 60_000;
const hours = (from: string, until: string) => ({
  from: readTime(from) as number,
  until: readTime(until) as number,
});
const night = hours('22:00', '08:00');

describe('a time of day', () => {
  test.each(['00:00', '07:05', '23:59'])('%s is read and written alike', (text) => {
    expect(timeText(readTime(text) as number)).toBe(text);
  });

  test.each(['24:00', '7:00', '07:60', '07:00:00', '', 'noon'])('%s is none', (text) => {
    expect(readTime(text)).toBeNull();
  });
});

describe('quiet hours', () => {
  test('over midnight hold from their first minute to just before their last', () => {
    const zone = 'Asia/Kolkata';
    const at = (time: string) => new Date(`2026-03-01T${time}+05:30`);
    expect(
      ['21:59:59', '22:00:00', '23:59:59', '07:59:59', '08:00:00'].map((time) =>
        isQuiet(at(time), zone, night),
      ),
    ).toEqual([false, true, true, true, false]);
    expect(quietUntil(at('23:15:30'), zone, night)).toEqual(new Date('2026-03-02T08:00:00+05:30'));
    expect(quietUntil(at('08:00:00'), zone, night)).toBeNull();
  });

  test('within a day leave the night alone', () => {
    const noon = hours('12:00', '14:00');
    expect(quietUntil(new Date('2026-03-01T13:00:00Z'), 'UTC', noon)).toEqual(
      new Date('2026-03-01T14:00:00Z'),
    );
    expect(quietUntil(new Date('2026-03-01T23:00:00Z'), 'UTC', noon)).toBeNull();
  });

  test('of equal ends are none', () => {
    expect(quietUntil(new Date(), 'UTC', hours('08:00', '08:00'))).toBeNull();
  });

  test('are an hour shorter in the night clocks are put forward', () => {
    const end = quietUntil(new Date('2026-03-28T22:00:00+01:00'), 'Europe/Berlin', night);
    expect(end).toEqual(new Date('2026-03-29T08:00:00+02:00'));
  });

  test('end when clocks are put forward over their end', () => {
    const end = quietUntil(
      new Date('2026-03-29T01:00:00+01:00'),
      'Europe/Berlin',
      hours('00:00', '02:30'),
    );
    expect(end).toEqual(new Date('2026-03-29T03:00:00+02:00'));
  });

  test('come twice where clocks are put back behind their end', () => {
    const early = hours('00:00', '02:30');
    const zone = 'Europe/Berlin';
    expect(quietUntil(new Date('2026-10-25T01:00:00+02:00'), zone, early)).toEqual(
      new Date('2026-10-25T02:30:00+02:00'),
    );
    expect(quietUntil(new Date('2026-10-25T02:00:00+01:00'), zone, early)).toEqual(
      new Date('2026-10-25T02:30:00+01:00'),
    );
  });
});

/** Zones with the ways clocks are changed: an hour, half an hour, at midnight, a day left out, never. */
const changes: [zone: string, around: string][] = [
  ['Europe/Berlin', '2026-03-29T01:00:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00:00Z'],
  ['America/New_York', '2026-11-01T06:00:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
  ['Africa/Cairo', '2026-04-23T22:00:00Z'],
  ['Asia/Kolkata', '2026-06-01T00:00:00Z'],
];

const anyMoment = fc
  .record({ which: fc.nat(changes.length - 1), off: fc.integer({ min: -1800, max: 1800 }) })
  .map(({ which, off }) => {
    const [zone, around] = changes[which] as [string, string];
    return { zone, at: new Date(Date.parse(around) + off * minute) };
  });

test('the end is the first minute that is not quiet, however clocks are changed', () => {
  const ofDay = fc.nat(1439);
  fc.assert(
    fc.property(anyMoment, ofDay, ofDay, ({ zone, at }, from, until) => {
      let expected: Date | null = at;
      while (isQuiet(expected, zone, { from, until })) {
        expected = new Date(expected.getTime() + minute);
      }
      if (expected === at) expected = null;
      expect(quietUntil(at, zone, { from, until })).toEqual(expected);
    }),
    seeded(60),
  );
});

test('the next such hour is the first minute that shows it', () => {
  fc.assert(
    fc.property(anyMoment, fc.nat(23), ({ zone, at }, hour) => {
      const shown = (time: Date): number =>
        Number(time.toLocaleString('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }));
      let expected = at;
      while (shown(expected) !== hour) expected = new Date(expected.getTime() + minute);
      expect(nextHour(at, zone, hour)).toEqual(expected);
    }),
    seeded(25),
  );
});
