import { reachableSql } from '../contact';
import { funnelDays } from './standing';

/** A customer who is silent, and not because nobody wrote to them. */
const silent = `p.dormancy IN ('DRIFTING', 'INACTIVE', 'DORMANT', 'LOST', 'NEVER')`;

const verifiedSince = (days: number): string =>
  `count(*) FILTER (WHERE p.reachable AND p.verified > $2::timestamptz - interval '${days} days')`;

// The last time of each tells it, since all stretches end now.
const funnelSql = (days: number): string => {
  const since = `$2::timestamptz - interval '${days} days'`;
  const steps = ['delivered', 'attended', 'verified', 'clicked', 'ordered'];
  const names = ['delivered', 'opened', 'verified', 'clicked', 'ordered'];
  const counts = names.map((name, at) => {
    const took = steps.slice(0, at + 1).map((step) => `p.${step} > ${since}`);
    return `'${name}', count(*) FILTER (WHERE ${took.join(' AND ')})`;
  });
  return `'${days}', jsonb_build_object(${counts.join(', ')})`;
};

const funnelsSql = `jsonb_build_object(${funnelDays.map(funnelSql).join(', ')})`;

/**
 * The figures of a brand's whole base, as one JSON object (`Figures`): $1 the brand, $2 the moment, $3 the
 * brand's local day. Reads roll-ups by customer, never events.
 */
const figuresSql = `
  WITH people AS MATERIALIZED (
    SELECT r.email IS NOT NULL OR r.phone IS NOT NULL AS addressed, ${reachableSql('r')} AS reachable,
      coalesce(s.dormancy, 'NOT_TESTED') AS dormancy, coalesce(s.streak, 0) AS streak,
      s.last_verified_at AS verified, s.last_delivered_at AS delivered, s.last_attended_at AS attended,
      s.last_clicked_at AS clicked, t.last_at AS ordered, w.clv_minor AS worth,
      attention_index_told(coalesce(s.ema, 0), s.ema_day, coalesce(s.streak, 0), $3::date) AS index
    FROM relationships r
    JOIN customers c ON c.id = r.customer_id AND c.merged_into IS NULL
    LEFT JOIN attention_states s ON s.brand_id = r.brand_id AND s.customer_id = r.customer_id
    LEFT JOIN customer_worth w ON w.brand_id = r.brand_id AND w.customer_id = r.customer_id
    LEFT JOIN purchase_totals t ON t.brand_id = r.brand_id AND t.customer_id = r.customer_id
    WHERE r.brand_id = $1)
  SELECT jsonb_build_object(
    'customers', count(*), 'addressed', count(*) FILTER (WHERE p.addressed),
    'reach30', ${verifiedSince(30)}, 'reach90', ${verifiedSince(90)}, 'reach365', ${verifiedSince(365)},
    'attentionSum', coalesce(sum(p.index), 0),
    'attentionMedian', coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY p.index), 0),
    'bands', jsonb_build_object('HOOKED', count(*) FILTER (WHERE p.index >= 60),
      'ENGAGED', count(*) FILTER (WHERE p.index BETWEEN 35 AND 59),
      'DRIFTING', count(*) FILTER (WHERE p.index BETWEEN 10 AND 34),
      'FADING', count(*) FILTER (WHERE p.index BETWEEN 1 AND 9),
      'SILENT', count(*) FILTER (WHERE p.index = 0)),
    'funnels', ${funnelsSql},
    'active', count(*) FILTER (WHERE p.dormancy = 'ACTIVE'),
    'streaking', count(*) FILTER (WHERE p.dormancy = 'ACTIVE' AND p.streak >= 5),
    'states', coalesce((SELECT jsonb_object_agg(x.dormancy, x.told) FROM (
      SELECT p.dormancy, jsonb_build_object('customers', count(*),
        'silent', count(*) FILTER (WHERE p.reachable AND ${silent}),
        'worth', coalesce(sum(p.worth) FILTER (WHERE p.reachable AND ${silent}), 0),
        'unvalued', count(*) FILTER (WHERE p.reachable AND ${silent} AND p.worth IS NULL)) AS told
      FROM people p GROUP BY p.dormancy) x), '{}'))
  FROM people p`;

/** Of two stretches: who clicked in the first, and who of them in the second. */
const rollingSql = `
  SELECT jsonb_build_object('before', count(*) FILTER (WHERE x.earlier),
    'returned', count(*) FILTER (WHERE x.earlier AND x.later)) FROM (
    SELECT bool_or(k.local_day <= $3::date - 90) AS earlier, bool_or(k.local_day > $3::date - 90) AS later
    FROM clicks k WHERE k.local_day > $3::date - 180 GROUP BY k.customer_id) x`;

const quartersSql = `
  SELECT coalesce(jsonb_agg(jsonb_build_object('firstDay', x.quarter, 'clickers', x.clickers,
    'returned', x.returned) ORDER BY x.quarter), '[]') FROM (
    SELECT q.quarter, count(*) AS clickers, count(b.customer_id) AS returned
    FROM by_quarter q LEFT JOIN by_quarter b ON b.customer_id = q.customer_id
      AND b.quarter = (q.quarter - interval '3 months')::date
    GROUP BY q.quarter) x`;

