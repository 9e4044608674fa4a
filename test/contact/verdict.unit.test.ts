import fc from 'fast-check';
import { cappedUntil, type FrequencyCap, type Reached } from '../../src/contact/frequency';
import { judgeContact, type ContactFacts } from '../../src/contact/verdict';
import { seeded } from '../support/seeded';

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.parse('2026-05-04T10:00:00Z');
const at = new Date(now);

const willing: ContactFacts = {
  consents: { MESSAGES: true, MARKETING: true },
  allowed: null,
  muted: false,
  preferredHour: null,
  hasAddress: true,
  bounced: false,
  zone: 'UTC',
  quietHours: null,
  caps: [],
  reached: [],
};

const judge = (facts: Partial<ContactFacts>, moment = at) =>
  judgeContact({ ...willing, ...facts }, { channel: 'EMAIL', purpose: 'MARKETING', at: moment });

const mails = (...hoursAgo: number[]): Reached[] =>
  hoursAgo.map((ago) => ({ channel: 'EMAIL', at: now - ago * hour }));

const cap = (limits: Partial<FrequencyCap>): FrequencyCap => ({
  channel: null,
  perDay: null,
  perWeek: null,
  ...limits,
});

describe('a message', () => {
  test('against which nothing stands may be sent at once', () => {
    expect(judge({})).toEqual({ allowed: true, reasons: [], allowedAt: at, preferredAt: null });
  });

  test.each<[string, Partial<ContactFacts>, object]>([
    ['nobody was asked about', { consents: {} }, { code: 'NO_CONSENT', purpose: 'MESSAGES' }],
    [
      'whose purpose nobody was asked about',
      { consents: { MESSAGES: true } },
      { code: 'NO_CONSENT', purpose: 'MARKETING' },
    ],
    [
      'whose purpose the customer withdrew',
      { consents: { MESSAGES: true, MARKETING: false } },
      { code: 'OPTED_OUT', purpose: 'MARKETING' },
    ],
    [
      'of any purpose, where messages were withdrawn',
      { consents: { MESSAGES: false, MARKETING: true } },
      { code: 'OPTED_OUT', purpose: 'MESSAGES' },
    ],
    ['on a channel they deny', { allowed: false }, { code: 'CHANNEL_DENIED' }],
    ['to no address', { hasAddress: false }, { code: 'NO_ADDRESS' }],
    ['to an address that bounced', { bounced: true }, { code: 'NOT_DELIVERABLE' }],
  ])('%s may not be sent, and time does not change that', (_, facts, first) => {
    const verdict = judge(facts);
    expect(verdict).toMatchObject({ allowed: false, allowedAt: null, preferredAt: null });
    expect(verdict.reasons[0]).toMatchObject({ until: null, ...first });
  });

  test('is told all that stands against it', () => {
    const { reasons } = judge({
      consents: {},
      allowed: false,
      hasAddress: false,
      quietHours: { from: 0, until: 720 },
      caps: [cap({ perDay: 1 })],
      reached: mails(1),
    });
    expect(reasons.map(({ code }) => code)).toEqual([
      'NO_CONSENT',
      'NO_CONSENT',
      'CHANNEL_DENIED',
      'NO_ADDRESS',
      'QUIET_HOURS',
      'FREQUENCY_CAP',
    ]);
  });
});

describe('a cap', () => {
  test('of n lets the nth message through and not the one after', () => {
    const caps = [cap({ perDay: 2 })];
    expect(judge({ caps, reached: mails(5) }).allowed).toBe(true);
    expect(judge({ caps, reached: mails(5, 7) })).toMatchObject({
      allowed: false,
      reasons: [{ code: 'FREQUENCY_CAP', until: new Date(now + 17 * hour) }],
      allowedAt: new Date(now + 17 * hour),
    });
  });

  test('counts the day before to the millisecond', () => {
    const caps = [cap({ perDay: 1 })];
    const sent = (ago: number): Reached[] => [{ channel: 'EMAIL', at: now - ago }];
    expect(judge({ caps, reached: sent(day) }).allowed).toBe(true);
    expect(judge({ caps, reached: sent(day - 1) }).allowedAt).toEqual(new Date(now + 1));
  });

  test('of a week and one of a day both hold', () => {
    const caps = [cap({ perDay: 1, perWeek: 3 })];
    expect(judge({ caps, reached: mails(2, 30, 100) }).allowedAt).toEqual(
      new Date(now + 68 * hour),
    );
    expect(judge({ caps, reached: mails(2, 30) }).allowedAt).toEqual(new Date(now + 22 * hour));
  });

  test('of a channel counts that channel only, and the one of all counts every one', () => {
    const texts: Reached[] = [{ channel: 'SMS', at: now - hour }];
    expect(judge({ caps: [cap({ channel: 'EMAIL', perDay: 1 })], reached: texts }).allowed).toBe(
      true,
    );
    expect(judge({ caps: [cap({ channel: 'SMS', perDay: 1 })], reached: texts }).allowed).toBe(
      true,
    );
    expect(judge({ caps: [cap({ perDay: 1 })], reached: texts }).allowed).toBe(false);
  });
});

