import { messageAction } from './message-action';
import { messageOpen } from './message-open';
import { publishedRule } from './published-rule';
import {
  nothing,
  type Award,
  type EventFacts,
  type PaymentFacts,
  type RewardRule,
  type RuleParams,
} from './rule';

/** Every way of earning; the first that applies to an event decides. */
export const rewardRules: readonly RewardRule[] = [messageOpen, messageAction, publishedRule];

/** What an event earns by one published rule (or by none). */
export function awardFor(event: EventFacts, facts: PaymentFacts, params: RuleParams | null): Award {
  const rule = rewardRules.find((candidate) => candidate.applies(event, facts));
  return rule === undefined ? nothing : rule.award(event, facts, params);
}
