/** What the tables of attention must say, told from events and deliveries alone; null for everybody. */
export const told = `
    CREATE FUNCTION attention_weight(action text, duration_ms integer) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
      SELECT CASE action WHEN 'OPEN' THEN 1 WHEN 'CLICK' THEN 3 WHEN 'POLL' THEN 3
        WHEN 'READ' THEN CASE WHEN duration_ms < 15000 THEN 0 ELSE 2 END
        WHEN 'VISIT' THEN 2 WHEN 'CUSTOM' THEN 2
        WHEN 'QUIZ' THEN 4 WHEN 'FEEDBACK' THEN 4 WHEN 'FORM' THEN 4 WHEN 'SURVEY' THEN 4
        WHEN 'VIDEO_COMPLETE' THEN 4 WHEN 'SCAN' THEN 4 WHEN 'ATTEND' THEN 4
        WHEN 'REPLY' THEN 5 WHEN 'REFERRAL' THEN 8 ELSE 0 END $$;

    CREATE FUNCTION attention_days_told(people uuid[])
    RETURNS TABLE (brand_id uuid, customer_id uuid, local_day date, opens integer, clicks integer,
      events integer, verified integer, points_x2 integer)
    LANGUAGE sql STABLE AS $$
      SELECT e.brand_id, e.customer_id, e.local_day, count(*) FILTER (WHERE e.action = 'OPEN')::integer,
        count(*) FILTER (WHERE e.action = 'CLICK')::integer, count(*)::integer,
        count(*) FILTER (WHERE e.confidence = 100)::integer,
        sum(attention_weight(e.action, e.duration_ms) * e.confidence / 50)::integer
      FROM attention_events e
      WHERE (people IS NULL OR e.customer_id = ANY (people)) AND e.confidence >= 50 AND NOT e.duplicate
      GROUP BY 1, 2, 3 $$;

    -- A day's points move the average by a share that halves an old point's worth in 14 days.
    CREATE FUNCTION attention_told(people uuid[])
    RETURNS TABLE (brand_id uuid, customer_id uuid, first_contact_at timestamptz,
      last_delivered_at timestamptz, last_attended_at timestamptz, last_verified_at timestamptz,
      last_clicked_at timestamptz, delivered_since integer, ema double precision, ema_day date)
    LANGUAGE sql STABLE AS $$
      WITH attended AS (
        SELECT e.brand_id, e.customer_id, min(e.occurred_at) AS first,
          max(e.occurred_at) FILTER (WHERE c.counts) AS last,
          max(e.occurred_at) FILTER (WHERE c.counts AND e.confidence = 100) AS verified,
          max(e.occurred_at) FILTER (WHERE c.counts AND e.action = 'CLICK') AS clicked
        FROM attention_events e, LATERAL (SELECT e.confidence >= 50 AND NOT e.duplicate AS counts) c
        WHERE people IS NULL OR e.customer_id = ANY (people) GROUP BY 1, 2),
      reached AS (
        SELECT d.brand_id, d.customer_id, min(d.delivered_at) AS first,
          max(d.delivered_at) FILTER (WHERE d.state = 'DELIVERED') AS last,
          count(*) FILTER (WHERE d.state = 'DELIVERED'
            AND (a.last IS NULL OR d.delivered_at > a.last)) AS since
        FROM deliveries d
        LEFT JOIN attended a ON a.brand_id = d.brand_id AND a.customer_id = d.customer_id
        WHERE people IS NULL OR d.customer_id = ANY (people) GROUP BY 1, 2),
      latest AS (
        SELECT t.*, max(t.local_day) OVER (PARTITION BY t.brand_id, t.customer_id) AS last_day
        FROM attention_days_told(people) t),
      scores AS (
        SELECT l.brand_id, l.customer_id, l.last_day, sum((1 - power(2::float8, -1 / 14.0::float8))
          * least(10, l.points_x2 / 2.0::float8)
          * power(2::float8, (l.local_day - l.last_day) / 14.0::float8)) AS ema
        FROM latest l GROUP BY 1, 2, 3)
      SELECT brand_id, customer_id, least(a.first, r.first), r.last, a.last, a.verified, a.clicked,
        coalesce(r.since, 0)::integer, coalesce(s.ema, 0), s.last_day
      FROM attended a FULL JOIN reached r USING (brand_id, customer_id)
      LEFT JOIN scores s USING (brand_id, customer_id) $$;

    -- Both tables of names as docs/attention.md has them; a state of so many days ends after them.
    CREATE FUNCTION dormancy_told(brand uuid, first_contact_at timestamptz, last_attended_at timestamptz,
      delivered_since integer, at timestamptz) RETURNS text
    LANGUAGE sql STABLE AS $$
      SELECT CASE WHEN last_attended_at IS NULL AND n.days <= p.active THEN 'NEW'
        WHEN last_attended_at IS NULL THEN 'NEVER'
        WHEN n.days <= p.active THEN 'ACTIVE' WHEN delivered_since < p.least THEN 'NOT_TESTED'
        WHEN n.days <= p.drifting THEN 'DRIFTING' WHEN n.days <= p.inactive THEN 'INACTIVE'
        WHEN n.days <= p.dormant THEN 'DORMANT' ELSE 'LOST' END
      FROM (SELECT floor(extract(epoch FROM at - coalesce(last_attended_at, first_contact_at)) / 86400)
        AS days) n,
      (SELECT coalesce(max(x.active_days), 30) AS active, coalesce(max(x.drifting_days), 60) AS drifting,
        coalesce(max(x.inactive_days), 90) AS inactive, coalesce(max(x.dormant_days), 365) AS dormant,
        coalesce(max(x.min_messages), 3) AS least
        FROM dormancy_policies x WHERE x.brand_id = brand) p $$;

    CREATE FUNCTION attention_band_told(ema double precision, ema_day date, streak integer, today date)
    RETURNS text LANGUAGE sql IMMUTABLE AS $$
      SELECT CASE WHEN i.index >= 60 THEN 'HOOKED' WHEN i.index >= 35 THEN 'ENGAGED'
        WHEN i.index >= 10 THEN 'DRIFTING' WHEN i.index >= 1 THEN 'FADING' ELSE 'SILENT' END
      FROM (SELECT floor(least(100, 90 * (1 - power(2::float8, -ema
        * power(2::float8, -greatest(0, coalesce(today - ema_day, 0)) / 14.0::float8)))
        + least(10, streak)) + 0.5) AS index) i $$;

    CREATE FUNCTION brand_attention_told(brand uuid)
    RETURNS TABLE (brand_id uuid, local_day date, deliveries bigint, opens bigint, clicks bigint,
      events bigint, verified bigint, machine bigint)
    LANGUAGE sql STABLE AS $$
      SELECT brand_id, local_day, coalesce(d.deliveries, 0), coalesce(e.opens, 0), coalesce(e.clicks, 0),
        coalesce(e.events, 0), coalesce(e.verified, 0), coalesce(e.machine, 0)
      FROM (
        SELECT x.brand_id, x.local_day, count(*) FILTER (WHERE c.counts AND x.action = 'OPEN') AS opens,
          count(*) FILTER (WHERE c.counts AND x.action = 'CLICK') AS clicks,
          count(*) FILTER (WHERE c.counts) AS events,
          count(*) FILTER (WHERE c.counts AND x.confidence = 100) AS verified,
          count(*) FILTER (WHERE x.machine) AS machine
        FROM attention_events x, LATERAL (SELECT x.confidence >= 50 AND NOT x.duplicate AS counts) c
        WHERE brand IS NULL OR x.brand_id = brand GROUP BY 1, 2) e
      FULL JOIN (
        SELECT x.brand_id, x.local_day, count(*) FILTER (WHERE x.state = 'DELIVERED') AS deliveries
        FROM deliveries x WHERE brand IS NULL OR x.brand_id = brand GROUP BY 1, 2) d
      USING (brand_id, local_day) $$;

    -- After a merge or its undoing: what is kept of people becomes what their events say, in every brand.
    -- Nothing is kept of whoever was merged. Whose row was there before is judged at the next turn of the
    -- job, which says what has changed.
    CREATE FUNCTION retell_attention(people uuid[], at timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
      reach text := coalesce(current_setting('app.reach', true), '');
      living uuid[];
    BEGIN
      PERFORM set_config('app.reach', 'everything', true);
      living := ARRAY(SELECT c.id FROM customers c WHERE c.id = ANY (people) AND c.merged_into IS NULL);
      PERFORM FROM attention_states s WHERE s.customer_id = ANY (people)
        ORDER BY s.brand_id, s.customer_id FOR UPDATE;
      DELETE FROM attention_days d WHERE d.customer_id = ANY (people);
      INSERT INTO attention_days (brand_id, customer_id, local_day, opens, clicks, events, verified, points_x2)
      SELECT t.brand_id, t.customer_id, t.local_day, t.opens, t.clicks, t.events, t.verified, t.points_x2
      FROM attention_days_told(living) t;
      DELETE FROM attention_states s WHERE s.customer_id = ANY (people) AND NOT EXISTS (
        SELECT FROM attention_told(living) t
        WHERE t.brand_id = s.brand_id AND t.customer_id = s.customer_id);
      INSERT INTO attention_states AS s (brand_id, customer_id, first_contact_at, last_delivered_at,
        last_attended_at, last_verified_at, last_clicked_at, delivered_since, ema, ema_day, streak, dormancy,
        dormancy_since, band, band_since, check_at)
      SELECT t.brand_id, t.customer_id, t.first_contact_at, t.last_delivered_at, t.last_attended_at,
        t.last_verified_at, t.last_clicked_at, t.delivered_since, t.ema, t.ema_day, c.streak,
        dormancy_told(t.brand_id, t.first_contact_at, t.last_attended_at, t.delivered_since, at), at,
        attention_band_told(t.ema, t.ema_day, c.streak, (at AT TIME ZONE 'UTC')::date), at, at
      FROM attention_told(living) t
      CROSS JOIN LATERAL (SELECT coalesce(max(x.current), 0) AS streak FROM streaks x
        WHERE x.brand_id = t.brand_id AND x.customer_id = t.customer_id AND x.strand = 'DAY'
          AND x.state = 'ALIVE') c
      ORDER BY 1, 2
      ON CONFLICT (brand_id, customer_id) DO UPDATE SET first_contact_at = excluded.first_contact_at,
        last_delivered_at = excluded.last_delivered_at, last_attended_at = excluded.last_attended_at,
        last_verified_at = excluded.last_verified_at, last_clicked_at = excluded.last_clicked_at,
        delivered_since = excluded.delivered_since, ema = excluded.ema, ema_day = excluded.ema_day,
        streak = excluded.streak, check_at = excluded.check_at;
      PERFORM set_config('app.reach', reach, true);
    END $$;
    REVOKE ALL ON FUNCTION retell_attention(uuid[], timestamptz) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION retell_attention(uuid[], timestamptz) TO atomic_rewards_app;
  `;
