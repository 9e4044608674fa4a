import { viewer } from '../platform/auth/caller';
import { monetaryAmount } from '../platform/graphql/money.type';
import { defineLoader } from '../platform/graphql/loaders';
import type { PurchaseTotals } from './purchase-totals.type';

/** A customer with one brand, by UUID. */
export interface Buyer {
  brandUuid: string;
  customerUuid: string;
}

interface Row {
  place: number;
  currency: string;
  orders: number;
  other: number;
  gross: number;
  refunded: number;
  first_at: Date | null;
  last_at: Date | null;
  now: Date;
}

const totalsSql = `
  SELECT x.place::int AS place, b.currency, coalesce(t.orders, 0) AS orders,
    coalesce(t.other_currency_orders, 0) AS other, coalesce(t.gross_minor, 0) AS gross,
    coalesce(t.refunded_minor, 0) AS refunded, t.first_at, t.last_at, now() AS now
  FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS x(brand_id, customer_id, place)
  JOIN brands b ON b.id = x.brand_id
  LEFT JOIN purchase_totals t ON t.brand_id = x.brand_id AND t.customer_id = x.customer_id
  WHERE ($3::uuid IS NULL OR x.brand_id = $3) AND ($4::uuid IS NULL OR x.customer_id = $4)`;

/** What customers have ordered from brands in all; null where the caller may not see it. */
export const purchaseTotalsLoader = defineLoader<Buyer, PurchaseTotals | null>(
  async ({ caller, reads, clock }, buyers) => {
    const totals = buyers.map((): PurchaseTotals | null => null);
    const rows = await reads.query<Row>(totalsSql, [
      buyers.map(({ brandUuid }) => brandUuid),
      buyers.map(({ customerUuid }) => customerUuid),
      ...viewer(caller),
    ]);
    for (const row of rows) totals[row.place - 1] = totalsOf(row, clock.now(row.now));
    return totals;
  },
  ({ brandUuid, customerUuid }) => `${brandUuid} ${customerUuid}`,
);

function totalsOf(row: Row, asOf: Date): PurchaseTotals {
  const { currency, orders, gross, refunded } = row;
  const net = gross - refunded;
  const money = (minor: number) => monetaryAmount({ minor, currency });
  return {
    asOf,
    window: { from: null, until: asOf },
    modelVersion: 'orders-1',
    orders,
    otherCurrencyOrders: row.other,
    gross: money(gross),
    refunded: money(refunded),
    net: money(net),
    average: orders === 0 ? null : money(Math.round(net / orders)),
    firstAt: row.first_at,
    lastAt: row.last_at,
  };
}
