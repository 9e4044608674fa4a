import { tellDailyStreak, type DailyStreak } from '../../src/cli/stories/daily-streak';
import { Storyteller } from '../../src/cli/stories/storyteller';
import { startTestService, type TestService } from '../support/test-service';

/** A midnight in Kolkata, nine days before the last one. */
function midnightInKolkata(): Date {
  const day = 86_400_000;
  const zone = 5.5 * 3_600_000;
  return new Date(Math.floor((Date.now() + zone) / day) * day - zone - 9 * day);
}

describe('Story 2: streak, cap, break and neutral day', () => {
  let t: TestService;
  let told: DailyStreak;

  beforeAll(async () => {
    t = await startTestService();
    told = await tellDailyStreak(new Storyteller(t.service, t.clock, 'two'), midnightInKolkata());
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
