/**
 * What each band of a brand's customers brought in a month, by model, as JSON: $1 the brand, $8 the models, and
 * of the row `m` its first day (month), those of the months around it (before, next), and when it begins (starts).
 * Where somebody was then: in the band they are in, or in one they left later. Orders come from an index
 * that has all that is asked of them, so that only those of two months are looked at.
 */
export const bandsOfMonthSql = `
  WITH sums AS MATERIALIZED (
    SELECT p.customer_id, count(*) FILTER (WHERE p.local_day >= m.month) AS orders,
      coalesce(sum(p.total_minor - p.refunded_minor) FILTER (WHERE p.local_day >= m.month), 0) AS net,
      count(*) FILTER (WHERE p.local_day < m.month) AS orders_before,
      coalesce(sum(p.total_minor - p.refunded_minor) FILTER (WHERE p.local_day < m.month), 0) AS before
    FROM purchases p JOIN brands z ON z.id = p.brand_id AND z.currency = p.currency
    WHERE p.brand_id = $1 AND p.local_day >= m.before AND p.local_day < m.next
    GROUP BY p.customer_id
  ), placed AS MATERIALIZED (
    SELECT b.customer_id, b.model, coalesce(h.band, b.band) AS band,
      b.since <= m.starts OR h.band IS NOT NULL AS known
    FROM brand_bands b
    JOIN customers c ON c.id = b.customer_id AND c.merged_into IS NULL
    LEFT JOIN LATERAL (
      SELECT x.band FROM band_changes x
      WHERE b.since > m.starts AND x.brand_id = b.brand_id AND x.model = b.model
        AND x.customer_id = b.customer_id AND x.since <= m.starts AND x.until > m.starts
      ORDER BY x.until LIMIT 1) h ON true
    WHERE b.brand_id = $1)
  SELECT jsonb_agg(to_jsonb(x)) AS bands FROM (
    SELECT o.model, y.band, count(*) AS customers, count(*) FILTER (WHERE y.known) AS known,
      count(*) FILTER (WHERE y.orders > 0) AS buyers, coalesce(sum(y.orders), 0) AS orders,
      coalesce(sum(y.net), 0) AS net, coalesce(sum(y.before), 0) AS before,
      coalesce(sum(y.net) FILTER (WHERE y.orders_before > 0), 0) AS kept
    FROM unnest($8::text[]) AS o(model)
    CROSS JOIN LATERAL (
      SELECT l.band, l.known, s.* FROM (SELECT * FROM placed p WHERE p.model = o.model) l
      FULL JOIN sums s ON s.customer_id = l.customer_id) y
    GROUP BY o.model, y.band) x`;