/** The month before the first whose cohort is told. */
const before = `(date_trunc('month', $3::date) - interval '24 months')`;

/**
 * Who began in which month and was there so many months later, as an array of cells. `active` has a row for
 * a customer and a month: all at once, since a look-up for each customer takes minutes of a large base.
 */
const cohortCells = (began: string, active: string): string => `
  SELECT coalesce(jsonb_agg(jsonb_build_array(x.cohort, x.month, x.customers) ORDER BY x.cohort, x.month), '[]')
  FROM (
    WITH began AS MATERIALIZED (SELECT s.* FROM (${began}) s WHERE s.cohort > ${before})
    SELECT s.cohort, -1 AS month, count(*) AS customers FROM began s GROUP BY s.cohort
    UNION ALL
    SELECT s.cohort, ((extract(year FROM a.month) - extract(year FROM s.cohort)) * 12
        + extract(month FROM a.month) - extract(month FROM s.cohort))::integer, count(*)
    FROM began s JOIN (${active}) a ON a.customer_id = s.customer_id AND a.month >= s.cohort
    GROUP BY s.cohort, a.month) x`;

const cohortsSql = `jsonb_build_object(
  'FIRST_CONTACT', (${cohortCells(
    `SELECT t.customer_id, date_trunc('month', t.first_contact_at AT TIME ZONE $4::text)::date AS cohort
     FROM attention_states t JOIN customers c ON c.id = t.customer_id AND c.merged_into IS NULL
     WHERE t.brand_id = $1`,
    `SELECT DISTINCT d.customer_id, date_trunc('month', d.local_day::timestamp)::date AS month FROM attention_days d
     WHERE d.brand_id = $1 AND d.events > 0 AND d.local_day > ${before} AND d.local_day <= $3::date`,
  )}),
  'FIRST_ORDER', (${cohortCells(
    `SELECT t.customer_id, date_trunc('month', t.first_at AT TIME ZONE $4::text)::date AS cohort
     FROM purchase_totals t JOIN customers c ON c.id = t.customer_id AND c.merged_into IS NULL
     WHERE t.brand_id = $1 AND t.orders + t.other_currency_orders > 0`,
    `SELECT DISTINCT o.customer_id, date_trunc('month', o.local_day::timestamp)::date AS month FROM purchases o
     WHERE o.brand_id = $1 AND o.local_day > ${before} AND o.local_day <= $3::date`,
  )}))`;

/** How a brand stands, all of it: $1 to $3 as above, $4 the brand's time zone. */
export const standingSql = `
  WITH clicks AS MATERIALIZED (
    SELECT d.customer_id, d.local_day FROM attention_days d
    JOIN customers c ON c.id = d.customer_id AND c.merged_into IS NULL
    WHERE d.brand_id = $1 AND d.clicks > 0 AND d.local_day <= $3::date),
  by_quarter AS MATERIALIZED (
    SELECT DISTINCT k.customer_id, date_trunc('quarter', k.local_day::timestamp)::date AS quarter FROM clicks k)
  SELECT (${figuresSql}) AS figures, (${quartersSql}) AS quarters, (${rollingSql}) AS rolling,
    ${cohortsSql} AS cohorts`;

/** The same of many brands at once: of each row `b` of (id, today, zone); $1 is the moment. */
export const standingsOfRowsSql = standingSql.replace(
  /\$([1-4])/g,
  (_, place: string) => ['b.id', '$1', 'b.today', 'b.zone'][Number(place) - 1] as string,
);

/**
 * Rows of `brand_at_risk` as the states say now: $1 the brand, $2 the moment, $3 how many. Whoever is not
 * tested by enough messages slides nowhere.
 */
export const atRiskSql = `
  SELECT s.brand_id, s.customer_id, s.dormancy AS state, CASE s.dormancy WHEN 'NEW' THEN 'NEVER'
    WHEN 'ACTIVE' THEN 'DRIFTING' WHEN 'DRIFTING' THEN 'INACTIVE' WHEN 'INACTIVE' THEN 'DORMANT'
    ELSE 'LOST' END AS next_state, s.dormancy_due_at AS due_at
  FROM attention_states s
  JOIN customers c ON c.id = s.customer_id AND c.merged_into IS NULL
  WHERE s.brand_id = $1 AND s.dormancy IN ('NEW', 'ACTIVE', 'DRIFTING', 'INACTIVE', 'DORMANT')
    AND s.dormancy_due_at > $2 AND (s.dormancy <> 'ACTIVE' OR s.delivered_since >= coalesce(
      (SELECT p.min_messages FROM dormancy_policies p WHERE p.brand_id = $1), 3))
  ORDER BY s.dormancy_due_at, s.customer_id LIMIT $3`;
