import { belongs, type AudienceFacts } from './audience';
import type { Multiplier } from './rule';

/** The highest percentage of those whose audience the customer belongs to; 100 without one. */
export function percentFor(multipliers: readonly Multiplier[], facts: AudienceFacts): number {
  const percents = multipliers
    .filter(({ audience }) => belongs(audience, facts))
    .map(({ percent }) => percent);
  return percents.length === 0 ? 100 : Math.max(...percents);
}

/** A percentage of an amount in whole Mu, rounded down; exact while the result is a safe integer. */
export function percentOf(amount: number, percent: number): number {
  const rest = amount % 100;
  return ((amount - rest) / 100) * percent + Math.floor((rest * percent) / 100);
}
