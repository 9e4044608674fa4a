import { percentFor, percentOf } from './multiplier';
import { nothing, pay, type EventFacts, type RewardRule, type RuleParams } from './rule';
import { ruleAmount } from './rule-amount';

/** An open counts as a person's from this confidence on, when no rule says otherwise. */
const personOpened = 50;

/**
 * The first verified open of a message that offers Mu pays its `openMu`. With a streak rule for OPEN
 * the day's rate is paid instead, never more than `openMu`, because that is what was set aside. What a
 * rule that stacks adds comes out of what the first one leaves of it.
 */
export const messageOpen: RewardRule = {
  name: 'MESSAGE_OPEN',
  meaning: "A message's first verified open pays its openMu, once per customer.",
  applies: (event, facts) => event.action === 'OPEN' && facts.offer !== null,
  award(event, facts, rule) {
    if (event.confidence < (rule?.minConfidencePercent ?? personOpened)) return nothing('UNSURE');
    if (facts.paidBefore) return nothing('PAID_ON_MESSAGE');
    const openMu = facts.offer?.openMu ?? 0;
    const rest = openMu - facts.openMuPaid;
    const worth = worthOf(rule, facts.streakLength, openMu, event);
    return pay(Math.min(rest, worth), rest > 0 ? 'WORTH_NOTHING' : 'NOT_OFFERED');
  },
};

function worthOf(
  rule: RuleParams | null,
  length: number | null,
  openMu: number,
  event: EventFacts,
): number {
  if (rule === null) return openMu;
  if (rule.stacking === 'STACKS' || rule.streak !== null) return ruleAmount(rule, length, event);
  return percentOf(openMu, percentFor(rule.multipliers, event));
}
