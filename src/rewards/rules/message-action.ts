import { duplicate, nothing, pay, type RewardRule } from './rule';
import { ruleAmount } from './rule-amount';

/**
 * An action on a message that offers Mu pays what the brand's rule for it says, until all actions of
 * the customer on this message have been paid the message's `actionMuMax`.
 */
export const messageAction: RewardRule = {
  name: 'MESSAGE_ACTION',
  meaning:
    "An action on a message pays the brand's rule for it, once per action, up to the message's actionMuMax in total.",
  applies: (event, facts) => event.action !== 'OPEN' && facts.offer !== null,
  award(event, facts, params) {
    if (params === null || event.confidence < params.minConfidence) return nothing;
    if (facts.paidBefore) return duplicate;
    const rest = (facts.offer?.actionMuMax ?? 0) - facts.actionMuPaid;
    return pay(Math.min(rest, ruleAmount(params, facts.streakLength)));
  },
};
