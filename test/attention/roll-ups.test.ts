import fc from 'fast-check';
import { openDesk, type Desk } from '../rewards/desk';
import { runs } from '../support/long';
import { differences } from './told';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk('rolling', 1_000_000, 'Asia/Kolkata');
  await desk.call('upsertEarnRule', {
    name: 'daily',
    action: 'OPEN',
    amount: 1,
    streak: { cap: 5 },
  });
});

afterAll(() => desk.t.close());

const dayMs = 86_400_000;

const actions = ['OPEN', 'OPEN', 'CLICK', 'READ', 'POLL', 'VISIT', 'CUSTOM', 'REFERRAL'] as const;

/** What can happen to one of three customers with one of four messages, some days ago. */
const happening = fc.record({
  who: fc.integer({ min: 0, max: 2 }),
  message: fc.option(fc.integer({ min: 0, max: 3 })),
  daysAgo: fc.double({ min: 0, max: 29, noNaN: true }),
  what: fc.oneof(
    fc.record({
      action: fc.constantFrom(...actions),
      channel: fc.constantFrom('EMAIL', 'WEB'),
      machineOpen: fc.boolean(),
      durationMs: fc.option(fc.constantFrom(1000, 20_000)),
    }),
    fc.constantFrom('DELIVERED' as const, 'BOUNCED' as const, 'SUPPRESSED' as const),
  ),
});

type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

async function happen(round: string, { who, message, daysAgo, what }: Happening): Promise<void> {
  const at = new Date(Date.now() - Math.round(daysAgo * dayMs)).toISOString();
  const customer = { externalId: `${round}-${who}` };
  const messageId = message === null ? null : (ids.get(`${round}-${message}`) as string);
  if (typeof what !== 'string') {
    await desk.call('recordAttention', { customer, messageId, ...what, occurredAt: at });
  } else if (messageId !== null) {
    await desk.call('recordDeliveries', {
      messageId,
      customers: [customer],
      deliveredAt: at,
      state: what,
    });
  }
}

const ids = new Map<string, string>();
let rounds = 0;

async function prepare(): Promise<string> {
  const round = `r${(rounds += 1)}`;
  const zones = [undefined, 'America/Los_Angeles', 'Pacific/Auckland'];
  for (const [at, timezone] of zones.entries()) {
    const traits = timezone === undefined ? {} : { timezone };
    await desk.call('identifyCustomer', { externalId: `${round}-${at}`, traits });
  }
  for (let at = 0; at < 4; at += 1) {
    const externalId = `${round}-${at}`;
    const made = await desk.call('recordMessage', { externalId, channel: 'EMAIL', openMu: 1 });
    ids.set(externalId, (made['message'] as { id: string }).id);
  }
  return round;
}

it('Whatever happens in whatever order, what is kept is what the events say (F15)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 25 }), async (happenings) => {
      const round = await prepare();
      for (const one of happenings) await happen(round, one);
      expect(await differences(desk.t.database)).toEqual([]);
    }),
    { numRuns: runs(12) },
  );
});

it('Events that arrive at once, and deliveries among them, are kept as if one after another', async () => {
  const round = await prepare();
  const happenings = fc.sample(happening, { numRuns: 80, seed: 7 });
  await Promise.all(happenings.map((one) => happen(round, one)));
  expect(await differences(desk.t.database)).toEqual([]);
  const [kept] = await desk.t.database.query<{ states: number; events: number }>(
    `SELECT (SELECT count(*) FROM attention_states)::int AS states,
      (SELECT sum(events) FROM attention_days)::int AS events`,
  );
  expect(kept?.states).toBeGreaterThan(rounds);
  expect(kept?.events).toBeGreaterThan(30);
});
