import fc from 'fast-check';
import { magnetId } from '../../src/magnets';
import { patienceMs, seeded } from '../support/seeded';
import { Game } from './game';
import { codesOf, poll, prediction, Stand } from './stand';

let stand: Stand;
let game: Game;

beforeAll(async () => {
  stand = await Stand.open('cricket', 10_000_000);
  game = new Game(stand);
});
afterAll(() => stand.close());

describe('a prediction without stakes', () => {
  it('pays right answers what was set aside, gives the rest back, and tells the outcome', async () => {
    const magnet = await stand.magnet(prediction());
    const before = await stand.funds();
    const [right, wrong] = [await game.player(0), await game.player(0)];
    await game.bet(magnet, right, 1);
    await game.bet(magnet, wrong, 0);
    expect(await stand.funds()).toEqual({
      budget: before.budget - 22,
      reserved: before.reserved + 20,
    });
    expect(await game.resolve(magnet, 1)).toMatchObject({
      magnet: { state: 'RESOLVED', winningOption: 1, remainderMu: 0 },
      userErrors: [],
    });
    expect([await stand.balance(right), await stand.balance(wrong)]).toEqual([11, 1]);
    expect(await stand.funds()).toEqual({ budget: before.budget - 12, reserved: before.reserved });
    const document = `query ($id: ID!) { magnet(id: $id) { responses { nodes { outcome payoutMu } } } }`;
    const { magnet: told } = await stand.ask(document, { id: magnet });
    expect(told.responses.nodes).toEqual([
      { outcome: 'WRONG', payoutMu: 0 },
      { outcome: 'RIGHT', payoutMu: 10 },
    ]);
  });

  it('is resolved once: not again, not called off after it, and takes no answers then', async () => {
    const magnet = await stand.magnet(prediction());
    const customer = await game.player(0);
    await game.bet(magnet, customer, 2);
    expect(codesOf(await game.resolve(magnet, 3))).toEqual(['INVALID_VALUE']);
    expect(codesOf(await game.resolve(magnet, -1))).toEqual(['INVALID_VALUE']);
    expect(codesOf(await game.resolve(magnet, 2))).toEqual([]);
    expect(codesOf(await game.resolve(magnet, 2))).toEqual(['ALREADY_RESOLVED']);
    expect(codesOf(await stand.call('voidMagnet', { id: magnet }))).toEqual(['ALREADY_RESOLVED']);
    expect(codesOf(await stand.call('closeMagnet', { id: magnet }))).toEqual(['ALREADY_RESOLVED']);
    expect(codesOf(await game.bet(magnet, await game.player(0), 2))).toEqual(['MAGNET_CLOSED']);
    expect(await stand.balance(customer)).toBe(11);
  });

  it('of 64 who resolve it at once, one does', async () => {
    const magnet = await stand.magnet(prediction());
    const customer = await game.player(0);
    await game.bet(magnet, customer, 0);
    const all = await Promise.all(
      Array.from({ length: 64 }, (_, at) => game.resolve(magnet, at % 3)),
    );
    expect(all.filter((payload) => payload['magnet'] !== null)).toHaveLength(1);
    const { winningOption } = await game.seen(magnet);
    expect(await stand.balance(customer)).toBe(winningOption === 0 ? 11 : 1);
  });

  it('keeps its promise when the budget is empty by then', async () => {
    const poor = await stand.beside('poor-cricket', 11);
    const magnet = await poor.magnet(prediction());
    const [one, two] = [await poor.customer(), await poor.customer()];
    expect(codesOf(await poor.answer(magnet, one, { prediction: { choice: 0 } }))).toEqual([]);
    const late = await poor.answer(magnet, two, { prediction: { choice: 0 } });
    expect([late['response'].outcome, codesOf(late)]).toEqual(['PENDING', ['BUDGET_EXHAUSTED']]);
    expect(await poor.funds()).toEqual({ budget: 0, reserved: 10 });
    await poor.call('resolveMagnet', { id: magnet, winningOption: 0 });
    expect([await poor.balance(one), await poor.balance(two)]).toEqual([11, 0]);
    expect(await poor.funds()).toEqual({ budget: 0, reserved: 0 });
  });
});