describe('the hour a customer likes best', () => {
  test('is the next one in which the message may be sent', () => {
    expect(judge({ preferredHour: 9 }).preferredAt).toEqual(new Date('2026-05-05T09:00:00Z'));
    expect(judge({ preferredHour: 10 }).preferredAt).toEqual(at);
    const caps = [cap({ perDay: 1 })];
    expect(judge({ preferredHour: 12, caps, reached: mails(1) }).preferredAt).toEqual(
      new Date('2026-05-05T12:00:00Z'),
    );
  });

  test('that begins in quiet hours is what is left of it, and one within them is none', () => {
    const quietHours = { from: 11 * 60 + 30, until: 13 * 60 + 30 };
    expect(judge({ preferredHour: 13, quietHours }).preferredAt).toEqual(
      new Date('2026-05-04T13:30:00Z'),
    );
    expect(judge({ preferredHour: 12, quietHours }).preferredAt).toBeNull();
  });
});

const anyCap = fc.record({
  channel: fc.constantFrom(null, 'EMAIL' as const, 'SMS' as const),
  perDay: fc.option(fc.integer({ min: 1, max: 4 })),
  perWeek: fc.option(fc.integer({ min: 1, max: 8 })),
});
const anyReached = fc.array(
  fc.record({
    channel: fc.constantFrom('EMAIL' as const, 'SMS' as const),
    at: fc.integer({ min: 0, max: 8 * 24 * 4 }).map((quarters) => now - quarters * (hour / 4)),
  }),
  { maxLength: 12 },
);

test('a cap stands until exactly the moment at which fewer messages lie in its windows', () => {
  const stands = (moment: number, caps: readonly FrequencyCap[], reached: readonly Reached[]) =>
    caps.some(({ channel, perDay, perWeek }) => {
      if (channel !== null && channel !== 'EMAIL') return false;
      const within = (window: number): number =>
        reached.filter(
          (one) => (channel === null || one.channel === channel) && one.at > moment - window,
        ).length;
      return (
        (perDay !== null && within(day) >= perDay) ||
        (perWeek !== null && within(7 * day) >= perWeek)
      );
    });
  fc.assert(
    fc.property(fc.array(anyCap, { maxLength: 3 }), anyReached, (caps, reached) => {
      const until = cappedUntil(at, 'EMAIL', caps, reached);
      expect(stands(now, caps, reached)).toBe(until !== null);
      if (until === null) return;
      expect(stands(until.getTime() - 1, caps, reached)).toBe(true);
      expect(stands(until.getTime(), caps, reached)).toBe(false);
    }),
    seeded(200),
  );
});

test('at the moment a verdict names the message may go, and never before', () => {
  const ofDay = fc.nat(1439);
  fc.assert(
    fc.property(
      fc.array(anyCap, { maxLength: 2 }),
      anyReached,
      fc.option(fc.record({ from: ofDay, until: ofDay })),
      (caps, reached, quietHours) => {
        const facts = { ...willing, zone: 'America/New_York', caps, reached, quietHours };
        const asked = (moment: number) => judge(facts, new Date(moment));
        const { allowed, allowedAt } = asked(now);
        const first = (allowedAt as Date).getTime();
        expect(allowed).toBe(first === now);
        expect(asked(first).allowed).toBe(true);
        const before = Array.from(
          { length: Math.ceil((first - now) / (15 * 60_000)) },
          (_, quarters) => asked(now + quarters * 15 * 60_000).allowed,
        );
        expect(before).not.toContain(true);
        expect(first === now || !asked(first - 1).allowed).toBe(true);
      },
    ),
    seeded(40),
  );
});
