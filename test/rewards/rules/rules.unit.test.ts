import fc from 'fast-check';
import { awardOf } from '../../../src/rewards/rules/judge';
import { percentFor, percentOf } from '../../../src/rewards/rules/multiplier';
import { reasons } from '../../../src/rewards/rules/reasons';
import { rewardRules } from '../../../src/rewards/rules/registry';
import { lengthsOf } from '../../../src/rewards/rules/streak-lengths';
import { publishedStreak, streakAmount } from '../../../src/rewards/rules/streak-policy';
import { events, facts, multipliers, policies, rules } from './cases';

const params = fc.option(rules);

describe('Reward rules', () => {
  it('let exactly one way of earning decide each event', () => {
    fc.assert(
      fc.property(events, facts, (event, known) => {
        expect(rewardRules.filter((rule) => rule.applies(event, known))).toHaveLength(1);
      }),
    );
  });

  it('pay whole Mu above zero or nothing, and nothing to a machine', () => {
    fc.assert(
      fc.property(events, facts, params, (event, known, published) => {
        const { amount, because } = awardOf(event, known, published);
        const pays = reasons[because].outcome === 'PAYS';
        const whole = Number.isInteger(amount) && (pays ? amount > 0 : amount === 0);
        const machinePaid = event.confidence === 0 && amount > 0;
        expect({ whole, machinePaid }).toEqual({ whole: true, machinePaid: false });
      }),
    );
  });

  it('never pay more for a message than it offers (d8)', () => {
    fc.assert(
      fc.property(events, facts, params, (event, known, published) => {
        const { amount } = awardOf(event, known, published);
        if (amount === 0 || known.offer === null) return;
        const most =
          event.action === 'OPEN'
            ? (known.offer.openMu ?? 0) - known.openMuPaid
            : (known.offer.actionMuMax ?? 0) - known.actionMuPaid;
        expect(amount).toBeLessThanOrEqual(most);
      }),
    );
  });

  it('pay an action on a message once, whatever the rule', () => {
    fc.assert(
      fc.property(events, facts, params, (event, known, published) => {
        const repeated = { ...known, hasMessage: true, paidBefore: true };
        expect(awardOf(event, repeated, published).amount).toBe(0);
      }),
    );
  });

  it('pay attention without a message at most so often a day as the rule says', () => {
    fc.assert(
      fc.property(events, facts, params, (event, known, published) => {
        const day = {
          ...known,
          offer: null,
          hasMessage: false,
          paymentsThatDay: published?.perCustomerPerDay ?? 1,
        };
        expect(awardOf(event, day, published).amount).toBe(0);
      }),
    );
  });

  it('pay actions only when the brand has published a rule', () => {
    fc.assert(
      fc.property(events, facts, (event, known) => {
        if (event.action === 'OPEN' && known.offer !== null) return;
        expect(awardOf(event, known, null).amount).toBe(0);
      }),
    );
  });

  it('never pay more than a cap leaves, and say so when they pay less for it (d8)', () => {
    fc.assert(
      fc.property(events, facts, params, (event, known, published) => {
        const free = awardOf(event, { ...known, caps: [] }, published);
        const capped = awardOf(event, known, published);
        const left = Math.min(Infinity, ...known.caps.map((cap) => cap.left));
        expect(capped.amount).toBe(Math.min(free.amount, left));
        const { outcome } = reasons[capped.because];
        const cut = capped.amount > 0 ? 'PAYS' : 'CAPPED';
        const told = capped.amount === free.amount ? reasons[free.because].outcome : cut;
        expect(outcome).toBe(told);
      }),
    );
  });
});

describe('Multipliers', () => {
  it('are whole Mu, rounded down, exactly', () => {
    expect([percentOf(3, 250), percentOf(1, 99), percentOf(7, 150)]).toEqual([7, 0, 10]);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 13 }),
        fc.integer({ min: 1, max: 10_000 }),
        (amount, percent) => {
          expect(BigInt(percentOf(amount, percent))).toBe(
            (BigInt(amount) * BigInt(percent)) / 100n,
          );
        },
      ),
    );
  });

  it('never pay less for a higher percentage, and the highest of those that concern one counts', () => {
    fc.assert(
      fc.property(events, facts, rules, multipliers, (event, known, rule, more) => {
        const before = percentFor(rule.multipliers, event);
        const raised = rule.multipliers.map((one) => ({ ...one, percent: one.percent + 50 }));
        const rise = awardOf(event, known, { ...rule, multipliers: raised }).amount;
        expect(rise).toBeGreaterThanOrEqual(awardOf(event, known, rule).amount);
        const both = percentFor([...rule.multipliers, ...more], event);
        const concern = percentFor(more, event);
        const highest = before === 100 || concern === 100 ? both : Math.max(before, concern);
        expect(both).toBe(highest);
      }),
    );
  });
});

describe('The published streak', () => {
  it('pays 1, 2, 3, 4, 5 and then 5 for every further day', () => {
    const paid = [1, 2, 3, 4, 5, 6, 7].map((length) => streakAmount(publishedStreak, 1, length));
    expect(paid).toEqual([1, 2, 3, 4, 5, 5, 5]);
  });

  it('starts at 1 and resets to 1 after a missed day', () => {
    const unit = (at: number, ...missed: number[]) => ({ at, missed });
    expect(lengthsOf(publishedStreak, [unit(1)])).toEqual([1]);
    expect(lengthsOf(publishedStreak, [unit(1), unit(2)], 6)).toEqual([6, 7]);
    expect(lengthsOf(publishedStreak, [unit(1), unit(3, 2)], 6)).toEqual([6, 1]);
  });

  it('never pays less for a longer streak, nor more than base times cap (d8)', () => {
    fc.assert(
      fc.property(
        policies,
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 50 }),
        (policy, base, length) => {
          const amount = streakAmount(policy, base, length);
          expect(streakAmount(policy, base, length + 1)).toBeGreaterThanOrEqual(amount);
          expect(amount).toBeLessThanOrEqual(base * policy.cap);
        },
      ),
    );
  });

  it('forgives as many missed days as the policy grants and no more', () => {
    fc.assert(
      fc.property(
        policies,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 0, max: 4 }),
        (policy, length, missedDays) => {
          const missed = new Array<number>(missedDays).fill(1);
          const units = [
            { at: 0, missed: [] },
            { at: 2, missed },
          ];
          const next = lengthsOf(policy, units, length)[1];
          expect(next).toBe(missedDays <= policy.graceUnits ? length + 1 : policy.resetTo);
        },
      ),
    );
  });
});
