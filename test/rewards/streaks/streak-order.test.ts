import fc from 'fast-check';
import { patienceMs, seeded } from '../../support/seeded';
import { newKey, startTestService, type Data } from '../../support/test-service';
import { deskOf } from '../desk';
import { balance, Mailer } from './mailer';

const hour = 3_600_000;
/** Berlin put its clocks forward, and New York back, within these days. */
const stories = fc.record({
  place: fc.constantFrom(
    { timezone: 'Europe/Berlin', start: '2026-03-26T09:00:00Z' },
    { timezone: 'America/New_York', start: '2025-10-30T09:00:00Z' },
    { timezone: 'Asia/Kolkata', start: '2026-01-01T09:00:00Z' },
  ),
  visits: fc.array(fc.integer({ min: 0, max: 24 * 5 }), { minLength: 1, maxLength: 6 }),
  mails: fc.array(fc.integer({ min: 0, max: 24 * 5 }), { maxLength: 3 }),
});

let mailer: Mailer;

beforeAll(async () => {
  // Every order of a story of five days is to count, so that an event may come five days late.
  const limits = { streakLateHours: 24 * 20 };
  const t = await startTestService({ limits });
  mailer = new Mailer(deskOf(t, await t.createBrand('paper', { budget: 1_000_000 })));
  await mailer.rule({ name: 'visits', action: 'VISIT', streak: { graceUnits: 1 } });
});
afterAll(() => mailer.desk.t.close());

/** Tells a story to the service of a new customer; answers the wallet and the streak it ends in. */
async function tell(
  timezone: string,
  mails: readonly Date[],
  visits: readonly Date[],
): Promise<Data> {
  const externalId = newKey();
  await mailer.desk.call('identifyCustomer', { externalId, traits: { timezone } });
  for (const deliveredAt of mails) {
    const mail = { externalId: newKey(), channel: 'EMAIL' };
    const { message } = await mailer.desk.call('recordMessage', mail);
    const customers = [{ externalId }];
    await mailer.desk.call('recordDeliveries', {
      messageId: message.id,
      customers,
      deliveredAt: deliveredAt.toISOString(),
    });
  }
  let last: Data = {};
  for (const at of visits) last = await mailer.visit(externalId, at);
  const [streak] = await mailer.streaks(externalId);
  return { mu: balance(last), best: streak?.['best'], lastDay: streak?.['lastDay'] };
}

test(
  'A streak ends the same, and has paid the same, in whatever order and however often it was told',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        stories.chain((story) =>
          fc.tuple(
            fc.constant(story),
            fc.shuffledSubarray([...story.visits, ...story.visits.slice(0, 2)], {
              minLength: story.visits.length + Math.min(2, story.visits.length),
            }),
          ),
        ),
        async ([{ place, visits, mails }, other]) => {
          const { timezone, start } = place;
          mailer.desk.t.clock.offsetMs = Date.parse(start) + 240 * hour - Date.now();
          const at = (hours: number) => new Date(Date.parse(start) + hours * hour);
          const sent = mails.map(at);
          const inOrder = [...visits].sort((a, b) => a - b).map(at);
          const told = await tell(timezone, sent, other.map(at));
          expect(told).toEqual(await tell(timezone, sent, inOrder));
        },
      ),
      seeded(12),
    );
  },
  patienceMs,
);
