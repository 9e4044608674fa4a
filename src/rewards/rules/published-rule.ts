import { duplicate, nothing, pay, type RewardRule } from './rule';
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
  award(event, facts, params) {
    if (params === null || event.confidence < params.minConfidence) return nothing;
    const spent = facts.hasMessage
      ? facts.paidBefore
      : facts.paymentsThatDay >= params.perCustomerPerDay;
    return spent ? duplicate : pay(ruleAmount(params, facts.streakLength));
  },
};
