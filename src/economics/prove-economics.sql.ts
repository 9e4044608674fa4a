import { purposesOfAcquiring } from './marketing';

/** Rows of two counts of the same that differ; nothing of a thing is the same as no row of it. */
const differing = (kept: string, told: string, keys: string, sums: string): string => `
  SELECT count(*)::int AS differ FROM (
    SELECT ${keys}, ${sums
      .split(', ')
      .map((sum) => `sum(u.sign * u.${sum}) AS ${sum}`)
      .join(', ')}
    FROM (SELECT 1 AS sign, k.* FROM (${kept}) k UNION ALL SELECT -1, t.* FROM (${told}) t) u
    GROUP BY ${keys}
  ) d WHERE (${sums}) <> (${sums
    .split(', ')
    .map(() => '0')
    .join(', ')})`;

// Coin by coin, as it is spread when it is recorded.
const spendOfDays = `
  SELECT s.first_day + at.n AS local_day, s.purpose, s.route,
    sign(s.amount_minor) * CASE WHEN s.currency = b.currency THEN
      div(abs(s.amount_minor)::numeric * (at.n + 1), c.days)
      - div(abs(s.amount_minor)::numeric * at.n, c.days) ELSE 0 END AS amount_minor,
    (at.n = 0 AND s.currency = b.currency)::int AS records, (at.n = 0 AND s.currency <> b.currency)::int AS other_currency
  FROM spend s JOIN brands b ON b.id = s.brand_id
  CROSS JOIN LATERAL (SELECT s.last_day - s.first_day + 1 AS days) c
  CROSS JOIN LATERAL generate_series(0, c.days - 1) AS at(n)
  WHERE s.brand_id = $1`;

const acquisitionsOfDays = `
  SELECT a.local_day, a.route, coalesce(a.campaign, '') AS campaign, a.verdict, 1 AS acquisitions,
    CASE WHEN a.currency = b.currency THEN a.cost_minor ELSE 0 END AS cost_minor,
    (a.cost_minor IS NULL AND a.verdict <> 'UNPAID')::int AS unpriced,
    (a.cost_minor IS NOT NULL AND a.currency <> b.currency)::int AS other_currency,
    coalesce(a.prior IN ('ACTIVE', 'DRIFTING'), false)::int AS awake,
    coalesce(a.ordered, false)::int AS ordered
  FROM acquisitions a JOIN brands b ON b.id = a.brand_id WHERE a.brand_id = $1`;

const campaigns = `
  SELECT s.campaign, s.amount_minor AS spend_minor, 0 AS priced_minor, 0 AS unpriced
  FROM spend s JOIN brands b ON b.id = s.brand_id AND b.currency = s.currency
  WHERE s.brand_id = $1 AND s.campaign IS NOT NULL
    AND s.purpose IN (${purposesOfAcquiring.map((one) => `'${one}'`).join(', ')})
  UNION ALL
  SELECT a.campaign, 0, CASE WHEN a.currency = b.currency THEN a.cost_minor ELSE 0 END,
    (a.cost_minor IS NULL)::int
  FROM acquisitions a JOIN brands b ON b.id = a.brand_id
  WHERE a.brand_id = $1 AND a.campaign IS NOT NULL AND a.verdict <> 'UNPAID'`;

const ordersOfYears = `
  SELECT extract(year FROM p.local_day)::integer AS year, 1 AS orders,
    p.total_minor - p.refunded_minor AS net_minor
  FROM purchases p JOIN brands b ON b.id = p.brand_id AND b.currency = p.currency
  WHERE p.brand_id = $1`;

const countedYears = `
  SELECT y.year, 1 AS customers, y.counted_minor AS net_minor, y.kept::int AS kept_customers,
    y.kept::int * y.counted_minor AS kept_minor, y.fresh::int AS fresh_customers,
    y.fresh::int * y.counted_minor AS fresh_minor, y.earned::int AS earned_customers,
    y.earned::int * y.counted_minor AS earned_minor
  FROM customer_years y WHERE y.brand_id = $1 AND y.counted`;
const sumsOfYears =
  'customers, net_minor, kept_customers, kept_minor, fresh_customers, fresh_minor, earned_customers, earned_minor';

