import { nothing, pay, type RewardRule } from './rule';
import { ruleAmount } from './rule-amount';

/**
 * Without an offer the brand's rule alone pays, out of the budget: once per customer and action for a
 * message, so many times a local day (`perCustomerPerDay`) for attention without one.
 */
export const publishedRule: RewardRule = {
  name: 'PUBLISHED_RULE',
  meaning:
    "Attention without an offer pays the brand's rule out of the budget, perCustomerPerDay times a local day.",
  applies: (_event, facts) => facts.offer === null,
  award(event, facts, rule) {
    if (rule === null) return nothing('OTHER_ACTION');
    if (event.confidence < rule.minConfidencePercent) return nothing('UNSURE');
    if (facts.hasMessage && facts.paidBefore) return nothing('PAID_ON_MESSAGE');
    if (!facts.hasMessage && facts.paymentsThatDay >= rule.perCustomerPerDay) {
      return nothing('PAID_THAT_DAY');
    }
    return pay(ruleAmount(rule, facts.streakLength, event), 'WORTH_NOTHING');
  },
};
