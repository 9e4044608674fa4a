import { tellDailyStreak, type DailyStreak } from '../../src/cli/stories/daily-streak';
import { breakDueStreaks } from '../../src/rewards/streaks/break-streaks.job';
import { Storyteller } from '../../src/cli/stories/storyteller';
import { startTestService, type Data, type TestService } from '../support/test-service';

/** A midnight in Kolkata, nine days before the last one. */
function midnightInKolkata(): Date {
  const day = 86_400_000;
  const zone = 5.5 * 3_600_000;
  return new Date(Math.floor((Date.now() + zone) / day) * day - zone - 9 * day);
}

describe('Story 2: streak, cap, break and neutral day', () => {
  let t: TestService;
  let told: DailyStreak;
  /** What had been announced of streaks by the end of each day. */
  const heard = new Map<number, Data[]>();

  async function announced(): Promise<Data[]> {
    const rows = await t.database.query<{ payload: Data }>(
      `SELECT payload FROM outbox WHERE topic = 'streak.changed' ORDER BY id`,
    );
    return rows.map(({ payload }) => payload);
  }

  beforeAll(async () => {
    t = await startTestService();
    told = await tellDailyStreak(
      new Storyteller(t.service, t.clock, 'two'),
      midnightInKolkata(),
      async (day) => {
        await t.service.database.transact(t.clock, breakDueStreaks);
        heard.set(day, await announced());
      },
    );
  });

  afterAll(() => t.close());

  it('counts 1 to 6, is neutral without a letter, and starts anew after an unopened one', () => {
    const lengths = told.opens.map((open) => (open['streak'] as { current: number }).current);
    expect(lengths).toEqual([1, 2, 3, 4, 5, 6, 1, 1]);
  });

  it('pays day n with n, five at most, and the second open of a letter nothing', () => {
    const paid = told.opens.map((open) =>
      (open['grants'] as { amount: number }[]).map((g) => g.amount),
    );
    expect(paid).toEqual([[1], [2], [3], [4], [5], [5], [1], []]);
    expect(told.opens.at(-1)).toMatchObject({ event: { duplicate: true } });
  });

  it('leaves the wallet at 41, 43, 46, 50, 55, 60, 61', () => {
    const balances = told.opens.map((open) => (open['wallet'] as { balance: number }).balance);
    expect(balances).toEqual([41, 43, 46, 50, 55, 60, 61, 61]);
  });

  it('is heard of eight times: days 1 to 6, the end of day 8, and day 9', () => {
    const changes = (heard.get(9) ?? []).map((one) => [
      one['change'],
      one['previous'],
      one['current'],
    ]);
    expect(changes).toEqual([
      ['ADVANCED', 0, 1],
      ['ADVANCED', 1, 2],
      ['ADVANCED', 2, 3],
      ['ADVANCED', 3, 4],
      ['ADVANCED', 4, 5],
      ['ADVANCED', 5, 6],
      ['BROKEN', 6, 0],
      ['RESTARTED', 0, 1],
    ]);
  });

  it('is silent on day 7, and broken when day 8 has ended and not before', () => {
    const counts = [1, 2, 3, 4, 5, 6, 8, 9].map((day) => heard.get(day)?.length);
    expect(counts).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('leaves a streak of one, and the best it was', async () => {
    const { data } = await t.run(
      '{ customer(by: {externalId: "vikram"}) { streaks { current best state nextMu } } }',
      {},
      told.brand.apiKey,
    );
    expect(data['customer'].streaks).toEqual([{ current: 1, best: 6, state: 'ALIVE', nextMu: 2 }]);
  });

  it('writes seven grant lines that add up to 21', async () => {
    const { data } = await t.run(
      `{ customer(by: {externalId: "vikram"}) { wallet { balance lifetimeEarned
          statement(first: 20) { nodes { amount kind brand { slug } } } } } }`,
      {},
      told.brand.apiKey,
    );
    const lines = data['customer'].wallet.statement.nodes as { amount: number }[];
    expect(lines.map((line) => line.amount)).toEqual([1, 5, 5, 4, 3, 2, 1]);
    expect(data['customer'].wallet).toMatchObject({ balance: 61 });
  });
});
