/**
 * Adds messages to their day and their customer. Bounced ones were sent and cost; suppressed ones were
 * not. Whoever moves deliveries from one person to another need not think of it.
 */
const countMessages = (changed: string): string => `
  INSERT INTO delivery_days AS d (brand_id, local_day, channel, messages)
  SELECT x.brand_id, x.local_day, m.channel, sum(x.sign)
  FROM (${changed}) x JOIN messages m ON m.id = x.message_id
  GROUP BY 1, 2, 3 HAVING sum(x.sign) <> 0 ORDER BY 1, 2, 3
  ON CONFLICT (brand_id, local_day, channel) DO UPDATE SET messages = d.messages + excluded.messages;

  INSERT INTO delivery_totals AS d (brand_id, customer_id, channel, messages)
  SELECT x.brand_id, x.customer_id, m.channel, sum(x.sign)
  FROM (${changed}) x JOIN messages m ON m.id = x.message_id
  GROUP BY 1, 2, 3 HAVING sum(x.sign) <> 0 ORDER BY 1, 2, 3
  ON CONFLICT (brand_id, customer_id, channel) DO UPDATE SET messages = d.messages + excluded.messages;
`;

const columns = 'brand_id, customer_id, message_id, local_day';
const added = `SELECT ${columns}, 1 AS sign FROM added WHERE state <> 'SUPPRESSED'`;
const moved = `SELECT ${columns}, 1 AS sign FROM now_is WHERE state <> 'SUPPRESSED'
  UNION ALL SELECT ${columns}, -1 FROM was WHERE state <> 'SUPPRESSED'`;
const all = `SELECT ${columns}, 1 AS sign FROM deliveries WHERE state <> 'SUPPRESSED'`;

/** What entries do to what people have: a reversal counts against what it reverses. */
const countMu = (entries: string): string => `
  INSERT INTO mu_days AS d (brand_id, local_day, purchased, issued, burned, extinguished, decayed)
  SELECT e.brand_id, (e.posted_at AT TIME ZONE b.timezone)::date,
    coalesce(sum(e.amount) FILTER (WHERE k.kind = 'ISSUE'), 0),
    coalesce(sum(e.amount) FILTER (WHERE k.kind IN ('GRANT', 'ADJUSTMENT')), 0),
    coalesce(-sum(e.amount) FILTER (WHERE k.kind = 'HOLD_CAPTURE'), 0),
    coalesce(-sum(e.amount) FILTER (WHERE k.kind = 'EXTINGUISH'), 0),
    coalesce(-sum(e.amount) FILTER (WHERE k.kind = 'DECAY'), 0)
  FROM ${entries} e
  JOIN transfers t ON t.id = e.transfer_id
  LEFT JOIN transfers o ON o.id = t.reverses
  CROSS JOIN LATERAL (SELECT coalesce(o.kind, t.kind) AS kind) k
  JOIN brands b ON b.id = e.brand_id
  WHERE (e.account_kind IN ('WALLET', 'HOLD')
      AND k.kind IN ('GRANT', 'ADJUSTMENT', 'HOLD_CAPTURE', 'EXTINGUISH', 'DECAY'))
    OR (e.account_kind = 'BUDGET' AND k.kind = 'ISSUE')
  GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (brand_id, local_day) DO UPDATE SET purchased = d.purchased + excluded.purchased,
    issued = d.issued + excluded.issued, burned = d.burned + excluded.burned,
    extinguished = d.extinguished + excluded.extinguished, decayed = d.decayed + excluded.decayed;
`;

const orders = (table: string, sign: number): string => `
  SELECT p.brand_id, p.customer_id, extract(year FROM p.local_day)::integer AS year, ${sign} AS orders,
    ${sign} * (p.total_minor - p.refunded_minor) AS minor
  FROM ${table} p JOIN brands b ON b.id = p.brand_id AND b.currency = p.currency`;

const countYears = (changed: string): string => `
  INSERT INTO customer_years AS y (brand_id, customer_id, year, orders, net_minor)
  SELECT x.brand_id, x.customer_id, x.year, sum(x.orders), sum(x.minor) FROM (${changed}) x
  GROUP BY 1, 2, 3 HAVING sum(x.orders) <> 0 OR sum(x.minor) <> 0 ORDER BY 1, 2, 3
  ON CONFLICT (brand_id, customer_id, year) DO UPDATE SET
    orders = y.orders + excluded.orders, net_minor = y.net_minor + excluded.net_minor;
`;

const trigger = (name: string, table: string, event: string, body: string): string => `
  CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} RETURN NULL; END $$;
  CREATE TRIGGER ${name} AFTER ${event} ON ${table}
    REFERENCING ${event === 'UPDATE' ? 'OLD TABLE AS was NEW TABLE AS now_is' : 'NEW TABLE AS added'}
    FOR EACH STATEMENT EXECUTE FUNCTION ${name}();
`;

