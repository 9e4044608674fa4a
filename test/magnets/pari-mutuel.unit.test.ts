import fc from 'fast-check';
import { returnOf } from '../../src/magnets/pari-mutuel';
import { patienceMs, seeded } from '../support/seeded';

const largest = Number.MAX_SAFE_INTEGER;
const stakes = fc.array(
  fc.record({ stake: fc.integer({ min: 1, max: Math.floor(largest / 50) }), right: fc.boolean() }),
  { minLength: 1, maxLength: 50 },
);

interface Bet {
  stake: number;
  right: boolean;
}

function poolOf(bets: readonly Bet[]) {
  const sum = (some: readonly Bet[]) => some.reduce((total, { stake }) => total + stake, 0);
  return { stakes: sum(bets), stakesOnRight: sum(bets.filter(({ right }) => right)) };
}

it(
  'what goes out of a pool is what came in, less a rest below one Mu a winner',
  () => {
    fc.assert(
      fc.property(stakes, (bets) => {
        const pool = poolOf(bets);
        const returns = bets.map(({ stake, right }) => returnOf(stake, right, pool));
        const rest = returns.reduce((left, amount) => left - amount, pool.stakes);
        const winners = bets.filter(({ right }) => right).length;
        expect(returns.every((amount) => Number.isSafeInteger(amount) && amount >= 0)).toBe(true);
        expect(rest).toBeGreaterThanOrEqual(0);
        expect(rest).toBeLessThan(Math.max(winners, 1));
        const least = bets.map(({ stake, right }) => (winners === 0 || right ? stake : 0));
        const most = bets.map(({ right }, at) => (right ? pool.stakes : (least[at] as number)));
        expect(returns.every((amount, at) => amount >= (least[at] as number))).toBe(true);
        expect(returns.every((amount, at) => amount <= (most[at] as number))).toBe(true);
      }),
      seeded(1000),
    );
  },
  patienceMs,
);

it(
  'who stakes more on what came true never gets less',
  () => {
    const one = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(one, one, one, (a, b, lost) => {
        const pool = { stakes: a + b + lost, stakesOnRight: a + b };
        const [toA, toB] = [returnOf(a, true, pool), returnOf(b, true, pool)];
        expect(Math.sign(toA - toB) * Math.sign(a - b)).toBeGreaterThanOrEqual(0);
      }),
      seeded(1000),
    );
  },
  patienceMs,
);
