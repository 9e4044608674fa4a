import { userError, type UserErrorShape } from '../../platform/errors';
import { publishedStreak, type StreakPolicy } from '../rules/streak-policy';

/** A policy as it is asked for; what is left out has the published default. */
export type StreakRequest = { [Name in keyof StreakPolicy]?: StreakPolicy[Name] | null };

const longestStreakNumber = 10_000;
const longestWindowHours = 720;

const ranges = [
  ['cap', 1, longestStreakNumber],
  ['startAt', 1, longestStreakNumber],
  ['resetTo', 1, longestStreakNumber],
  ['graceUnits', 0, longestStreakNumber],
  ['windowHours', 1, longestWindowHours],
] as const;

/** The whole policy; no streak is one too. */
export function readStreak(asked: StreakRequest | null | undefined): StreakPolicy | null {
  if (asked == null) return null;
  const given = Object.entries(asked).filter(([, value]) => value != null);
  return { ...publishedStreak, ...(Object.fromEntries(given) as Partial<StreakPolicy>) };
}

/** Why a policy cannot be published with this base; null when it can. */
export function checkStreak(
  policy: StreakPolicy,
  base: number,
  most: number,
): UserErrorShape | null {
  for (const [name, least, greatest] of ranges) {
    if (policy[name] < least || policy[name] > greatest) {
      const message = `Must be from ${least} to ${greatest}.`;
      return userError('INVALID_VALUE', ['streak', name], message);
    }
  }
  if (policy.scope === 'NETWORK' && policy.unit !== 'DAY') {
    return userError('INVALID_VALUE', ['streak', 'scope'], 'Only days are counted over brands.');
  }
  return base * policy.cap > most ? userError('AMOUNT_TOO_LARGE', ['streak', 'cap']) : null;
}