const peopleOf = (column: string, ...tables: string[]): string => `
  PERFORM weigh_years(array_agg(x.brand_id), array_agg(x.customer_id))
  FROM (${tables.map((table) => `SELECT brand_id, ${column} AS customer_id FROM ${table}`).join(' UNION ')}) x;
`;

/** Sums of what other features record, and the triggers that keep them. */
export const sumsSql = `
  CREATE TABLE delivery_days (
    brand_id uuid NOT NULL REFERENCES brands,
    local_day date NOT NULL,
    channel text NOT NULL,
    messages bigint NOT NULL,
    PRIMARY KEY (brand_id, local_day, channel)
  ) WITH (fillfactor = 60);

  -- Refers to nobody, so that a merge moves the deliveries and the trigger the sums, once.
  CREATE TABLE delivery_totals (
    brand_id uuid NOT NULL REFERENCES brands,
    customer_id uuid NOT NULL,
    channel text NOT NULL,
    messages bigint NOT NULL,
    PRIMARY KEY (brand_id, customer_id, channel)
  ) WITH (fillfactor = 60);

  -- What a brand's Mu did, by its local day: bought by the brand, then given to people, then gone.
  CREATE TABLE mu_days (
    brand_id uuid NOT NULL REFERENCES brands,
    local_day date NOT NULL,
    purchased bigint NOT NULL,
    issued bigint NOT NULL,
    burned bigint NOT NULL,
    extinguished bigint NOT NULL,
    decayed bigint NOT NULL,
    PRIMARY KEY (brand_id, local_day)
  ) WITH (fillfactor = 50);

  -- Who bought for how much in which year, in the brand's currency and after refunds; and how it is
  -- counted: of somebody who had bought the year before, of somebody new, of a friend somebody brought.
  CREATE TABLE customer_years (
    brand_id uuid NOT NULL REFERENCES brands,
    customer_id uuid NOT NULL,
    year integer NOT NULL,
    orders integer NOT NULL,
    net_minor bigint NOT NULL,
    counted boolean NOT NULL DEFAULT false,
    counted_minor bigint NOT NULL DEFAULT 0,
    kept boolean NOT NULL DEFAULT false,
    fresh boolean NOT NULL DEFAULT false,
    earned boolean NOT NULL DEFAULT false,
    PRIMARY KEY (brand_id, customer_id, year)
  ) WITH (fillfactor = 70);

  CREATE TABLE brand_years (
    brand_id uuid NOT NULL REFERENCES brands,
    year integer NOT NULL,
    customers bigint NOT NULL,
    net_minor bigint NOT NULL,
    kept_customers bigint NOT NULL,
    kept_minor bigint NOT NULL,
    fresh_customers bigint NOT NULL,
    fresh_minor bigint NOT NULL,
    earned_customers bigint NOT NULL,
    earned_minor bigint NOT NULL,
    PRIMARY KEY (brand_id, year)
  ) WITH (fillfactor = 50);

  -- Brings into the sums of the years how these people's years count now.
  CREATE FUNCTION weigh_years(brands uuid[], people uuid[]) RETURNS void LANGUAGE sql AS $$
    WITH pairs AS (
      SELECT DISTINCT t.brand_id, t.customer_id
      FROM unnest(brands, people) AS t(brand_id, customer_id)
    ), standing AS (
      SELECT y.*, y.orders > 0 AS bought,
        EXISTS (SELECT FROM customer_years b WHERE b.brand_id = y.brand_id
          AND b.customer_id = y.customer_id AND b.year = y.year - 1 AND b.orders > 0) AS keeps,
        NOT EXISTS (SELECT FROM customer_years b WHERE b.brand_id = y.brand_id
          AND b.customer_id = y.customer_id AND b.year < y.year AND b.orders > 0) AS is_first,
        EXISTS (SELECT FROM referrals r WHERE r.brand_id = y.brand_id
          AND r.friend_id = y.customer_id AND r.state = 'ACTIVE') AS brought
      FROM customer_years y JOIN pairs p ON p.brand_id = y.brand_id AND p.customer_id = y.customer_id
      ORDER BY y.brand_id, y.customer_id, y.year FOR UPDATE OF y
    ), weighed AS (
      UPDATE customer_years y SET counted = s.bought, counted_minor = s.net_minor,
        kept = s.bought AND s.keeps, fresh = s.bought AND s.is_first,
        earned = s.bought AND s.is_first AND s.brought
      FROM standing s
      WHERE y.brand_id = s.brand_id AND y.customer_id = s.customer_id AND y.year = s.year
        AND (s.counted, s.counted_minor, s.kept, s.fresh, s.earned) IS DISTINCT FROM (s.bought,
          s.net_minor, s.bought AND s.keeps, s.bought AND s.is_first,
          s.bought AND s.is_first AND s.brought)
      RETURNING y.brand_id, y.year, y.counted, y.counted_minor, y.kept, y.fresh, y.earned,
        s.counted AS was_counted, s.counted_minor AS was_minor, s.kept AS was_kept,
        s.fresh AS was_fresh, s.earned AS was_earned
    ), parts AS (
      SELECT brand_id, year, 1 AS sign, counted, counted_minor AS minor, kept, fresh, earned FROM weighed
      UNION ALL
      SELECT brand_id, year, -1, was_counted, was_minor, was_kept, was_fresh, was_earned FROM weighed
    )
    INSERT INTO brand_years AS y (brand_id, year, customers, net_minor, kept_customers, kept_minor,
      fresh_customers, fresh_minor, earned_customers, earned_minor)
    SELECT p.brand_id, p.year,
      coalesce(sum(p.sign) FILTER (WHERE p.counted), 0), sum(p.sign * p.minor),
      coalesce(sum(p.sign) FILTER (WHERE p.kept), 0),
      coalesce(sum(p.sign * p.minor) FILTER (WHERE p.kept), 0),
      coalesce(sum(p.sign) FILTER (WHERE p.fresh), 0),
      coalesce(sum(p.sign * p.minor) FILTER (WHERE p.fresh), 0),
      coalesce(sum(p.sign) FILTER (WHERE p.earned), 0),
      coalesce(sum(p.sign * p.minor) FILTER (WHERE p.earned), 0)
    FROM parts p GROUP BY p.brand_id, p.year ORDER BY p.brand_id, p.year
    ON CONFLICT (brand_id, year) DO UPDATE SET customers = y.customers + excluded.customers,
      net_minor = y.net_minor + excluded.net_minor,
      kept_customers = y.kept_customers + excluded.kept_customers,
      kept_minor = y.kept_minor + excluded.kept_minor,
      fresh_customers = y.fresh_customers + excluded.fresh_customers,
      fresh_minor = y.fresh_minor + excluded.fresh_minor,
      earned_customers = y.earned_customers + excluded.earned_customers,
      earned_minor = y.earned_minor + excluded.earned_minor
  $$;
  ${trigger('count_messages', 'deliveries', 'INSERT', countMessages(added))}
  ${trigger('count_moved_messages', 'deliveries', 'UPDATE', countMessages(moved))}
  ${trigger('count_mu', 'entries', 'INSERT', countMu('added'))}
  ${trigger(
    'count_years',
    'purchases',
    'INSERT',
    countYears(orders('added', 1)) + peopleOf('customer_id', 'added'),
  )}
  ${trigger(
    'count_moved_years',
    'purchases',
    'UPDATE',
    countYears(`${orders('now_is', 1)} UNION ALL ${orders('was', -1)}`) +
      peopleOf('customer_id', 'was', 'now_is'),
  )}
  ${trigger('count_friends', 'referrals', 'INSERT', peopleOf('friend_id', 'added'))}
  ${trigger('count_moved_friends', 'referrals', 'UPDATE', peopleOf('friend_id', 'was', 'now_is'))}
`;

