import type { CommandTransaction } from '../platform/database/command';

/**
 * The earliest order of a customer with a brand is their first, whatever order orders arrive in: one
 * that arrives late takes the place of the one that held it.
 */
const firstsSql = `
  WITH earliest AS (
    SELECT DISTINCT ON (p.brand_id, p.customer_id) p.brand_id, p.customer_id, p.purchased_at, p.id
    FROM purchases p WHERE p.id = ANY ($1::uuid[])
    ORDER BY p.brand_id, p.customer_id, p.purchased_at, p.id
  ), changes AS (
    SELECT e.id AS risen, t.first_id AS fallen FROM earliest e
    LEFT JOIN purchase_totals t ON t.brand_id = e.brand_id AND t.customer_id = e.customer_id
    WHERE t.first_id IS NULL OR (e.purchased_at, e.id) < (t.first_at, t.first_id)
  ), flags AS (
    SELECT c.risen AS id, true AS first FROM changes c
    UNION ALL SELECT c.fallen, false FROM changes c WHERE c.fallen IS NOT NULL
  )
  UPDATE purchases p SET first_of_customer = f.first FROM flags f WHERE p.id = f.id
  RETURNING p.id, f.first`;

const totalsSql = `
  WITH fresh AS (
    SELECT p.*, p.currency = b.currency AS counts FROM purchases p
    JOIN brands b ON b.id = p.brand_id WHERE p.id = ANY ($1::uuid[])
  ), sums AS (
    SELECT f.brand_id, f.customer_id, count(*) FILTER (WHERE f.counts) AS orders,
      coalesce(sum(f.total_minor) FILTER (WHERE f.counts), 0) AS gross_minor,
      count(*) FILTER (WHERE NOT f.counts) AS other_currency_orders,
      coalesce(sum(f.cost_minor) FILTER (WHERE f.counts), 0) AS cost_minor,
      coalesce(sum(f.total_minor) FILTER (WHERE f.counts AND f.cost_minor IS NOT NULL), 0)
        AS costed_minor,
      min(f.purchased_at) AS first_at, (array_agg(f.id ORDER BY f.purchased_at, f.id))[1] AS first_id,
      max(f.purchased_at) AS last_at
    FROM fresh f GROUP BY f.brand_id, f.customer_id
  ), before AS (
    SELECT t.* FROM purchase_totals t JOIN sums s
      ON s.brand_id = t.brand_id AND s.customer_id = t.customer_id
  ), after AS (
    INSERT INTO purchase_totals AS t (brand_id, customer_id, orders, gross_minor, refunded_minor,
      other_currency_orders, cost_minor, costed_minor, first_at, first_id, last_at)
    SELECT s.brand_id, s.customer_id, s.orders, s.gross_minor, 0, s.other_currency_orders,
      least(s.cost_minor, 9007199254740991),
      s.costed_minor, s.first_at, s.first_id, s.last_at
    FROM sums s ORDER BY s.brand_id, s.customer_id
    ON CONFLICT (brand_id, customer_id) DO UPDATE SET orders = t.orders + excluded.orders,
      gross_minor = t.gross_minor + excluded.gross_minor,
      other_currency_orders = t.other_currency_orders + excluded.other_currency_orders,
      cost_minor = least(t.cost_minor + excluded.cost_minor, 9007199254740991),
      costed_minor = t.costed_minor + excluded.costed_minor,
      first_id = CASE WHEN (excluded.first_at, excluded.first_id) < (t.first_at, t.first_id)
        THEN excluded.first_id ELSE t.first_id END,
      first_at = least(t.first_at, excluded.first_at), last_at = greatest(t.last_at, excluded.last_at)
    RETURNING t.*
  ), parts AS (
    SELECT a.*, 1 AS sign FROM after a UNION ALL SELECT b.*, -1 FROM before b
  )
  INSERT INTO brand_purchase_totals AS t (brand_id, customers, orders, gross_minor, refunded_minor,
    other_currency_orders, gaps, gap_seconds)
  SELECT p.brand_id, sum(p.sign), sum(p.sign * p.orders), sum(p.sign * p.gross_minor),
    sum(p.sign * p.refunded_minor), sum(p.sign * p.other_currency_orders),
    sum(p.sign * (p.orders + p.other_currency_orders - 1)),
    sum(p.sign * floor(extract(epoch FROM p.last_at - p.first_at)))
  FROM parts p GROUP BY p.brand_id ORDER BY p.brand_id
  ON CONFLICT (brand_id) DO UPDATE SET customers = t.customers + excluded.customers,
    orders = t.orders + excluded.orders, gross_minor = t.gross_minor + excluded.gross_minor,
    refunded_minor = t.refunded_minor + excluded.refunded_minor,
    other_currency_orders = t.other_currency_orders + excluded.other_currency_orders,
    gaps = t.gaps + excluded.gaps, gap_seconds = t.gap_seconds + excluded.gap_seconds`;

/** What is new counts where it fell; what is no longer a first order moves from one bucket to another. */
const daysSql = `
  WITH parts AS (
    SELECT p.*, p.bucket AS counts_in, 1 AS sign FROM purchases p
    WHERE p.id = ANY ($1::uuid[]) OR p.id = ANY ($2::uuid[])
    UNION ALL
    SELECT p.*, purchase_bucket(p.surface, p.driver, true), -1 FROM purchases p
    WHERE p.id = ANY ($2::uuid[])
  )
  INSERT INTO brand_purchase_days AS d (brand_id, local_day, bucket, orders, gross_minor,
    refunded_minor, other_currency_orders)
  SELECT p.brand_id, p.local_day, p.counts_in,
    coalesce(sum(p.sign) FILTER (WHERE p.currency = b.currency), 0),
    coalesce(sum(p.sign * p.total_minor) FILTER (WHERE p.currency = b.currency), 0),
    coalesce(sum(p.sign * p.refunded_minor) FILTER (WHERE p.currency = b.currency), 0),
    coalesce(sum(p.sign) FILTER (WHERE p.currency <> b.currency), 0)
  FROM parts p JOIN brands b ON b.id = p.brand_id
  GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  ON CONFLICT (brand_id, local_day, bucket) DO UPDATE SET orders = d.orders + excluded.orders,
    gross_minor = d.gross_minor + excluded.gross_minor,
    refunded_minor = d.refunded_minor + excluded.refunded_minor,
    other_currency_orders = d.other_currency_orders + excluded.other_currency_orders`;

/**
 * Counts orders that have just been stored, by UUID: which are first ones, what their customers and
 * brands have in all, and what the days brought. The relationships must be locked. Three statements.
 */
export async function countPurchases(
  tx: CommandTransaction,
  uuids: readonly string[],
): Promise<void> {
  if (uuids.length === 0) return;
  const flags = await tx.query<{ id: string; first: boolean }>(firstsSql, [uuids]);
  const fallen = flags.filter(({ first }) => !first).map(({ id }) => id);
  await tx.query(totalsSql, [uuids]);
  await tx.query(daysSql, [uuids, fallen]);
}
