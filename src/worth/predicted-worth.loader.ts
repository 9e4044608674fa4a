import { brandOf } from '../platform/auth/caller';
import { monetaryAmount } from '../platform/graphql/money.type';
import { defineListLoader } from '../platform/graphql/loaders';
import { foretell, type RhythmRow, type WorthModels } from './bg-nbd-worth';
import type { PredictedWorth } from './predicted-worth.type';
import { foretoldBy } from './worth-model.loader';
import { termsOf, type TermsRow } from './bg-nbd-terms';

interface Row extends RhythmRow, WorthModels, TermsRow {
  customer_id: string;
  version: number;
  currency: string;
}

// The brand is one, the customers of a page are many; of each one row by its key.
const rhythmsSql = `
  SELECT r.customer_id, r.days, r.first_day::text, r.last_day::text, r.repeat_minor, m.version, m.buying,
    m.spending, b.currency, s.margin, s.discount,
    ($4::timestamptz AT TIME ZONE b.timezone)::date::text AS today
  FROM purchase_rhythms r
  JOIN brands b ON b.id = r.brand_id
  CROSS JOIN LATERAL (SELECT x.* FROM worth_models x WHERE x.brand_id = r.brand_id
    ORDER BY x.version DESC LIMIT 1) m
  LEFT JOIN worth_settings s ON s.brand_id = r.brand_id
  WHERE r.brand_id = $1 AND r.customer_id = ANY ($2::uuid[]) AND ($3::uuid IS NULL OR r.brand_id = $3)`;

const weekMs = 7 * 86_400_000;

/**
 * What is foretold of customers of a brand, by UUID, reckoned from what is kept of each and the parameters;
 * no order is read. Null for customers without orders and brands without a model.
 */
export const predictedWorthLoader = defineListLoader<
  { brandUuid: string; weeks: number },
  PredictedWorth | null
>(async (context, customers, { brandUuid, weeks }) => {
  const asOf = context.clock.now(new Date());
  const values = [brandUuid, customers, brandOf(context.caller), asOf];
  const rows = await context.reads.query<Row>(rhythmsSql, values);
  const found = new Map(rows.map((row) => [row.customer_id, predicted(row, weeks, asOf)]));
  return customers.map((customer) => found.get(customer) ?? null);
});

function predicted(row: Row, weeks: number, asOf: Date): PredictedWorth {
  const { currency } = row;
  const money = (minor: number) => monetaryAmount({ minor, currency });
  const { pAlive, orders, ...minor } = foretell(row, row, weeks, termsOf(row));
  return {
    asOf,
    window: { from: asOf, until: new Date(asOf.getTime() + weeks * weekMs) },
    modelVersion: `${foretoldBy}/${row.version}`,
    pAlive,
    orders,
    orderValue: money(minor.orderMinor),
    revenue: money(minor.revenueMinor),
    value: money(minor.valueMinor),
  };
}
