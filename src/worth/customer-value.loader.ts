import { viewer } from '../platform/auth/caller';
import { defineLoader } from '../platform/graphql/loaders';
import { monetaryAmount } from '../platform/graphql/money.type';
import { worthByRule } from './clv-rule';
import type { CustomerValue, WorthSourceName } from './customer-value.type';
import { historyOf, ruleVersion } from './refresh-worth';
import { termsOf, type TermsRow } from './worth-terms';

/** A customer with one brand, by UUID. */
interface Buyer {
  brandUuid: string;
  customerUuid: string;
}

interface Row extends TermsRow {
  place: number;
  orders: number | null;
  other: number;
  net: number;
  first_at: Date;
  last_at: Date;
  source: WorthSourceName | null;
  clv_minor: number;
  p_alive: number | null;
  expected_orders: number | null;
  model_version: string;
  computed_at: Date;
  now: Date;
}

const valueSql = `
  SELECT x.place::int AS place, m.*, t.orders, t.other_currency_orders AS other,
    t.gross_minor - t.refunded_minor AS net, t.first_at, t.last_at, w.source, w.clv_minor, w.p_alive,
    w.expected_orders, w.model_version, w.computed_at, now() AS now
  FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS x(brand_id, customer_id, place)
  JOIN worth_terms($1::uuid[]) m ON m.brand_id = x.brand_id
  LEFT JOIN purchase_totals t ON t.brand_id = x.brand_id AND t.customer_id = x.customer_id
  LEFT JOIN customer_worth w ON w.brand_id = x.brand_id AND w.customer_id = x.customer_id
    AND (w.source = 'INGESTED' OR w.source = m.clv_model)
  WHERE ($3::uuid IS NULL OR x.brand_id = $3) AND ($4::uuid IS NULL OR x.customer_id = $4)`;

/** What customers are worth to brands; null for who has ordered nothing, unless the brand said. */
export const customerValueLoader = defineLoader<Buyer, CustomerValue | null>(
  async ({ caller, reads, clock }, buyers) => {
    const values = buyers.map((): CustomerValue | null => null);
    const rows = await reads.query<Row>(valueSql, [
      buyers.map(({ brandUuid }) => brandUuid),
      buyers.map(({ customerUuid }) => customerUuid),
      ...viewer(caller),
    ]);
    for (const row of rows) values[row.place - 1] = valueOf(row, clock.now(row.now));
    return values;
  },
  ({ brandUuid, customerUuid }) => `${brandUuid} ${customerUuid}`,
);

/** What somebody said, or else what the rule says at this moment. */
function valueOf(row: Row, now: Date): CustomerValue | null {
  const { source, currency, orders } = row;
  const from = orders === null ? null : row.first_at;
  if (source === 'INGESTED' || source === 'BG_NBD') {
    return {
      value: monetaryAmount({ minor: row.clv_minor, currency }),
      pAlive: row.p_alive,
      expectedOrders: row.expected_orders,
      source,
      asOf: row.computed_at,
      window: { from, until: row.computed_at },
      modelVersion: row.model_version,
    };
  }
  if (orders === null) return null;
  const worth = worthByRule(historyOf({ ...row, orders }), termsOf(row), now);
  return {
    value: monetaryAmount({ minor: worth.clvMinor, currency }),
    pAlive: worth.pAlive,
    expectedOrders: worth.expectedOrders,
    source: 'RULE_6_9',
    asOf: now,
    window: { from, until: now },
    modelVersion: ruleVersion,
  };
}
