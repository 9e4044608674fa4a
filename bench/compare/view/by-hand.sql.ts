/**
 * The customer card as one statement: what somebody writes who needs this one answer and nothing else.
 * $1 is the key's UUID, $2 the hash of its secret, $3 the customer's number in the shop; no row for a key
 * that does not hold, null for a customer who is not there. Where a customer stands is taken as it is kept.
 */
export const cardSql = `
  SELECT (
    SELECT json_build_object('customer', json_build_object(
      'id', r.customer_id,
      'externalId', r.external_id,
      'name', r.traits ->> 'name',
      'email', r.email,
      'phone', r.phone,
      'traits', r.traits,
      'identities', (SELECT coalesce(json_agg(json_build_object('kind', i.kind, 'value', i.value,
          'confirmedAt', i.confirmed_at) ORDER BY i.created_at DESC, i.kind, i.value), '[]')
        FROM brand_identities i WHERE i.brand_id = b.id AND i.customer_id = r.customer_id),
      'consents', (SELECT coalesce(json_agg(json_build_object('purpose', c.purpose, 'granted', c.granted,
          'recordedAt', c.recorded_at) ORDER BY c.purpose), '[]')
        FROM consents c WHERE c.brand_id = b.id AND c.customer_id = r.customer_id),
      'relationship', json_build_object(
        'createdAt', r.created_at,
        'attentionScore', (
          SELECT json_build_object('raw30d', s.raw, 'ema', s.ema, 'index', s.index, 'band', CASE
            WHEN s.index >= 60 THEN 'HOOKED' WHEN s.index >= 35 THEN 'ENGAGED'
            WHEN s.index >= 10 THEN 'DRIFTING' WHEN s.index >= 1 THEN 'FADING' ELSE 'SILENT' END,
            'streak', s.streak)
          FROM (SELECT f.raw, f.ema, f.streak, floor(least(100, 90 * (1 - power(2, -f.ema))
              + least(10, greatest(0, f.streak))) + 0.5)::int AS index
            FROM (SELECT coalesce(a.ema * power(2, -greatest(0, l.today - a.ema_day) / 14.0::float8), 0) AS ema,
                coalesce(a.streak, 0) AS streak,
                (SELECT coalesce(sum(d.opens + 3 * d.clicks), 0) FROM attention_days d
                  WHERE d.brand_id = b.id AND d.customer_id = r.customer_id
                    AND d.local_day BETWEEN l.today - 29 AND l.today) AS raw) f) s),
        'dormancy', json_build_object(
          'state', coalesce(a.dormancy, 'NOT_TESTED'),
          'since', coalesce(a.dormancy_since, r.created_at),
          'daysSilent', floor(extract(epoch FROM now() - a.last_attended_at) / 86400)),
        'purchaseTotals', json_build_object(
          'orders', coalesce(p.orders, 0),
          'net', json_build_object('currencyCode', b.currency, 'amount',
            (coalesce(p.gross_minor - p.refunded_minor, 0) / 100.0)::numeric(20, 2)::text),
          'firstAt', p.first_at, 'lastAt', p.last_at)),
      'wallet', json_build_object(
        'balance', coalesce(w.balance, 0), 'held', coalesce(w.held, 0), 'lifetimeEarned', coalesce(w.earned, 0),
        'statement', json_build_object('nodes', (SELECT coalesce(json_agg(json_build_object('id', e.id,
            'number', e.brand_number, 'amount', e.amount, 'balanceAfter', e.brand_balance_after,
            'kind', e.kind, 'reason', e.reason, 'postedAt', e.posted_at)), '[]')
          FROM (SELECT e.id, e.brand_number, e.amount, e.brand_balance_after, t.kind, t.reason, e.posted_at
            FROM entries e JOIN transfers t ON t.id = e.transfer_id
            WHERE e.brand_id = b.id AND e.customer_id = r.customer_id AND e.brand_number IS NOT NULL
            ORDER BY e.brand_number DESC LIMIT 10) e))),
      'attention', json_build_object('nodes', (SELECT coalesce(json_agg(json_build_object('id', v.id,
          'action', v.action, 'channel', v.channel, 'confidence', v.confidence / 100.0,
          'occurredAt', v.occurred_at)), '[]')
        FROM (SELECT v.id, v.action, v.channel, v.confidence, v.occurred_at FROM attention_events v
          WHERE v.customer_id = r.customer_id AND v.brand_id = b.id
          ORDER BY v.occurred_at DESC, v.id DESC LIMIT 10) v)),
      'messages', json_build_object('nodes', (SELECT coalesce(json_agg(json_build_object('id', d.id,
          'deliveredAt', d.delivered_at, 'message', json_build_object('id', d.message_id,
            'externalId', d.external_id, 'channel', d.channel, 'subject', d.subject))), '[]')
        FROM (SELECT d.id, d.delivered_at, d.message_id, m.external_id, m.channel, m.subject
          FROM deliveries d JOIN messages m ON m.id = d.message_id
          WHERE d.customer_id = r.customer_id AND d.brand_id = b.id
          ORDER BY d.delivered_at DESC, d.id DESC LIMIT 5) d))))
    FROM relationships r
    LEFT JOIN attention_states a ON a.brand_id = b.id AND a.customer_id = r.customer_id
    LEFT JOIN purchase_totals p ON p.brand_id = b.id AND p.customer_id = r.customer_id
    LEFT JOIN wallet_shares w ON w.brand_id = b.id AND w.customer_id = r.customer_id
    CROSS JOIN LATERAL (SELECT (now() AT TIME ZONE coalesce(r.traits ->> 'timezone', b.timezone))::date) l(today)
    WHERE r.brand_id = b.id AND r.external_id = $3
  ) AS data
  FROM api_keys k JOIN brands b ON b.id = k.brand_id
  WHERE k.id = $1 AND k.secret_hash = $2 AND k.revoked_at IS NULL`;
