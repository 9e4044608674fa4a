import { monetaryAmount, type MonetaryAmount } from '../platform/graphql/money.type';

/** Coins of a currency as the graph shows money. */
export function moneyOf(currency: string): (minor: number) => MonetaryAmount {
  return (minor) => monetaryAmount({ minor: whole(minor), currency });
}

/** A number of coins, halves rounded away from 0; never a negative 0. */
export function whole(minor: number): number {
  return Math.sign(minor) * Math.round(Math.abs(minor)) + 0;
}

/** A part of a whole, from 0 to 1; null where there is no whole. */
export function shareOf(part: number, all: number): number | null {
  return all > 0 ? part / all : null;
}

/** What one of so many costs, in whole coins; null where there is none. */
export function costOfOne(minor: number, count: number): number | null {
  return count > 0 ? whole(minor / count) : null;
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
