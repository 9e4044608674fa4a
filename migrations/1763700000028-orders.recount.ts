/** Counting orders anew, for people whose orders have moved; see the migration that runs it. */
export const recountSql = `
  -- What purchase_totals must hold of these people, counted from their orders.
  CREATE FUNCTION counted_purchases(people uuid[]) RETURNS SETOF purchase_totals
  LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT p.brand_id, p.customer_id, count(*) FILTER (WHERE p.currency = b.currency)::integer,
      coalesce(sum(p.total_minor) FILTER (WHERE p.currency = b.currency), 0)::bigint,
      coalesce(sum(p.refunded_minor) FILTER (WHERE p.currency = b.currency), 0)::bigint,
      count(*) FILTER (WHERE p.currency <> b.currency)::integer,
      least(coalesce(sum(p.cost_minor) FILTER (WHERE p.currency = b.currency), 0), 9007199254740991)::bigint,
      coalesce(sum(p.total_minor)
        FILTER (WHERE p.currency = b.currency AND p.cost_minor IS NOT NULL), 0)::bigint,
      min(p.purchased_at), (array_agg(p.id ORDER BY p.purchased_at, p.id))[1], max(p.purchased_at)
    FROM purchases p JOIN brands b ON b.id = p.brand_id
    WHERE p.customer_id = ANY (people) GROUP BY p.brand_id, p.customer_id
  $$;

  -- Counts the orders of these people anew: which is each one's first, their totals, and what brands
  -- keep of both.
  CREATE FUNCTION recount_purchases(people uuid[]) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE reach text := coalesce(current_setting('app.reach', true), '');
  BEGIN
    PERFORM set_config('app.reach', 'everything', true);
    -- A brand's totals before its days, as orders lock them.
    WITH fresh AS (
      SELECT * FROM counted_purchases(people)
    ), parts AS (
      SELECT f.*, 1 AS sign FROM fresh f
      UNION ALL
      SELECT t.*, -1 FROM purchase_totals t WHERE t.customer_id = ANY (people)
    ), gone AS (
      DELETE FROM purchase_totals t WHERE t.customer_id = ANY (people) AND NOT EXISTS (
        SELECT FROM fresh f WHERE f.brand_id = t.brand_id AND f.customer_id = t.customer_id)
    ), kept AS (
      INSERT INTO purchase_totals AS t SELECT * FROM fresh ORDER BY brand_id, customer_id
      ON CONFLICT (brand_id, customer_id) DO UPDATE SET orders = excluded.orders,
        gross_minor = excluded.gross_minor, refunded_minor = excluded.refunded_minor,
        other_currency_orders = excluded.other_currency_orders, cost_minor = excluded.cost_minor,
        costed_minor = excluded.costed_minor, first_at = excluded.first_at,
        first_id = excluded.first_id, last_at = excluded.last_at
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
      gaps = t.gaps + excluded.gaps, gap_seconds = t.gap_seconds + excluded.gap_seconds;

    WITH ranked AS (
      SELECT p.id, row_number() OVER (
        PARTITION BY p.brand_id, p.customer_id ORDER BY p.purchased_at, p.id) = 1 AS first
      FROM purchases p WHERE p.customer_id = ANY (people)
    ), changed AS (
      UPDATE purchases p SET first_of_customer = r.first FROM ranked r
      WHERE p.id = r.id AND p.first_of_customer <> r.first RETURNING p.*
    ), moved AS (
      SELECT c.*, c.bucket AS into_bucket, 1 AS sign FROM changed c
      UNION ALL
      SELECT c.*, purchase_bucket(c.surface, c.driver, NOT c.first_of_customer), -1 FROM changed c
    )
    INSERT INTO brand_purchase_days AS d (brand_id, local_day, bucket, orders, gross_minor,
      refunded_minor, other_currency_orders)
    SELECT m.brand_id, m.local_day, m.into_bucket,
      coalesce(sum(m.sign) FILTER (WHERE m.currency = b.currency), 0),
      coalesce(sum(m.sign * m.total_minor) FILTER (WHERE m.currency = b.currency), 0),
      coalesce(sum(m.sign * m.refunded_minor) FILTER (WHERE m.currency = b.currency), 0),
      coalesce(sum(m.sign) FILTER (WHERE m.currency <> b.currency), 0)
    FROM moved m JOIN brands b ON b.id = m.brand_id
    WHERE m.surface = 'OWN'
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (brand_id, local_day, bucket) DO UPDATE SET orders = d.orders + excluded.orders,
      gross_minor = d.gross_minor + excluded.gross_minor,
      refunded_minor = d.refunded_minor + excluded.refunded_minor,
      other_currency_orders = d.other_currency_orders + excluded.other_currency_orders;
    PERFORM set_config('app.reach', reach, true);
  END $$;
  REVOKE ALL ON FUNCTION recount_purchases(uuid[]) FROM PUBLIC;

  -- By what terms these brands reckon what somebody is worth, for themselves and for who knows them:
  -- a customer is told their own worth, and reads nothing else of what a brand sells.
  CREATE FUNCTION worth_terms(brands uuid[]) RETURNS TABLE (brand_id uuid, currency text,
    margin double precision, discount double precision, horizon_years integer,
    yearly_retention double precision, days_between_orders double precision, clv_model text,
    gaps bigint, gap_seconds bigint)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE reach text := coalesce(current_setting('app.reach', true), '');
  BEGIN
    PERFORM set_config('app.reach', 'everything', true);
    RETURN QUERY SELECT b.id, b.currency, s.margin, s.discount, s.horizon_years, s.yearly_retention,
      s.days_between_orders, s.clv_model, coalesce(t.gaps, 0), coalesce(t.gap_seconds, 0)
    FROM brands b
    LEFT JOIN worth_settings s ON s.brand_id = b.id
    LEFT JOIN brand_purchase_totals t ON t.brand_id = b.id
    WHERE b.id = ANY (brands) AND (reach = 'everything' OR b.id = ANY (app_tenants())
      OR EXISTS (SELECT FROM relationships r WHERE r.brand_id = b.id AND r.customer_id = app_subject()));
    PERFORM set_config('app.reach', reach, true);
  END $$;
  REVOKE ALL ON FUNCTION worth_terms(uuid[]) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION worth_terms(uuid[]) TO atomic_rewards_app;

  -- What our rule said of these people's worth is of another time: it is made anew, first of all.
  CREATE FUNCTION forget_worth(people uuid[]) RETURNS void
  LANGUAGE sql SET search_path = public, pg_temp AS $$
    INSERT INTO customer_worth AS w (brand_id, customer_id, clv_minor, source, model_version, computed_at)
    SELECT t.brand_id, t.customer_id, 0, 'RULE_6_9', 'clv-rule-1', '-infinity'
    FROM purchase_totals t WHERE t.customer_id = ANY (people)
    ON CONFLICT (brand_id, customer_id) DO UPDATE SET computed_at = '-infinity'
    WHERE w.source = 'RULE_6_9'
  $$;

  -- Whoever moves orders from one person to another, a merge or its undoing, need not think of totals.
  CREATE FUNCTION recount_moved_purchases() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE people uuid[]; reach text := coalesce(current_setting('app.reach', true), '');
  BEGIN
    SELECT array_agg(DISTINCT x.id) INTO people FROM was JOIN now_is ON now_is.id = was.id
    CROSS JOIN LATERAL (VALUES (was.customer_id), (now_is.customer_id)) AS x(id)
    WHERE was.customer_id <> now_is.customer_id;
    IF people IS NULL THEN RETURN NULL; END IF;
    PERFORM recount_purchases(people);
    PERFORM set_config('app.reach', 'everything', true);
    PERFORM forget_worth(people);
    PERFORM set_config('app.reach', reach, true);
    RETURN NULL;
  END $$;
  REVOKE ALL ON FUNCTION recount_moved_purchases() FROM PUBLIC;
  CREATE TRIGGER moved AFTER UPDATE ON purchases REFERENCING OLD TABLE AS was NEW TABLE AS now_is
    FOR EACH STATEMENT EXECUTE FUNCTION recount_moved_purchases();
`;
