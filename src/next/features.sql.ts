/** Traits whose name or value is longer are texts of their own kind, which nobody shares. */
const longestText = 200;

const isShort = `octet_length(e.key) <= ${longestText} AND octet_length(v.value) <= ${longestText}`;

const pause = `extract(epoch FROM t.last_at - t.first_at) / 86400
  / (t.orders + t.other_currency_orders - 1)`;

/**
 * What the customers of a brand have (docs/next.md), as rows of customer_id, kind, name and value, each
 * once. `people` is a relation of customer_id, `$1` the brand. From what is kept of each, never from events.
 */
export function featuresSql(people: string): string {
  return `
  SELECT DISTINCT p.customer_id, f.kind, f.name, f.value
  FROM (${people}) p
  JOIN relationships r ON r.brand_id = $1 AND r.customer_id = p.customer_id
  LEFT JOIN attention_states s ON s.brand_id = $1 AND s.customer_id = p.customer_id
  LEFT JOIN purchase_totals t ON t.brand_id = $1 AND t.customer_id = p.customer_id
  LEFT JOIN purchases o ON o.id = t.first_id AND o.brand_id = $1
  CROSS JOIN LATERAL (
    SELECT 'TRAIT' AS kind, e.key AS name, v.value
    FROM jsonb_each(r.traits) e
    CROSS JOIN LATERAL (
      SELECT e.value #>> '{}' AS value WHERE jsonb_typeof(e.value) IN ('string', 'number', 'boolean')
      UNION ALL
      SELECT i.item #>> '{}' FROM jsonb_array_elements(
        CASE WHEN jsonb_typeof(e.value) = 'array' THEN e.value ELSE '[]' END) AS i(item)
      WHERE jsonb_typeof(i.item) IN ('string', 'number', 'boolean')) v
    WHERE ${isShort}
    UNION ALL
    SELECT 'ROUTE', NULL, a.route FROM (
      SELECT x.route FROM acquisitions x WHERE x.customer_id = p.customer_id AND x.brand_id = $1
      ORDER BY x.acquired_at, x.id LIMIT 1) a
    UNION ALL
    SELECT 'CHANNEL', NULL, d.channel FROM delivery_totals d
    WHERE d.brand_id = $1 AND d.customer_id = p.customer_id AND d.messages > 0
    UNION ALL
    SELECT 'DORMANCY', NULL, s.dormancy WHERE s.dormancy IS NOT NULL
    UNION ALL
    SELECT 'ATTENTION', NULL, s.band WHERE s.band IS NOT NULL
    UNION ALL
    SELECT 'FIRST_ORDER', NULL, o.bucket WHERE o.bucket IS NOT NULL
    UNION ALL
    SELECT 'CADENCE', NULL, CASE WHEN t.orders + t.other_currency_orders = 1 THEN 'ONCE'
      WHEN ${pause} <= 10 THEN 'WEEKLY' WHEN ${pause} <= 45 THEN 'MONTHLY'
      WHEN ${pause} <= 120 THEN 'QUARTERLY' ELSE 'SELDOM' END
    WHERE t.orders + t.other_currency_orders > 0) f`;
}

/** Customers of the brand `$1` who are themselves and never ordered; `r` is the relationship. */
export const neverOrderedSql = `
  NOT EXISTS (SELECT FROM customers c WHERE c.id = r.customer_id AND c.merged_into IS NOT NULL)
  AND NOT EXISTS (SELECT FROM purchase_totals t WHERE t.brand_id = r.brand_id
    AND t.customer_id = r.customer_id AND t.orders + t.other_currency_orders > 0)`;
