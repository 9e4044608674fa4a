import { aliveProbability, expectedPurchases, type BgNbd, type Rhythm } from './bg-nbd';
import { expectedSpend, type GammaGamma } from './gamma-gamma';

/** Both models of a brand. */
export interface WorthModels {
  buying: BgNbd;
  spending: GammaGamma;
}

/** A customer as purchase_rhythms has them, with the day they are looked at; days as YYYY-MM-DD. */
export interface RhythmRow {
  days: number;
  first_day: string;
  last_day: string;
  repeat_minor: number;
  today: string;
}

/** What the models foretell of a customer over some weeks; money in minor units. */
export interface Foretold {
  pAlive: number;
  /** Days with an order. */
  orders: number;
  /** What such a day brings. */
  orderMinor: number;
  revenueMinor: number;
  /** Margin of the revenue, later years discounted. */
  valueMinor: number;
}

/** By what revenue becomes value: shares of 1, the discount a year. */
export interface ValueTerms {
  margin: number;
  discount: number;
}

const weeksAYear = 52;
const weekMs = 7 * 86_400_000;

/** The rhythm of a row, in weeks; whoever ordered ahead of today is looked at on the day of that order. */
export function rhythmOf({ days, first_day, last_day, today }: RhythmRow): Rhythm {
  const weeks = (until: string): number => (Date.parse(until) - Date.parse(first_day)) / weekMs;
  return {
    repeats: days - 1,
    recency: weeks(last_day),
    age: Math.max(weeks(today), weeks(last_day)),
  };
}

/**
 * Foretells a customer's worth over the next weeks. What a year brings is discounted by the whole years
 * before it, as the rule does, so that the two can be compared.
 */
export function foretell(
  { buying, spending }: WorthModels,
  row: RhythmRow,
  weeks: number,
  { margin, discount }: ValueTerms,
): Foretold {
  const rhythm = rhythmOf(row);
  const spent = { purchases: rhythm.repeats, spent: row.repeat_minor };
  const orderMinor = expectedSpend(spending, spent);
  let orders = 0;
  let discounted = 0;
  for (let year = 0; year * weeksAYear < weeks; year += 1) {
    const until = expectedPurchases(buying, rhythm, Math.min((year + 1) * weeksAYear, weeks));
    discounted += (until - orders) / (1 + discount) ** year;
    orders = until;
  }
  return {
    pAlive: aliveProbability(buying, rhythm),
    orders,
    orderMinor: Math.round(orderMinor),
    revenueMinor: Math.round(orders * orderMinor),
    valueMinor: Math.round(discounted * orderMinor * margin),
  };
}
