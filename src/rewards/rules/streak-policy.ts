/**
 * How a streak is counted and what its units pay. The default is the published one: day n pays n times
 * the rule's amount up to the fifth, every further day as the fifth, a missed day starts anew.
 */
export interface StreakPolicy {
  /** Local days, messages of the brand, or messages of one em series. */
  unit: 'DAY' | 'MESSAGE' | 'SERIES';
  /** The length from which on the amount no longer grows. */
  cap: number;
  /** Length of a customer's first unit. */
  startAt: number;
  /** Length after a break. */
  resetTo: number;
  /** Missed units that are forgiven between two qualifying ones. */
  graceUnits: number;
  /** Whether days with other brands count too. */
  scope: 'BRAND' | 'NETWORK';
  /** Hours after its delivery within which a message must get its event. */
  windowHours: number;
}

export const publishedStreak: StreakPolicy = {
  unit: 'DAY',
  cap: 5,
  startAt: 1,
  resetTo: 1,
  graceUnits: 0,
  scope: 'BRAND',
  windowHours: 72,
};

/** What the unit of a streak at this length pays: `base` Mu times its length, the cap at most. */
export function streakAmount(policy: StreakPolicy, base: number, length: number): number {
  return base * Math.min(length, policy.cap);
}