/** Counts what was recorded before the sums were kept. */
export const sumsSoFarSql = `
  SELECT set_config('app.reach', 'everything', true);
  ${countMessages(all)}
  ${countMu('entries')}
  ${countYears(orders('purchases', 1))}
  SELECT weigh_years(array_agg(y.brand_id), array_agg(y.customer_id)) FROM customer_years y;
  SELECT set_config('app.reach', '', true);
`;

/** Undoes the above. */
export const noSumsSql = `
  DROP TRIGGER count_moved_friends ON referrals; DROP TRIGGER count_friends ON referrals;
  DROP TRIGGER count_moved_years ON purchases; DROP TRIGGER count_years ON purchases;
  DROP TRIGGER count_mu ON entries;
  DROP TRIGGER count_moved_messages ON deliveries; DROP TRIGGER count_messages ON deliveries;
  DROP FUNCTION count_moved_friends(); DROP FUNCTION count_friends();
  DROP FUNCTION count_moved_years(); DROP FUNCTION count_years(); DROP FUNCTION count_mu();
  DROP FUNCTION count_moved_messages(); DROP FUNCTION count_messages();
  DROP FUNCTION weigh_years(uuid[], uuid[]);
  DROP TABLE brand_years; DROP TABLE customer_years; DROP TABLE mu_days;
  DROP TABLE delivery_totals; DROP TABLE delivery_days;
`;