describe('stakes', () => {
  const staked = () => stand.magnet(prediction({ allowsStake: true, muForAnswering: 0 }));

  it('go to those who staked on what came true, by their shares; the rest is told', async () => {
    const magnet = await staked();
    const players = await Promise.all([50, 50, 50, 50].map((mu) => game.player(mu)));
    const [a, b, c, d] = players as [string, string, string, string];
    await game.bet(magnet, a, 0, 10);
    await game.bet(magnet, b, 0, 20);
    await game.bet(magnet, c, 1, 20);
    await game.bet(magnet, d, 2);
    const before = await stand.funds();
    expect(await game.resolve(magnet, 0)).toMatchObject({
      magnet: { remainderMu: 1 },
      userErrors: [],
    });
    // 50 Mu by 10 : 20 are 16 and 33; d, who was wrong without a stake, was promised 10.
    expect(await Promise.all(players.map((one) => stand.balance(one)))).toEqual([56, 63, 30, 50]);
    expect(await stand.funds()).toEqual({
      budget: before.budget + 11,
      reserved: before.reserved - 60,
    });
  });

  it('go back when nobody staked on what came true, and when it is called off', async () => {
    for (const end of [
      (id: string) => game.resolve(id, 2),
      (id: string) => stand.call('voidMagnet', { id }),
    ]) {
      const magnet = await staked();
      const [one, two] = [await game.player(30), await game.player(30)];
      await game.bet(magnet, one, 0, 30);
      await game.bet(magnet, two, 1, 7);
      expect([await stand.balance(one), await stand.balance(two)]).toEqual([0, 23]);
      expect(codesOf(await end(magnet))).toEqual([]);
      expect([await stand.balance(one), await stand.balance(two)]).toEqual([30, 30]);
      expect((await game.seen(magnet)).remainderMu).toBe(0);
    }
  });

  it('of two customers who turn out to be one person come back to the one who stays', async () => {
    const magnet = await staked();
    const [gone, stays] = [await game.player(30), await game.player(30)];
    await game.bet(magnet, gone, 0, 20);
    await game.bet(magnet, stays, 0, 10);
    const people = { from: { id: gone }, into: { id: stays }, reason: 'one person' };
    expect(codesOf(await stand.call('mergeCustomers', people))).toEqual([]);
    expect(await stand.balance(stays)).toBe(30);
    expect(codesOf(await game.resolve(magnet, 0))).toEqual([]);
    expect(await stand.balance(stays)).toBe(60);
  });

  it('are neither earned nor redeemed', async () => {
    const magnet = await staked();
    const [one, two] = [await game.player(40), await game.player(40)];
    await game.bet(magnet, one, 0, 40);
    await game.bet(magnet, two, 1, 40);
    await game.resolve(magnet, 0);
    const document = `query ($by: CustomerBy!) { customer(by: $by) {
      wallet { balance lifetimeEarned lifetimeRedeemed held } } }`;
    const { customer } = await stand.ask(document, { by: { id: one } });
    const totals = { lifetimeEarned: 40, lifetimeRedeemed: 0, held: 0 };
    expect(customer.wallet).toEqual({ balance: 80, ...totals });
  });

  it('are taken from 1 to 100 Mu, where they are allowed, of confirmed customers who have them', async () => {
    const magnet = await staked();
    const rich = await game.player(200);
    expect(codesOf(await game.bet(magnet, rich, 0, 0))).toEqual(['AMOUNT_NOT_POSITIVE']);
    expect(codesOf(await game.bet(magnet, rich, 0, 101))).toEqual(['AMOUNT_TOO_LARGE']);
    const poor = await game.player(5);
    expect(codesOf(await game.bet(magnet, poor, 0, 6))).toEqual(['INSUFFICIENT_MU']);
    const unknown = await stand.customer();
    expect(codesOf(await game.bet(magnet, unknown, 0, 1))).toEqual(['IDENTITY_NOT_CONFIRMED']);
    const without = await stand.magnet(prediction());
    expect(codesOf(await game.bet(without, rich, 0, 1))).toEqual(['INVALID_VALUE']);
    expect(codesOf(await game.bet(magnet, rich, 0, 100))).toEqual([]);
    expect(codesOf(await game.bet(magnet, poor, 0, 5))).toEqual([]);
  });

  it('and promises cannot be taken back by reversing the transfer that set them aside', async () => {
    const magnet = await staked();
    await game.bet(magnet, await game.player(10), 0, 10);
    await game.bet(magnet, await game.player(0), 0);
    const rows = await stand.t.database.query<{ id: string }>(
      `SELECT t.id FROM transfers t JOIN accounts a ON a.owner = $1 AND a.kind = 'RESERVE'
        AND a.id = t.credit_account WHERE t.kind IN ('STAKE', 'RESERVE')`,
      [magnetId.decode(magnet)],
    );
    expect(rows).toHaveLength(2);
    for (const { id } of rows) {
      const payload = await stand.reverse(id);
      expect(codesOf(payload)).toEqual(['NOT_REVERSIBLE']);
    }
    expect(codesOf(await game.resolve(magnet, 0))).toEqual([]);
  });
});

