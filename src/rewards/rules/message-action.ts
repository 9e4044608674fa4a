import { nothing, pay, type RewardRule } from './rule';
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
  award(event, facts, rule) {
    if (rule === null) return nothing('OTHER_ACTION');
    if (event.confidence < rule.minConfidencePercent) return nothing('UNSURE');
    if (facts.paidBefore) return nothing('PAID_ON_MESSAGE');
    const rest = (facts.offer?.actionMuMax ?? 0) - facts.actionMuPaid;
    const worth = ruleAmount(rule, facts.streakLength, event);
    const award = pay(Math.min(rest, worth), rest > 0 ? 'WORTH_NOTHING' : 'NOT_OFFERED');
    return award.amount > 0 && rest < worth ? { ...award, because: 'PAYS_REST_OF_OFFER' } : award;
  },
};
