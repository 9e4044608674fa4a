import type { Counted } from './streak-book';
import { policyOf } from './streak-line';
import { streakAmount } from '../rules/streak-policy';
import { Streak } from './streak.type';

/** A streak as an answer keeps it. What is optional was not kept by the first release. */
export interface StreakSnapshot {
  ruleId: string;
  length: number;
  day: string;
  nextMu: number;
  unit?: Streak['unit'];
  best?: number;
  messageId?: string | null;
}

export function streakSnapshot(counted: Counted | null): StreakSnapshot | null {
  if (counted === null) return null;
  const { rule, length, best, day, messageId } = counted;
  const policy = policyOf(rule);
  const nextMu = streakAmount(policy, rule.amount, length + 1);
  const message = policy.unit === 'DAY' ? null : messageId;
  return { ruleId: rule.uuid, length, day, nextMu, unit: policy.unit, best, messageId: message };
}

export function toStreak(snapshot: StreakSnapshot): Streak {
  const { ruleId, length, day, nextMu, unit = 'DAY', best = length, messageId = null } = snapshot;
  return Object.assign(new Streak(), {
    ruleUuid: ruleId,
    messageUuid: messageId,
    current: length,
    best,
    state: 'ALIVE',
    unit,
    lastDay: day,
    nextMu,
  });
}
