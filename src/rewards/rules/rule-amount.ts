import { percentFor, percentOf } from './multiplier';
import type { EventFacts, RuleParams } from './rule';
import { streakAmount } from './streak-policy';

/** What a rule pays the customer: its amount, or its streak's rate for the day, times their multiplier. */
export function ruleAmount(rule: RuleParams, length: number | null, event: EventFacts): number {
  const base =
    rule.streak === null || length === null
      ? rule.amount
      : streakAmount(rule.streak, rule.amount, length);
  return percentOf(base, percentFor(rule.multipliers, event));
}
