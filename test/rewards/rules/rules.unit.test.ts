import fc from 'fast-check';
import { awardFor, rewardRules } from '../../../src/rewards/rules/registry';
import type { EventFacts, PaymentFacts, RuleParams } from '../../../src/rewards/rules/rule';
import {
  publishedStreak,
  streakAmount,
  streakLength,
  type StreakPolicy,
} from '../../../src/rewards/rules/streak-policy';

const events: fc.Arbitrary<EventFacts> = fc.record({
  action: fc.constantFrom('OPEN', 'CLICK', 'SURVEY', 'VISIT'),
  confidence: fc.constantFrom(0, 50, 100),
});
const mu = fc.integer({ min: 0, max: 1000 });
const policies: fc.Arbitrary<StreakPolicy> = fc.record({
  unit: fc.constant('DAY' as const),
  cap: fc.integer({ min: 1, max: 20 }),
  startAt: fc.integer({ min: 1, max: 3 }),
  resetTo: fc.integer({ min: 1, max: 3 }),
  graceUnits: fc.integer({ min: 0, max: 2 }),
});
const facts: fc.Arbitrary<PaymentFacts> = fc.record({
  offer: fc.option(fc.record({ openMu: fc.option(mu), actionMuMax: fc.option(mu) })),
  hasMessage: fc.boolean(),
  paidBefore: fc.boolean(),
  actionMuPaid: mu,
  paymentsThatDay: fc.integer({ min: 0, max: 5 }),
  streakLength: fc.option(fc.integer({ min: 1, max: 30 })),
});
const params: fc.Arbitrary<RuleParams | null> = fc.option(
  fc.record({
    amount: fc.integer({ min: 1, max: 1000 }),
    minConfidence: fc.constantFrom(1, 50, 100),
    perCustomerPerDay: fc.integer({ min: 1, max: 5 }),
    streak: fc.option(policies),
  }),
);

describe('Reward rules', () => {
  it('let exactly one rule decide each event', () => {
    fc.assert(
      fc.property(events, facts, (event, known) => {
        expect(rewardRules.filter((rule) => rule.applies(event, known))).toHaveLength(1);
      }),
    );
  });

  it('pay whole Mu above zero or nothing, and nothing to a machine', () => {
    fc.assert(
      fc.property(events, facts, params, (event, known, published) => {
        const award = awardFor(event, known, published);
        const whole = award.kind !== 'PAY' || (Number.isInteger(award.amount) && award.amount > 0);
        const machinePaid = event.confidence === 0 && award.kind !== 'NOTHING';
        expect({ whole, machinePaid }).toEqual({ whole: true, machinePaid: false });
      }),
    );
  });

  it('never pay more for a message than it offers', () => {
    fc.assert(
      fc.property(events, facts, params, (event, known, published) => {
        const award = awardFor(event, known, published);
        if (award.kind !== 'PAY' || known.offer === null) return;
        const most =
          event.action === 'OPEN'
            ? (known.offer.openMu ?? 0)
            : (known.offer.actionMuMax ?? 0) - known.actionMuPaid;
        expect(award.amount).toBeLessThanOrEqual(most);
      }),
    );
  });

  it('pay an action on a message once, whatever the rule', () => {
    fc.assert(
      fc.property(events, facts, params, (event, known, published) => {
        const repeated = { ...known, hasMessage: true, paidBefore: true };
        expect(awardFor(event, repeated, published).kind).not.toBe('PAY');
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
        expect(awardFor(event, day, published).kind).not.toBe('PAY');
      }),
    );
  });

  it('pay actions only when the brand has published a rule', () => {
    fc.assert(
      fc.property(events, facts, (event, known) => {
        if (event.action === 'OPEN' && known.offer !== null) return;
        expect(awardFor(event, known, null).kind).toBe('NOTHING');
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
    expect(streakLength(publishedStreak, null)).toBe(1);
    expect(streakLength(publishedStreak, { length: 6, missedDays: 0 })).toBe(7);
    expect(streakLength(publishedStreak, { length: 6, missedDays: 1 })).toBe(1);
  });

  it('never pays less for a longer streak, nor more than base times cap', () => {
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
          const next = streakLength(policy, { length, missedDays });
          expect(next).toBe(missedDays <= policy.graceUnits ? length + 1 : policy.resetTo);
        },
      ),
    );
  });
});
