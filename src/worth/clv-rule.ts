import type { WorthTerms } from './worth-terms';

const dayMs = 86_400_000;
const daysAYear = 365;

/** What the rule reckons with; see docs/worth.md. */
export interface ClvInputs {
  /** The chance from 0 to 1 that the customer still buys. */
  pAlive: number;
  /** What an order costs on average, in minor units. */
  averageOrder: number;
  ordersAYear: number;
  /** What the brand keeps of an order, from 0 to 1. */
  margin: number;
  /** The share of customers who stay from one year to the next. */
  yearlyRetention: number;
  /** By how much a year makes money worth less; 0.1 is a tenth. */
  discount: number;
  horizonYears: number;
}

/**
 * What a customer will bring a brand, in minor units and not rounded: the margin of a year's orders, for each
 * year of the horizon as much less as customers leave and money is worth less; if they still buy at all.
 */
export function clvByRule(inputs: ClvInputs): number {
  const { pAlive, margin, averageOrder, ordersAYear, yearlyRetention, discount } = inputs;
  const stays = yearlyRetention / (1 + discount);
  let years = 0;
  for (let year = 0; year < inputs.horizonYears; year += 1) years += stays ** year;
  return pAlive * margin * averageOrder * ordersAYear * years;
}

/** The chance that somebody silent for so many days still buys: it halves with every two usual pauses. */
export function aliveByRule(silentDays: number, daysBetweenOrders: number): number {
  return 2 ** (-silentDays / (2 * daysBetweenOrders));
}

/** What is known of a customer's orders with a brand; at least one. */
export interface OrderHistory {
  /** Orders whose money is known in the brand's currency. */
  orders: number;
  otherCurrencyOrders: number;
  /** Of those in the brand's currency, after refunds, in minor units. */
  netMinor: number;
  firstAt: Date;
  lastAt: Date;
}

/** What the rule says of a customer. */
export interface RuleWorth {
  /** Whole minor units; at most what a number holds exactly. */
  clvMinor: number;
  pAlive: number;
  /** Orders in the next 365 days. */
  expectedOrders: number;
  /** Of one order, in whole minor units. */
  expectedValueMinor: number;
}

/** The rule applied to a customer's orders at a moment; silence counts in whole days. */
export function worthByRule(history: OrderHistory, terms: WorthTerms, now: Date): RuleWorth {
  const daysBetweenOrders = pauseOf(history, terms);
  const silentMs = Math.max(0, now.getTime() - history.lastAt.getTime());
  const pAlive = aliveByRule(Math.floor(silentMs / dayMs), daysBetweenOrders);
  const averageOrder = history.orders === 0 ? 0 : history.netMinor / history.orders;
  const ordersAYear = daysAYear / daysBetweenOrders;
  const { margin, discount, horizonYears, yearlyRetention } = terms;
  const clv = clvByRule({
    pAlive,
    averageOrder,
    ordersAYear,
    margin,
    discount,
    horizonYears,
    yearlyRetention,
  });
  return {
    clvMinor: Math.min(Math.round(clv), Number.MAX_SAFE_INTEGER),
    pAlive,
    expectedOrders: pAlive * ordersAYear,
    expectedValueMinor: Math.round(averageOrder),
  };
}

/**
 * The customer's usual pause between orders in days, at least one; the brand's, of somebody whose orders
 * all came within a day, which says nothing of how often they come.
 */
function pauseOf(history: OrderHistory, terms: WorthTerms): number {
  const { orders, otherCurrencyOrders, firstAt, lastAt } = history;
  const days = (lastAt.getTime() - firstAt.getTime()) / dayMs;
  if (days < 1) return terms.daysBetweenOrders;
  return Math.max(1, days / (orders + otherCurrencyOrders - 1));
}
