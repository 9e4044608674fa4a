import type { CommandTransaction } from '../platform/database/command';
import { worthByRule, type OrderHistory, type RuleWorth } from './clv-rule';
import { termsOf, type TermsRow } from './worth-terms';

/** The version of the rule; a change of what it reckons is another one. */
export const ruleVersion = 'clv-rule-1';

/** A customer with one brand, by UUID. */
export interface Pair {
  brandId: string;
  customerId: string;
}

interface HistoryRow {
  place: number;
  brand_id: string;
  orders: number;
  other: number;
  net: number;
  first_at: Date;
  last_at: Date;
}

const historySql = `
  SELECT x.place::int AS place, t.brand_id, t.orders, t.other_currency_orders AS other,
    t.gross_minor - t.refunded_minor AS net, t.first_at, t.last_at
  FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS x(brand_id, customer_id, place)
  JOIN purchase_totals t ON t.brand_id = x.brand_id AND t.customer_id = x.customer_id`;

const termsSql = `SELECT w.* FROM worth_terms($1::uuid[]) w`;

// What the brand's own model says wins, and so does the fitted one until it is fitted anew.
const upsertSql = `
  INSERT INTO customer_worth AS w (brand_id, customer_id, clv_minor, source, p_alive, expected_orders,
    expected_value_minor, model_version, computed_at)
  SELECT t.brand_id, t.customer_id, t.clv, 'RULE_6_9', t.alive, t.orders, t.value, $7, $8
  FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::double precision[], $5::double precision[],
    $6::bigint[]) AS t(brand_id, customer_id, clv, alive, orders, value)
  ORDER BY t.brand_id, t.customer_id
  ON CONFLICT (brand_id, customer_id) DO UPDATE SET clv_minor = excluded.clv_minor,
    p_alive = excluded.p_alive, expected_orders = excluded.expected_orders,
    expected_value_minor = excluded.expected_value_minor, model_version = excluded.model_version,
    computed_at = excluded.computed_at
  WHERE w.source = 'RULE_6_9'`;

const nothing: RuleWorth = { clvMinor: 0, pAlive: 0, expectedOrders: 0, expectedValueMinor: 0 };

/** Keeps what the rule says of these customers now, of those without an order too. Three statements. */
export async function refreshWorth(tx: CommandTransaction, pairs: readonly Pair[]): Promise<void> {
  if (pairs.length === 0) return;
  const brands = pairs.map(({ brandId }) => brandId);
  const people = pairs.map(({ customerId }) => customerId);
  const rows = await tx.query<HistoryRow>(historySql, [brands, people]);
  const terms = await tx.query<TermsRow>(termsSql, [[...new Set(brands)]]);
  const termsOfBrand = new Map(terms.map((row) => [row.brand_id, termsOf(row)]));
  const worths = pairs.map(() => nothing);
  for (const row of rows) {
    const brandTerms = termsOfBrand.get(row.brand_id);
    if (brandTerms !== undefined) {
      worths[row.place - 1] = worthByRule(historyOf(row), brandTerms, tx.now);
    }
  }
  await tx.query(upsertSql, [
    brands,
    people,
    worths.map(({ clvMinor }) => clvMinor),
    worths.map(({ pAlive }) => pAlive),
    worths.map(({ expectedOrders }) => expectedOrders),
    worths.map(({ expectedValueMinor }) => expectedValueMinor),
    ruleVersion,
    tx.now,
  ]);
}

/** What `purchase_totals` says, as the rule takes it. */
export function historyOf(row: Omit<HistoryRow, 'place' | 'brand_id'>): OrderHistory {
  return {
    orders: row.orders,
    otherCurrencyOrders: row.other,
    netMinor: row.net,
    firstAt: row.first_at,
    lastAt: row.last_at,
  };
}
