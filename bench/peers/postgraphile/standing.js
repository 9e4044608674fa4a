const { sql } = require('postgraphile/pg-sql2');

/** How a customer stands, as JSON within the one statement; `r` is the alias of the relationship. */
exports.standing = (r) => sql`(
  SELECT json_build_object(
    'attentionScore', json_build_object('raw30d', s.raw, 'ema', s.ema, 'index', s.index, 'streak', s.streak,
      'band', CASE WHEN s.index >= 60 THEN 'HOOKED' WHEN s.index >= 35 THEN 'ENGAGED'
        WHEN s.index >= 10 THEN 'DRIFTING' WHEN s.index >= 1 THEN 'FADING' ELSE 'SILENT' END),
    'dormancy', json_build_object('state', s.dormancy, 'since', s.since,
      'daysSilent', floor(extract(epoch FROM now() - s.attended) / 86400)),
    'currencyCode', s.currency)
  FROM (
    SELECT f.*, floor(least(100, 90 * (1 - power(2, -f.ema)) + least(10, greatest(0, f.streak))) + 0.5)::int AS index
    FROM (
      SELECT b.currency, coalesce(a.streak, 0) AS streak, a.last_attended_at AS attended,
        coalesce(a.dormancy, 'NOT_TESTED') AS dormancy, coalesce(a.dormancy_since, ${r}.created_at) AS since,
        coalesce(a.ema * power(2, -greatest(0, l.today - a.ema_day) / 14.0::float8), 0) AS ema,
        (SELECT coalesce(sum(d.opens + 3 * d.clicks), 0) FROM attention_days d
          WHERE d.brand_id = ${r}.brand_id AND d.customer_id = ${r}.customer_id
            AND d.local_day BETWEEN l.today - 29 AND l.today) AS raw
      FROM brands b
      CROSS JOIN LATERAL (
        SELECT (now() AT TIME ZONE coalesce(${r}.traits ->> 'timezone', b.timezone))::date) l(today)
      LEFT JOIN attention_states a ON a.brand_id = b.id AND a.customer_id = ${r}.customer_id
      WHERE b.id = ${r}.brand_id) f) s)`;
