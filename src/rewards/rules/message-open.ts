import { duplicate, nothing, pay, type RewardRule, type RuleParams } from './rule';
import { streakAmount } from './streak-policy';

/** An open counts as a person's from this confidence on, when no rule says otherwise. */
const personOpened = 50;

/**
 * The first verified open of a message that offers Mu pays its `openMu`. With a streak rule for OPEN
 * the day's rate is paid instead, never more than `openMu`, because that is what was set aside.
 */
export const messageOpen: RewardRule = {
  name: 'MESSAGE_OPEN',
  meaning: "A message's first verified open pays its openMu, once per customer.",
  applies: (event, facts) => event.action === 'OPEN' && facts.offer !== null,
  award(event, facts, params) {
    if (event.confidence < (params?.minConfidence ?? personOpened)) return nothing;
    if (facts.paidBefore) return duplicate;
    const openMu = facts.offer?.openMu ?? 0;
    return pay(Math.min(openMu, rate(params, facts.streakLength) ?? openMu));
  },
};

function rate(params: RuleParams | null, length: number | null): number | null {
  if (params?.streak == null || length === null) return null;
  return streakAmount(params.streak, params.amount, length);
}
