import fc from 'fast-check';
import { DateTime as Zoned } from 'luxon';
import { localDay } from '../../../src/platform/zones';
import { EarnRuleEntity } from '../../../src/rewards/earn-rule.entity';
import {
  publishedStreak,
  streakAmount,
  type StreakPolicy,
} from '../../../src/rewards/rules/streak-policy';
import {
  positionOfDay,
  StreakLine,
  type LineFacts,
} from '../../../src/rewards/streaks/streak-line';
import { seeded } from '../../support/seeded';

const hour = 3_600_000;
const of = { brandId: 'b', customerId: 'c', ruleName: 'r', strand: 'DAY' };
/** Their clocks change in the weeks around these days; Lord Howe's by half an hour. */
const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Pacific/Apia',
];
const changes = ['2026-03-27T10:00:00Z', '2026-10-01T10:00:00Z', '2026-10-23T10:00:00Z'];

function ruleWith(policy: Partial<StreakPolicy>): EarnRuleEntity {
  return Object.assign(new EarnRuleEntity(), {
    name: 'r',
    amount: 2,
    streak: { ...publishedStreak, ...policy },
  });
}

/** An event as the line is told of it. */
interface Told {
  unit: string;
  position: number;
  at: number;
}

/** Tells a line events in an order, and pays each unit as the service does: at once, and what it grows by. */
function play(
  rule: EarnRuleEntity,
  zone: string,
  facts: Partial<LineFacts>,
  told: readonly Told[],
) {
  const line = new StreakLine(of, rule, zone, {
    units: [],
    since: -Infinity,
    messages: [],
    deliveredDays: null,
    told: null,
    ...facts,
  });
  const now = Math.max(...told.map(({ at }) => at));
  const paid = new Map<string, number>();
  const worth = (length: number) => streakAmount(rule.streak as StreakPolicy, rule.amount, length);
  told.forEach(({ unit, position, at }, event) => {
    const { unit: counted, longer } = line.qualify(unit, position, at, `${event}`, now);
    for (const one of [counted, ...longer]) {
      paid.set(one.name, Math.max(paid.get(one.name) ?? 0, worth(one.length)));
    }
  });
  return {
    lengths: line.units.map(({ name, length }) => [name, length]),
    current: line.current,
    paid: [...paid].sort(),
  };
}

/** A list in another order, with some of it told again. */
function shuffled(events: readonly Told[]): fc.Arbitrary<Told[]> {
  const again = fc.subarray([...events]);
  return again.chain((some) =>
    fc.shuffledSubarray([...events, ...some], { minLength: events.length + some.length }),
  );
}

const days: fc.Arbitrary<{ zone: string; events: Told[]; delivered: Set<string> | null }> = fc
  .record({
    zone: fc.constantFrom(...zones),
    start: fc.constantFrom(...changes),
    hours: fc.array(fc.integer({ min: 0, max: 24 * 9 }), { minLength: 1, maxLength: 12 }),
    sent: fc.option(fc.array(fc.integer({ min: 0, max: 24 * 9 }), { maxLength: 9 })),
  })
  .map(({ zone, start, hours, sent }) => {
    const day = (hours: number) => localDay(new Date(Date.parse(start) + hours * hour), zone);
    const events = hours.map((at) => ({
      unit: day(at),
      position: positionOfDay(day(at)),
      at: Date.parse(start) + at * hour,
    }));
    return { zone, events, delivered: sent === null ? null : new Set(sent.map(day)) };
  });

/** Policies under which a later unit never becomes shorter when an earlier one is told. */
const steady = fc
  .record({
    cap: fc.integer({ min: 1, max: 8 }),
    startAt: fc.integer({ min: 1, max: 3 }),
    more: fc.integer({ min: 0, max: 2 }),
    graceUnits: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ more, ...policy }) => ({ ...policy, resetTo: policy.startAt + more }));

const anyPolicy = fc.record({
  cap: fc.integer({ min: 1, max: 8 }),
  startAt: fc.integer({ min: 1, max: 9 }),
  resetTo: fc.integer({ min: 1, max: 9 }),
  graceUnits: fc.integer({ min: 0, max: 2 }),
});

const sent = fc.array(
  fc.record({
    gap: fc.integer({ min: 1, max: 60 }),
    opened: fc.option(fc.integer({ min: 0, max: 48 })),
  }),
  { minLength: 1, maxLength: 12 },
);

/** Messages with the window of two days, and the opens of some of them. */
function mailbox(list: readonly { gap: number; opened: number | null }[]) {
  let position = 0;
  const messages = list.map(({ gap, opened }, nth) => {
    position += gap * hour;
    return {
      name: `m${String(nth).padStart(2, '0')}`,
      position,
      over: position + 48 * hour,
      opened,
    };
  });
  const events = messages.flatMap(({ name, position: delivered, opened }) =>
    opened === null ? [] : [{ unit: name, position: delivered, at: delivered + opened * hour }],
  );
  return { messages, events };
}

