/** Of a brand's revenue, what is left after the goods, where orders do not say and the brand has set nothing. */
export const usualMargin = 0.4;

/**
 * What customers of brands brought and cost, in coins and parts of coins, from kept sums alone. `pairs` is
 * a relation of brand_id and customer_id; `costs` a JSON object of unit costs by brand: `mu` and `messages`
 * (by channel) in coins a piece, `service` in coins an order. docs/economics.md says how it is reckoned.
 */
export function profitParts(pairs: string, costs: string): string {
  return `
  SELECT c.brand_id, c.customer_id, coalesce(p.orders, 0) AS orders,
    coalesce(p.other_currency_orders, 0) AS others,
    coalesce(p.gross_minor - p.refunded_minor, 0)::numeric AS revenue,
    coalesce((p.costed_minor - p.cost_minor
        + (p.gross_minor - p.costed_minor) * coalesce(w.margin, ${usualMargin})::numeric)
      * (p.gross_minor - p.refunded_minor) / nullif(p.gross_minor, 0), 0)::numeric AS margin,
    a.cost AS acquisition,
    coalesce(p.orders, 0) * (u.costs ->> 'service')::numeric AS service,
    coalesce(s.earned, 0) * coalesce((u.costs ->> 'mu')::numeric, 0) AS mu,
    m.cost AS messages
  FROM (${pairs}) c
  CROSS JOIN LATERAL (SELECT ${costs} -> c.brand_id::text AS costs) u
  LEFT JOIN purchase_totals p ON p.brand_id = c.brand_id AND p.customer_id = c.customer_id
  LEFT JOIN worth_settings w ON w.brand_id = c.brand_id
  LEFT JOIN wallet_shares s ON s.brand_id = c.brand_id AND s.customer_id = c.customer_id
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(CASE WHEN x.cost_minor IS NULL
        THEN (t.spend_minor - t.priced_minor)::numeric / t.unpriced ELSE x.cost_minor END), 0) AS cost
    FROM acquisitions x
    JOIN brands b ON b.id = x.brand_id AND coalesce(x.currency, b.currency) = b.currency
    LEFT JOIN campaign_totals t ON t.brand_id = x.brand_id AND t.campaign = x.campaign
      AND t.unpriced > 0 AND t.spend_minor > t.priced_minor
    WHERE x.brand_id = c.brand_id AND x.customer_id = c.customer_id AND x.verdict <> 'UNPAID') a
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(d.messages * coalesce((u.costs -> 'messages' ->> d.channel)::numeric, 0)), 0) AS cost
    FROM delivery_totals d WHERE d.brand_id = c.brand_id AND d.customer_id = c.customer_id) m`;
}

/** What remains of the parts. */
export const profitOfParts = 'x.margin - x.acquisition - x.service - x.mu - x.messages';
