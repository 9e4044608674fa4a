import fc from 'fast-check';
import { standingAt, defaultDormancyPolicy } from '../../src/attention/dormancy';
import {
  averageOn,
  bandOf,
  countedPoints,
  dailyShare,
  daysBetween,
  fadeOver,
  indexOf,
} from '../../src/attention/score';
import { openDesk, type Desk } from '../rewards/desk';
import { runs } from '../support/long';
import type { Data } from '../support/test-service';
import { reckon } from './desk';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk('reckoned', 1_000_000);
  for (let who = 0; who < 4; who += 1) {
    const consents = [{ purpose: 'MESSAGES', granted: who !== 3 }];
    await desk.call('identifyCustomer', {
      externalId: `p-${who}`,
      email: `p${who}@example.in`,
      consents,
    });
  }
});

afterAll(() => desk.t.close());

const dayMs = 86_400_000;

const happening = fc.record({
  who: fc.integer({ min: 0, max: 3 }),
  daysAgo: fc.double({ min: 0.1, max: 300, noNaN: true }),
  action: fc.constantFrom('OPEN', 'CLICK', 'CLICK', 'POLL'),
  machineOpen: fc.boolean(),
});

interface EventRow {
  customer_id: string;
  action: string;
  confidence: number;
  occurred_at: Date;
  local_day: string;
}

const points: Record<string, number> = { OPEN: 1, CLICK: 3, POLL: 3 };

const quarterOf = (day: string): string => {
  const month = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1;
  return `${day.slice(0, 5)}${String(month).padStart(2, '0')}-01`;
};

/** What the standing must say, from the events alone and one customer after the other. */
async function naive(now: Date): Promise<Data> {
  const today = now.toISOString().slice(0, 10);
  const events = await desk.t.database.query<EventRow>(
    `SELECT customer_id, action, confidence, occurred_at, local_day::text AS local_day
     FROM attention_events WHERE confidence >= 50 AND NOT duplicate`,
  );
  const people = await desk.t.database.query<{ customer_id: string; external_id: string }>(
    `SELECT customer_id, external_id FROM relationships`,
  );
  const told = {
    reach90: 0,
    sum: 0,
    bands: {} as Record<string, number>,
    states: {} as Record<string, number>,
  };
  for (const { customer_id, external_id } of people) {
    const own = events.filter((event) => event.customer_id === customer_id);
    const verified = own.filter(({ confidence }) => confidence === 100);
    const recent = verified.some(
      ({ occurred_at }) => now.getTime() - occurred_at.getTime() < 90 * dayMs,
    );
    if (recent && external_id !== 'p-3') told.reach90 += 1;
    const index = indexOf(emaOf(own, today), 0);
    told.sum += index;
    told.bands[bandOf(index)] = (told.bands[bandOf(index)] ?? 0) + 1;
    const state = stateOf(own, now);
    told.states[state] = (told.states[state] ?? 0) + 1;
  }
  const clicks = events.filter(({ action }) => action === 'CLICK');
  const quarters: Record<string, Set<string>> = {};
  for (const { local_day, customer_id } of clicks) {
    (quarters[quarterOf(local_day)] ??= new Set()).add(customer_id);
  }
  const within = (from: number, to: number) =>
    new Set(
      clicks
        .filter(({ local_day }) => {
          const ago = daysBetween(local_day, today);
          return ago >= from && ago < to;
        })
        .map(({ customer_id }) => customer_id),
    );
  const [later, earlier] = [within(0, 90), within(90, 180)];
  const returned = [...earlier].filter((who) => later.has(who)).length;
  return { ...told, quarters, rolling: { before: earlier.size, returned } };
}

function emaOf(own: readonly EventRow[], today: string): number {
  const days = new Map<string, number>();
  for (const { action, confidence, local_day } of own) {
    days.set(local_day, (days.get(local_day) ?? 0) + ((points[action] ?? 0) * confidence) / 50);
  }
  const ema = [...days].reduce(
    (sum, [day, x2]) => sum + dailyShare * countedPoints(x2) * fadeOver(daysBetween(day, today)),
    0,
  );
  return averageOn({ ema, day: days.size === 0 ? null : today }, today);
}

function stateOf(own: readonly EventRow[], now: Date): string {
  if (own.length === 0) return 'NONE';
  const last = Math.max(...own.map(({ occurred_at }) => occurred_at.getTime()));
  const silence = {
    firstContactAt: new Date(last),
    lastAttendedAt: new Date(last),
    deliveredSince: 0,
  };
  return standingAt(silence, defaultDormancyPolicy, now).state;
}

interface KeptRow {
  at: Date;
  figures: Data;
  rolling: Data;
  quarters: { firstDay: string; clickers: number; returned: number }[];
}

it('What the job keeps is what the events say, whatever has happened and in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 3, maxLength: 12 }), async (happenings) => {
      for (const { who, daysAgo, action, machineOpen } of happenings) {
        desk.t.clock.offsetMs = -Math.round(daysAgo * dayMs);
        const payload = await desk.call('recordAttention', {
          customer: { externalId: `p-${who}` },
          action,
          channel: action === 'OPEN' ? 'EMAIL' : 'WEB',
          ...(action === 'OPEN' ? { machineOpen } : {}),
        });
        expect(payload['userErrors']).toEqual([]);
      }
      desk.t.clock.offsetMs = 0;
      await reckon(desk.t);
      const [kept] = await desk.t.database.query<KeptRow>(
        `SELECT computed_at AS at, figures, rolling, quarters FROM brand_standings s
         JOIN brands b ON b.id = s.brand_id WHERE b.slug = 'reckoned'`,
      );
      const { at, figures, rolling, quarters } = kept as KeptRow;
      const expected = await naive(at);
      expect(figures['reach90']).toBe(expected['reach90']);
      expect(figures['attentionSum']).toBe(expected['sum']);
      expect(figures['bands']).toMatchObject(expected['bands'] as Data);
      const heard = Object.entries(expected['states'] as Record<string, number>);
      for (const [state, customers] of heard.filter(
        ([name]) => name !== 'NONE' && name !== 'NOT_TESTED',
      )) {
        expect([state, figures['states'][state]?.customers]).toEqual([state, customers]);
      }
      expect(rolling).toEqual(expected['rolling']);
      const sets = expected['quarters'] as Record<string, Set<string>>;
      expect(quarters.map(({ firstDay }) => firstDay)).toEqual(Object.keys(sets).sort());
      for (const { firstDay, clickers, returned } of quarters) {
        const before = new Date(Date.parse(firstDay) - dayMs).toISOString().slice(0, 10);
        const those = sets[firstDay] as Set<string>;
        const back = [...those].filter((who) => sets[quarterOf(before)]?.has(who));
        expect([firstDay, clickers, returned]).toEqual([firstDay, those.size, back.length]);
      }
    }),
    { numRuns: runs(10) },
  );
});