/** The sentence itself: messages in a row, each with its open; one that could still be opened is passed over. */
function byDefinition(policy: StreakPolicy, { messages, events }: ReturnType<typeof mailbox>) {
  return events.map(({ unit, at }) => {
    let length: number | null = null;
    let missed = 0;
    for (const message of messages) {
      const opened = message.opened !== null;
      if (opened) {
        if (length === null) length = policy.startAt;
        else length = missed > policy.graceUnits ? policy.resetTo : length + 1;
        missed = 0;
      } else if (message.over < at) missed += 1;
      if (message.name === unit) break;
    }
    return [unit, length];
  });
}

describe('A streak', () => {
  it('of days is the same, and pays the same, in whatever order and however often its events are told', () => {
    fc.assert(
      fc.property(
        days.chain((story) => fc.tuple(fc.constant(story), steady, shuffled(story.events))),
        ([{ zone, events, delivered }, policy, other]) => {
          const rule = ruleWith(policy);
          const inOrder = [...events].sort((a, b) => a.at - b.at);
          const facts = { deliveredDays: delivered };
          expect(play(rule, zone, facts, other)).toEqual(play(rule, zone, facts, inOrder));
        },
      ),
      seeded(300),
    );
  });

  it('of any policy has the same lengths in any order, and nobody is paid less for a late word', () => {
    fc.assert(
      fc.property(
        days.chain((story) => fc.tuple(fc.constant(story), anyPolicy, shuffled(story.events))),
        ([{ zone, events, delivered }, policy, other]) => {
          const rule = ruleWith(policy);
          const inOrder = [...events].sort((a, b) => a.at - b.at);
          const told = play(rule, zone, { deliveredDays: delivered }, other);
          const due = play(rule, zone, { deliveredDays: delivered }, inOrder);
          expect(told.lengths).toEqual(due.lengths);
          const paid = new Map(told.paid);
          for (const [unit, mu] of due.paid) expect(paid.get(unit)).toBeGreaterThanOrEqual(mu);
        },
      ),
      seeded(300),
    );
  });

  it('of messages is the same, and pays the same, in whatever order its events are told', () => {
    fc.assert(
      fc.property(
        sent
          .map(mailbox)
          .filter(({ events }) => events.length > 0)
          .chain((story) => fc.tuple(fc.constant(story), steady, shuffled(story.events))),
        ([{ messages, events }, policy, other]) => {
          const rule = ruleWith({ ...policy, unit: 'MESSAGE', windowHours: 48 });
          const inOrder = [...events].sort((a, b) => a.at - b.at);
          expect(play(rule, 'UTC', { messages }, other)).toEqual(
            play(rule, 'UTC', { messages }, inOrder),
          );
        },
      ),
      seeded(300),
    );
  });

  it('of messages counts those in a row that got their open in time', () => {
    fc.assert(
      fc.property(
        sent.map(mailbox).filter(({ events }) => events.length > 0),
        anyPolicy,
        (story, policy) => {
          const rule = ruleWith({ ...policy, unit: 'MESSAGE', windowHours: 48 });
          const { lengths } = play(rule, 'UTC', { messages: story.messages }, story.events);
          expect(lengths).toEqual(byDefinition(rule.streak as StreakPolicy, story));
        },
      ),
      seeded(300),
    );
  });

  it('that is read from its middle goes on as if it had been read whole', () => {
    fc.assert(
      fc.property(
        sent.map(mailbox).filter(({ events }) => events.length > 1),
        steady,
        (story, policy) => {
          const rule = ruleWith({ ...policy, unit: 'MESSAGE', windowHours: 48 });
          const whole = play(rule, 'UTC', { messages: story.messages }, story.events);
          const lengths = new Map(whole.lengths as [string, number][]);
          const last = story.events.at(-1) as Told;
          const before = story.events.at(-2) as Told;
          const start = story.events.findLastIndex(
            ({ position }) => position < before.position - 96 * hour,
          );
          const from = story.events[Math.max(0, start)] as Told;
          const units = story.events
            .slice(Math.max(0, start), -1)
            .map(({ unit, position, at }) => ({
              name: unit,
              position,
              at,
              length: lengths.get(unit) as number,
              eventId: 'known',
            }));
          const messages = story.messages.filter(({ position }) => position >= from.position);
          const part = play(rule, 'UTC', { units, messages, since: last.position }, [last]);
          expect(part.lengths.at(-1)).toEqual(whole.lengths.at(-1));
        },
      ),
      seeded(300),
    );
  });

  it('of days counts a day of 23 or of 25 hours as one', () => {
    for (const [zone, first] of [
      ['Europe/Berlin', '2026-03-28'],
      ['America/New_York', '2026-10-31'],
    ] as const) {
      const events = [0, 1, 2, 3].map((days) => {
        const at = Zoned.fromISO(`${first}T23:30`, { zone }).plus({ days });
        const unit = at.toISODate() as string;
        return { unit, position: positionOfDay(unit), at: at.toMillis() };
      });
      expect(play(ruleWith({}), zone, {}, events).lengths.map(([, length]) => length)).toEqual([
        1, 2, 3, 4,
      ]);
    }
  });
});
