import { readFileSync } from 'node:fs';
import { readPurchase } from '../../src/cli/cdnow-line';
import { expectedFromFirst, expectedPurchases } from '../../src/worth/bg-nbd';
import { fitWorth, type FittedWorth, type WorthCell } from '../../src/worth/fit-worth';

/** What the models make of the first 39 weeks of CDNOW, and what came in the 39 weeks after. */
export interface CdnowFigures {
  fitted: FittedWorth;
  /** Repeat purchases of everybody until the end of each week. */
  weeks: { week: number; bought: number; expected: number }[];
  /** Mean purchases in the second half, by repeats in the first; the last row is of 7 and more. */
  frequencies: { repeats: number; customers: number; bought: number; expected: number }[];
}

interface Customer extends WorthCell {
  /** Days with a purchase, as days since the first of January 1997. */
  days: number[];
  /** Repeats in the second half. */
  later: number;
}

const start = Date.parse('1997-01-01');
const dayMs = 86_400_000;
const halfWeeks = 39;
/** The last day of a week; the first of January 1997 is day 0 and in week 1. */
const lastDay = (week: number): number => 7 * week - 1;
const mostRepeats = 7;

/** Reckons all figures from the file of purchases. Throws when the models do not fit. */
export function cdnowFigures(file: string): CdnowFigures {
  const customers = readCustomers(file);
  const fitted = fitWorth(customers, { customers: 1, repeating: 1 });
  if (typeof fitted === 'string') throw new Error(fitted);
  return {
    fitted,
    weeks: cumulativeWeeks(customers, fitted),
    frequencies: byFrequency(customers, fitted),
  };
}

function readCustomers(file: string): Customer[] {
  const spent = new Map<string, Map<number, number>>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const purchase = readPurchase(line);
    if (purchase === null) continue;
    const days = spent.get(purchase.customer) ?? new Map<number, number>();
    const day = (Date.parse(purchase.day) - start) / dayMs;
    days.set(day, (days.get(day) ?? 0) + Math.round(Number(purchase.amount) * 100));
    spent.set(purchase.customer, days);
  }
  return [...spent.values()].map(customerOf);
}

function customerOf(spent: ReadonlyMap<number, number>): Customer {
  const days = [...spent.keys()].sort((one, other) => one - other);
  const known = days.filter((day) => day <= lastDay(halfWeeks));
  const [first = 0] = known;
  return {
    days,
    repeats: known.length - 1,
    recency: ((known.at(-1) ?? 0) - first) / 7,
    age: (lastDay(halfWeeks) - first) / 7,
    spent: known.slice(1).reduce((sum, day) => sum + (spent.get(day) ?? 0), 0),
    customers: 1,
    later: days.length - known.length,
  };
}

function cumulativeWeeks(customers: Customer[], { buying }: FittedWorth): CdnowFigures['weeks'] {
  const repeats = customers.flatMap(({ days }) => days.slice(1));
  const firsts = customers.map(({ days: [first = 0] }) => first);
  return Array.from({ length: 2 * halfWeeks }, (_, at) => {
    const end = lastDay(at + 1);
    const since = firsts.filter((first) => first < end).map((first) => (end - first) / 7);
    return {
      week: at + 1,
      bought: repeats.filter((day) => day <= end).length,
      expected: since.reduce((sum, weeks) => sum + expectedFromFirst(buying, weeks), 0),
    };
  });
}

function byFrequency(customers: Customer[], { buying }: FittedWorth): CdnowFigures['frequencies'] {
  return Array.from({ length: mostRepeats + 1 }, (_, repeats) => {
    const alike = customers.filter((one) => Math.min(one.repeats, mostRepeats) === repeats);
    const mean = (of: (one: Customer) => number): number =>
      alike.reduce((sum, one) => sum + of(one), 0) / alike.length;
    return {
      repeats,
      customers: alike.length,
      bought: mean(({ later }) => later),
      expected: mean((one) => expectedPurchases(buying, one, halfWeeks)),
    };
  });
}
