import type { CommandTransaction } from '../../platform/database/command';
import { notMerged } from '../customer-list.sql';
import { lastPlaces, type BandFacts, type Cuts } from './band-of';
import type { Segmentation } from './store-bands';

/** What bands are decided by, and what they add up. Money in minor units of the brand's currency. */
export interface KnownCustomer extends BandFacts {
  customerId: string;
  /** What they bought in the trailing days, less refunds. */
  revenue: number;
}

// Somebody who ordered but whom nobody has reckoned is worth nothing yet.
const rankedSql = `
  FROM purchase_totals t
  LEFT JOIN customer_worth w ON w.brand_id = t.brand_id AND w.customer_id = t.customer_id
  WHERE t.brand_id = $1 AND t.orders + t.other_currency_orders > 0`;

const countSql = `SELECT count(*)::integer AS customers ${rankedSql}`;

const cutSql = `
  SELECT coalesce(w.clv_minor, 0) AS worth ${rankedSql}
  ORDER BY coalesce(w.clv_minor, 0) DESC OFFSET $2 - 1 LIMIT 1`;

/** The least worth of the best and of the rest among all customers who ever ordered, and how many those are. */
export async function cutsOfBrand(
  tx: CommandTransaction,
  brandId: string,
): Promise<Cuts & { ordering: number }> {
  const [row] = await tx.query<{ customers: number }>(countSql, [brandId]);
  const ordering = row?.customers ?? 0;
  const places = lastPlaces(ordering);
  const worthAt = async (place: number): Promise<number | null> => {
    if (place === 0) return null;
    const [found] = await tx.query<{ worth: number }>(cutSql, [brandId, place]);
    return found?.worth ?? null;
  };
  return { best: await worthAt(places.best), rest: await worthAt(places.rest), ordering };
}

const factsSql = `
  SELECT c.customer_id AS "customerId", coalesce(t.orders + t.other_currency_orders, 0) AS orders,
    coalesce(w.clv_minor, 0) AS worth, a.dormancy,
    CASE WHEN t.last_at >= $4 THEN (
      SELECT coalesce(sum(p.total_minor - p.refunded_minor), 0)::bigint FROM purchases p
      JOIN brands b ON b.id = p.brand_id AND b.currency = p.currency
      WHERE p.customer_id = c.customer_id AND p.brand_id = $1
        AND p.purchased_at >= $4 AND p.purchased_at < $5) ELSE 0 END AS revenue
  FROM (
    SELECT r.customer_id FROM relationships r
    WHERE r.brand_id = $1 AND r.customer_id > $2 AND ${notMerged}
    ORDER BY r.customer_id LIMIT $3) c
  LEFT JOIN purchase_totals t ON t.brand_id = $1 AND t.customer_id = c.customer_id
  LEFT JOIN customer_worth w ON w.brand_id = $1 AND w.customer_id = c.customer_id
  LEFT JOIN attention_states a ON a.brand_id = $1 AND a.customer_id = c.customer_id
  ORDER BY c.customer_id`;

/** The next customers of a division in the order of their ids, at most so many. */
export async function bandFactsOf(
  tx: CommandTransaction,
  { brand_id, as_of, trailing_days, reached }: Segmentation,
  most: number,
): Promise<KnownCustomer[]> {
  const from = new Date(as_of.getTime() - trailing_days * 86_400_000);
  return tx.query<KnownCustomer>(factsSql, [brand_id, reached, most, from, as_of]);
}
