import type { CommandTransaction } from '../platform/database/command';
import { worthsByModel, type ForetoldPair } from './bg-nbd-worths';
import { worthByRule, type OrderHistory, type RuleWorth } from './clv-rule';
import type { WorthSourceName } from './customer-value.type';
import { termsOf, type TermsRow, type WorthTerms } from './worth-terms';

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

// What the brand's own model says wins.
const upsertSql = `
  INSERT INTO customer_worth AS w (brand_id, customer_id, clv_minor, source, p_alive, expected_orders,
    expected_value_minor, model_version, computed_at)
  SELECT t.brand_id, t.customer_id, t.clv, t.source, t.alive, t.orders, t.value, t.version, $9
  FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::double precision[], $5::double precision[],
    $6::bigint[], $7::text[], $8::text[])
    AS t(brand_id, customer_id, clv, alive, orders, value, source, version)
  ORDER BY t.brand_id, t.customer_id
  ON CONFLICT (brand_id, customer_id) DO UPDATE SET clv_minor = excluded.clv_minor,
    source = excluded.source, p_alive = excluded.p_alive, expected_orders = excluded.expected_orders,
    expected_value_minor = excluded.expected_value_minor, model_version = excluded.model_version,
    computed_at = excluded.computed_at
  WHERE w.source <> 'INGESTED'`;

/** What is kept of a customer's worth, and who said so. */
interface SaidWorth extends Omit<RuleWorth, 'pAlive'> {
  /** Null for who has never ordered. */
  pAlive: number | null;
  source: WorthSourceName;
  modelVersion: string;
}

const nothing: SaidWorth = {
  clvMinor: 0,
  pAlive: null,
  expectedOrders: 0,
  expectedValueMinor: 0,
  source: 'RULE_6_9',
  modelVersion: ruleVersion,
};

/**
 * Keeps what these customers are worth now, those without an order too: by the model of the brand where it
 * has chosen that and has one, by the rule else. Three statements, four with models.
 */
export async function refreshWorth(tx: CommandTransaction, pairs: readonly Pair[]): Promise<void> {
  if (pairs.length === 0) return;
  const terms = await readTerms(tx, pairs);
  const worths = await worthsByTheRule(tx, pairs, terms);
  const foretold = pairs.flatMap((pair, at): (ForetoldPair & { at: number })[] => {
    const brandTerms = terms.get(pair.brandId);
    return brandTerms?.clvModel === 'BG_NBD' ? [{ ...pair, terms: brandTerms, at }] : [];
  });
  const said = await worthsByModel(tx, foretold);
  foretold.forEach(({ at }, place) => {
    const worth = said[place] ?? null;
    if (worth !== null) worths[at] = { ...worth, source: 'BG_NBD' };
  });
  await tx.query(upsertSql, [
    pairs.map(({ brandId }) => brandId),
    pairs.map(({ customerId }) => customerId),
    worths.map(({ clvMinor }) => clvMinor),
    worths.map(({ pAlive }) => pAlive),
    worths.map(({ expectedOrders }) => expectedOrders),
    worths.map(({ expectedValueMinor }) => expectedValueMinor),
    worths.map(({ source }) => source),
    worths.map(({ modelVersion }) => modelVersion),
    tx.now,
  ]);
}

async function readTerms(
  tx: CommandTransaction,
  pairs: readonly Pair[],
): Promise<Map<string, WorthTerms>> {
  const brands = [...new Set(pairs.map(({ brandId }) => brandId))];
  const rows = await tx.query<TermsRow>(termsSql, [brands]);
  return new Map(rows.map((row) => [row.brand_id, termsOf(row)]));
}

async function worthsByTheRule(
  tx: CommandTransaction,
  pairs: readonly Pair[],
  terms: ReadonlyMap<string, WorthTerms>,
): Promise<SaidWorth[]> {
  const worths = pairs.map(() => nothing);
  const rows = await tx.query<HistoryRow>(historySql, [
    pairs.map(({ brandId }) => brandId),
    pairs.map(({ customerId }) => customerId),
  ]);
  for (const row of rows) {
    const brandTerms = terms.get(row.brand_id);
    if (brandTerms === undefined) continue;
    const worth = worthByRule(historyOf(row), brandTerms, tx.now);
    worths[row.place - 1] = { ...nothing, ...worth };
  }
  return worths;
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
