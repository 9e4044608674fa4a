/**
 * How a streak of days is counted and what its days pay. The default is the published one: day n pays
 * n times the rule's amount up to the fifth, every further day as the fifth, a missed day starts anew.
 */
export interface StreakPolicy {
  unit: 'DAY';
  /** The day from which on the amount no longer grows. */
  cap: number;
  /** Length of a streak's first day. */
  startAt: number;
  /** Length after a break. */
  resetTo: number;
  /** Missed days that are forgiven between two qualifying ones. */
  graceUnits: number;
}

export const publishedStreak: StreakPolicy = {
  unit: 'DAY',
  cap: 5,
  startAt: 1,
  resetTo: 1,
  graceUnits: 0,
};

/** The qualifying day before, and how many days since were missed (days without a delivery are not). */
export interface StreakBefore {
  length: number;
  missedDays: number;
}

/** Length of the streak on a new qualifying day. */
export function streakLength(policy: StreakPolicy, before: StreakBefore | null): number {
  if (before === null) return policy.startAt;
  return before.missedDays > policy.graceUnits ? policy.resetTo : before.length + 1;
}

/** What a day of the streak pays: `base` Mu times its length, the cap at most. */
export function streakAmount(policy: StreakPolicy, base: number, length: number): number {
  return base * Math.min(length, policy.cap);
}
