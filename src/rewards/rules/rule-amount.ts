import type { RuleParams } from './rule';
import { streakAmount } from './streak-policy';

/** What a rule pays: its amount, or its streak's rate for the day. */
export function ruleAmount(params: RuleParams, length: number | null): number {
  if (params.streak === null || length === null) return params.amount;
  return streakAmount(params.streak, params.amount, length);
}