/** The first id that can have been given out on the day before that of a row. */
const sinceYesterday = `(lpad(to_hex((extract(epoch FROM now() - interval '3 days') * 1000)::bigint), 12, '0')
  || '70008000000000000000')::text::uuid`;
/** A whole day that is over. */
const yesterday = '(now() AT TIME ZONE b.timezone)::date - 1';

// Ids tell when rows were written, which was on their day or later.
const messagesOfYesterday = `
  SELECT d.channel, d.messages FROM delivery_days d JOIN brands b ON b.id = d.brand_id
  WHERE d.brand_id = $1 AND d.local_day = ${yesterday}`;
const deliveriesOfYesterday = `
  SELECT m.channel, 1 AS messages FROM deliveries d JOIN brands b ON b.id = d.brand_id
  JOIN messages m ON m.id = d.message_id
  WHERE d.brand_id = $1 AND d.id >= ${sinceYesterday} AND d.local_day = ${yesterday}
    AND d.state <> 'SUPPRESSED'`;

const sumsOfMu = 'purchased, issued, burned, extinguished, decayed';
const muOfYesterday = `
  SELECT d.local_day, ${sumsOfMu} FROM mu_days d JOIN brands b ON b.id = d.brand_id
  WHERE d.brand_id = $1 AND d.local_day = ${yesterday}`;
const entriesOfYesterday = `
  SELECT ${yesterday} AS local_day,
    CASE WHEN k.kind = 'ISSUE' THEN e.amount ELSE 0 END,
    CASE WHEN k.kind IN ('GRANT', 'ADJUSTMENT') THEN e.amount ELSE 0 END,
    CASE WHEN k.kind = 'HOLD_CAPTURE' THEN -e.amount ELSE 0 END,
    CASE WHEN k.kind = 'EXTINGUISH' THEN -e.amount ELSE 0 END,
    CASE WHEN k.kind = 'DECAY' THEN -e.amount ELSE 0 END
  FROM entries e JOIN brands b ON b.id = e.brand_id
  JOIN transfers t ON t.id = e.transfer_id
  LEFT JOIN transfers o ON o.id = t.reverses
  CROSS JOIN LATERAL (SELECT coalesce(o.kind, t.kind) AS kind) k
  WHERE e.brand_id = $1 AND e.id >= ${sinceYesterday}
    AND (e.posted_at AT TIME ZONE b.timezone)::date = ${yesterday}
    AND ((e.account_kind IN ('WALLET', 'HOLD')
        AND k.kind IN ('GRANT', 'ADJUSTMENT', 'HOLD_CAPTURE', 'EXTINGUISH', 'DECAY'))
      OR (e.account_kind = 'BUDGET' AND k.kind = 'ISSUE'))`;

const keptOf = (table: string, columns: string): string =>
  `SELECT ${columns} FROM ${table} WHERE brand_id = $1`;

const daySums = 'amount_minor, records, other_currency';
const acquisitionSums = 'acquisitions, cost_minor, unpriced, other_currency, awake, ordered';
const campaignSums = 'spend_minor, priced_minor, unpriced';

/**
 * For each of a brand's sums a statement that counts it anew from what was recorded, and answers in how many
 * rows it differs. Each is one statement, hence one moment.
 */
export const proofs: Readonly<Record<string, string>> = {
  spend: differing(
    keptOf('brand_spend_days', `local_day, purpose, route, ${daySums}`),
    spendOfDays,
    'local_day, purpose, route',
    daySums,
  ),
  acquisitions: differing(
    keptOf('acquisition_days', `local_day, route, campaign, verdict, ${acquisitionSums}`),
    acquisitionsOfDays,
    'local_day, route, campaign, verdict',
    acquisitionSums,
  ),
  campaigns: differing(
    keptOf('campaign_totals', `campaign, ${campaignSums}`),
    campaigns,
    'campaign',
    campaignSums,
  ),
  years: differing(
    keptOf('customer_years', 'year, orders, net_minor'),
    ordersOfYears,
    'year',
    'orders, net_minor',
  ),
  growth: differing(
    keptOf('brand_years', `year, ${sumsOfYears}`),
    countedYears,
    'year',
    sumsOfYears,
  ),
  messages: differing(messagesOfYesterday, deliveriesOfYesterday, 'channel', 'messages'),
  mu: differing(muOfYesterday, entriesOfYesterday, 'local_day', sumsOfMu),
};
