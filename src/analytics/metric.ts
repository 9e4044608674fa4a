import { reachModel } from './real-reach';
import { summaryModel } from './attention-summary';
import { dormancyModel } from './dormancy-counts';
import { enumOf } from '../platform/graphql/described-enum';
import type { Figures } from './standing';

/** What is counted each day: the table, what is added up of its rows `d`, and by which definition. */
interface Counter {
  table: string;
  sum: string;
  model: string;
  isMoney?: true;
}

const attention = (sum: string): Counter => {
  return { table: 'brand_attention_days', sum, model: 'attention-1' };
};
const orders = (sum: string): Counter => {
  return { table: 'brand_purchase_days', sum, model: 'orders-1', isMoney: true };
};
const mu = (sum: string): Counter => ({ table: 'mu_days', sum, model: 'mu-economy-1' });

export const counters = {
  DELIVERIES: attention('d.deliveries'),
  OPENS: attention('d.opens'),
  CLICKS: attention('d.clicks'),
  EVENTS: attention('d.events'),
  VERIFIED_EVENTS: attention('d.verified'),
  MACHINE_FETCHES: attention('d.machine'),
  MESSAGES_SENT: { table: 'delivery_days', sum: 'd.messages', model: 'messages-1' },
  ORDERS: { table: 'brand_purchase_days', sum: 'd.orders', model: 'orders-1' },
  GROSS_REVENUE: orders('d.gross_minor'),
  REFUNDS: orders('d.refunded_minor'),
  NET_REVENUE: orders('d.gross_minor - d.refunded_minor'),
  MARKETING_SPEND: {
    table: 'brand_spend_days',
    sum: 'd.amount_minor',
    model: 'spend-1',
    isMoney: true,
  },
  ACQUISITIONS: { table: 'acquisition_days', sum: 'd.acquisitions', model: 'acquisitions-1' },
  REACQUISITIONS: {
    table: 'acquisition_days',
    sum: `CASE d.verdict WHEN 'REACQUISITION' THEN d.acquisitions ELSE 0 END`,
    model: 'acquisitions-1',
  },
  MU_ISSUED: mu('d.issued'),
  MU_BURNED: mu('d.burned'),
} as const satisfies Record<string, Counter>;

export type CounterName = keyof typeof counters;

/** What is looked at once a day: what of the figures it is, and by which definition. */
interface Level {
  of: (figures: Figures) => number;
  model: string;
}

export const levels = {
  CUSTOMERS: { of: ({ customers }) => customers, model: 'customers-1' },
  REAL_REACH: { of: ({ reach90 }) => reach90, model: reachModel },
  ATTENTION: { of: ({ attentionSum }) => attentionSum, model: summaryModel },
  ACTIVE_CUSTOMERS: { of: ({ active }) => active, model: dormancyModel },
  SLEEPING_CUSTOMERS: {
    of: ({ states }) => (states.DORMANT?.customers ?? 0) + (states.LOST?.customers ?? 0),
    model: dormancyModel,
  },
} as const satisfies Record<string, Level>;

export type LevelName = keyof typeof levels;
export type MetricName = CounterName | LevelName;

/** Whether a metric is looked at, and not added up. */
export function isLevel(name: MetricName): name is LevelName {
  return name in levels;
}

/** The metrics as a GraphQL enum; values equal names. */
export const MetricEnum = enumOf<MetricName>(
  'BrandMetric',
  'A figure of a brand that can be followed over time: what was counted of a day, or how it stood then.',
  {
    DELIVERIES: 'Messages that reached customers.',
    OPENS: 'Opens that are at least half sure.',
    CLICKS: 'Clicks.',
    EVENTS: 'Everything customers did that is at least half sure.',
    VERIFIED_EVENTS: 'Of it, what only a person does.',
    MACHINE_FETCHES: 'Fetches by machines, which count nowhere else.',
    MESSAGES_SENT: 'Messages sent, those that bounced included.',
    ORDERS: 'Orders in the brand’s currency.',
    GROSS_REVENUE: 'What these orders came to.',
    REFUNDS: 'What of it was paid back, on the day of the order.',
    NET_REVENUE: 'What remains.',
    MARKETING_SPEND: 'What marketing cost, in the brand’s currency.',
    ACQUISITIONS: 'Customers who were recorded as coming.',
    REACQUISITIONS: 'Of them, those it paid for although they had been customers before.',
    MU_ISSUED: 'Mu that came to customers.',
    MU_BURNED: 'Mu that customers spent.',
    CUSTOMERS: 'Customers of the brand; as it stood.',
    REAL_REACH: 'Its Real Reach of 90 days; as it stood.',
    ATTENTION: 'The attention indexes of all customers together; as it stood.',
    ACTIVE_CUSTOMERS: 'Customers whose state is ACTIVE; as it stood.',
    SLEEPING_CUSTOMERS: 'Customers who are DORMANT or LOST; as it stood.',
  },
);
