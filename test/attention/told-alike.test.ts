import fc from 'fast-check';
import { attentionActions, type AttentionAction } from '../../src/attention';
import {
  defaultDormancyPolicy,
  standingAt,
  type DormancyPolicy,
} from '../../src/attention/dormancy';
import { bandOf, fadeOver, indexOf } from '../../src/attention/score';
import { weightOf } from '../../src/attention/weights';
import { brandId } from '../../src/brands';
import { openDesk, type Desk } from '../rewards/desk';
import { runs } from '../support/long';

let desk: Desk;

beforeAll(async () => (desk = await openDesk('alike', 0)));
afterAll(() => desk.t.close());

/** One column of one row. */
async function ask(sql: string, values: unknown[]): Promise<unknown> {
  const [row] = await desk.t.database.query<{ answer: unknown }>(`SELECT ${sql} AS answer`, values);
  return row?.answer;
}

it('The database weighs every action as the service does', async () => {
  for (const action of Object.keys(attentionActions) as AttentionAction[]) {
    for (const duration of [null, 0, 14_999, 15_000]) {
      const told = await ask('attention_weight($1, $2)', [action, duration]);
      expect([action, duration, told]).toEqual([action, duration, weightOf(action, duration)]);
    }
  }
});

it('The database names bands as the service does', async () => {
  const someone = fc.record({
    ema: fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 10, noNaN: true })),
    days: fc.integer({ min: 0, max: 200 }),
    streak: fc.integer({ min: 0, max: 20 }),
  });
  await fc.assert(
    fc.asyncProperty(someone, async ({ ema, days, streak }) => {
      const told = await ask(
        `attention_band_told($1, '2026-01-01', $2, '2026-01-01'::date + $3::int)`,
        [ema, streak, days],
      );
      expect(told).toBe(bandOf(indexOf(ema * fadeOver(days), streak)));
    }),
    { numRuns: runs(200) },
  );
});

const own: DormancyPolicy = {
  activeDays: 10,
  driftingDays: 20,
  inactiveDays: 21,
  dormantDays: 40,
  minMessages: 1,
};

it.each([
  ['the defaults', defaultDormancyPolicy],
  ['a policy of its own', own],
])('The database names dormancy as the service does, by %s', async (_, policy) => {
  const asked = policy === own ? own : {};
  const input = { ...asked, idempotencyKey: `policy of ${policy.activeDays} days` };
  const document = `mutation ($input: SetDormancyPolicyInput!) {
    setDormancyPolicy(input: $input) { dormancyPolicy { activeDays } userErrors { code } } }`;
  await desk.t.run(document, { input }, desk.brand.apiKey);
  const now = new Date('2026-06-30T12:00:00Z');
  const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
  const someone = fc.record({
    first: fc.integer({ min: 0, max: 500 * 24 }),
    attended: fc.option(fc.integer({ min: 0, max: 500 * 24 })),
    since: fc.integer({ min: 0, max: 5 }),
  });
  await fc.assert(
    fc.asyncProperty(someone, async ({ first, attended, since }) => {
      const heardAt = attended === null ? null : ago(attended);
      const brand = brandId.decode(desk.brand.id);
      const told = await ask('dormancy_told($1, $2, $3, $4, $5)', [
        brand,
        ago(first),
        heardAt,
        since,
        now,
      ]);
      const silence = {
        firstContactAt: ago(first),
        lastAttendedAt: heardAt,
        deliveredSince: since,
      };
      expect(told).toBe(standingAt(silence, policy, now).state);
    }),
    { numRuns: runs(200) },
  );
});