it(
  'whatever is staked, what came in went out to players and, as told, to the budget',
  async () => {
    const bets = fc.array(
      fc.record({ choice: fc.nat(2), stake: fc.option(fc.integer({ min: 1, max: 100 })) }),
      { minLength: 1, maxLength: 6 },
    );
    const people = await Promise.all(Array.from({ length: 6 }, () => game.player(10_000)));
    const balances = () => Promise.all(people.map((one) => stand.balance(one)));
    const sum = (list: number[]) => list.reduce((total, one) => total + one, 0);
    await fc.assert(
      fc.asyncProperty(bets, fc.option(fc.nat(2)), async (list, winner) => {
        const magnet = await stand.magnet(prediction({ allowsStake: true }));
        const [funds, before] = [await stand.funds(), sum(await balances())];
        for (const [at, { choice, stake }] of list.entries()) {
          const answered = await game.bet(magnet, people[at] as string, choice, stake ?? undefined);
          expect(codesOf(answered)).toEqual([]);
        }
        const ended =
          winner === null
            ? await stand.call('voidMagnet', { id: magnet })
            : await game.resolve(magnet, winner);
        expect(codesOf(ended)).toEqual([]);
        const right = list.filter(
          ({ choice, stake }) => choice === winner && stake === null,
        ).length;
        const remainderMu = (await game.seen(magnet))['remainderMu'] as number;
        const paid = list.length + 10 * right;
        expect(sum(await balances())).toBe(before + paid - remainderMu);
        expect(await stand.funds()).toEqual({
          budget: funds.budget - paid + remainderMu,
          reserved: funds.reserved,
        });
        expect(remainderMu).toBeLessThan(list.length);
      }),
      seeded(15),
    );
  },
  patienceMs,
);

describe('closing', () => {
  it('ends the answers, not the prediction', async () => {
    const magnet = await stand.magnet(prediction());
    const customer = await game.player(0);
    await game.bet(magnet, customer, 0);
    const closed = await stand.call('closeMagnet', { id: magnet });
    expect(closed).toMatchObject({ magnet: { state: 'CLOSED' }, userErrors: [] });
    expect(await stand.call('closeMagnet', { id: magnet })).toMatchObject({ userErrors: [] });
    expect(codesOf(await game.bet(magnet, await game.player(0), 0))).toEqual(['MAGNET_CLOSED']);
    expect(codesOf(await game.resolve(magnet, 0))).toEqual([]);
    expect(await stand.balance(customer)).toBe(11);
  });

  it('is for any magnet; an outcome is for predictions alone', async () => {
    const magnet = await stand.magnet(poll());
    expect(codesOf(await game.resolve(magnet, 0))).toEqual(['INVALID_VALUE']);
    expect(codesOf(await stand.call('voidMagnet', { id: magnet }))).toEqual(['INVALID_VALUE']);
    expect(codesOf(await stand.call('closeMagnet', { id: magnet }))).toEqual([]);
    const other = await stand.beside('other-cricket');
    expect(codesOf(await other.call('closeMagnet', { id: magnet }))).toEqual(['NOT_FOUND']);
  });

  it('is announced when it is resolved, once', async () => {
    const magnet = await stand.magnet(prediction());
    await game.resolve(magnet, 1);
    await game.resolve(magnet, 1);
    const told = await stand.t.database.query(
      `SELECT payload FROM outbox WHERE topic = 'magnet.resolved' AND payload->>'magnetId' = $1`,
      [magnet],
    );
    expect(told).toEqual([{ payload: { magnetId: magnet, state: 'RESOLVED', winningOption: 1 } }]);
  });
});
