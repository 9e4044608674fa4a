import type { CommandTransaction } from '../platform/database/command';
import { ConflictError } from '../platform/database/errors';
import type { AttentionChange } from './attention-change';
import type { AttentionStateRow } from './attention-state';
import type { DormancyPolicy } from './dormancy';

/** A customer of a brand. */
export interface Pair {
  brandId: string;
  customerId: string;
}

/** What is known of a pair, under its lock. */
export interface KnownState extends DormancyPolicy {
  row: AttentionStateRow | null;
  /** Twice the points of the days asked for, by day. */
  points: Record<string, number>;
}

/** Pairs of one statement: many enough to be quick, few enough to end well within the timeout. */
const pairsPerStatement = 10_000;

const types: Readonly<Record<keyof AttentionStateRow, string>> = {
  brand_id: 'uuid',
  customer_id: 'uuid',
  first_contact_at: 'timestamptz',
  last_delivered_at: 'timestamptz',
  last_attended_at: 'timestamptz',
  last_verified_at: 'timestamptz',
  last_clicked_at: 'timestamptz',
  delivered_since: 'integer',
  ema: 'float8',
  ema_day: 'date',
  streak: 'integer',
  dormancy: 'text',
  dormancy_since: 'timestamptz',
  dormancy_due_at: 'timestamptz',
  band: 'text',
  band_since: 'timestamptz',
  woken_from: 'text',
  reactivated_at: 'timestamptz',
  check_at: 'timestamptz',
};
const columns = Object.keys(types) as (keyof AttentionStateRow)[];

// Pair by pair in the order they are given, which is that of the locks: a join of lists whose length no plan
// knows may look at every pair for every other.
const lockSql = `
  SELECT t.place, ${columns.map((name) => (name === 'ema_day' ? 's.ema_day::text' : `s.${name}`)).join(', ')},
    p.active_days, p.drifting_days, p.inactive_days, p.dormant_days, p.min_messages,
    (SELECT jsonb_object_agg(d.local_day, d.points_x2) FROM attention_days d
      WHERE d.customer_id = t.customer_id AND d.brand_id = t.brand_id
        AND d.local_day = ANY ($3::date[])) AS points
  FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS t(brand_id, customer_id, place)
  LEFT JOIN LATERAL (SELECT x.* FROM attention_states x
    WHERE x.brand_id = t.brand_id AND x.customer_id = t.customer_id FOR NO KEY UPDATE OF x) s ON true
  LEFT JOIN dormancy_policies p ON p.brand_id = t.brand_id
  ORDER BY t.place`;

/** Every column is null where nothing was known of the pair. */
type LockedRow = Omit<AttentionStateRow, 'dormancy'> & {
  dormancy: AttentionStateRow['dormancy'] | null;
  active_days: number | null;
  drifting_days: number;
  inactive_days: number;
  dormant_days: number;
  min_messages: number;
  points: Record<string, number> | null;
};

/**
 * Locks what is known of pairs, which are sorted, and reads it with their points on these days. Nobody
 * but who holds a customer's wallet changes the customer's days, so those need no lock of their own.
 */
export async function lockStates(
  tx: CommandTransaction,
  pairs: readonly Pair[],
  days: readonly string[],
  defaults: DormancyPolicy,
): Promise<KnownState[]> {
  const known: KnownState[] = [];
  for (let start = 0; start < pairs.length; start += pairsPerStatement) {
    const slice = pairs.slice(start, start + pairsPerStatement);
    const rows = await tx.query<LockedRow>(lockSql, [
      slice.map((pair) => pair.brandId),
      slice.map((pair) => pair.customerId),
      days,
    ]);
    for (const row of rows) {
      const policy = row.active_days === null ? defaults : policyIn(row);
      known.push({ ...policy, row: isKnown(row) ? row : null, points: row.points ?? {} });
    }
  }
  return known;
}

function isKnown(row: LockedRow): row is LockedRow & AttentionStateRow {
  return row.dormancy !== null;
}

function policyIn(row: LockedRow): DormancyPolicy {
  return {
    activeDays: row.active_days as number,
    driftingDays: row.drifting_days,
    inactiveDays: row.inactive_days,
    dormantDays: row.dormant_days,
    minMessages: row.min_messages,
  };
}

const deliveriesSql = `
  SELECT t.place::integer, count(d.id) FILTER (WHERE t.since IS NULL OR d.delivered_at > t.since)::integer
    AS since, max(d.delivered_at) AS last
  FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) WITH ORDINALITY
    AS t(brand_id, customer_id, since, place)
  LEFT JOIN deliveries d ON d.customer_id = t.customer_id AND d.brand_id = t.brand_id
    AND d.state = 'DELIVERED'
  GROUP BY t.place`;

/** Counts anew what was delivered since each customer attended, from the deliveries themselves. */
export async function recountDeliveries(
  tx: CommandTransaction,
  rows: readonly AttentionStateRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const counts = await tx.query<{ place: number; since: number; last: Date | null }>(
    deliveriesSql,
    [
      rows.map((row) => row.brand_id),
      rows.map((row) => row.customer_id),
      rows.map((row) => row.last_attended_at),
    ],
  );
  for (const { place, since, last } of counts) {
    Object.assign(rows[place - 1] as AttentionStateRow, {
      delivered_since: since,
      last_delivered_at: last,
    });
  }
}

const placeholder = (index: number) => `$${index + 1}::${types[columns[index] as 'ema']}[]`;
const after = (offset: number) => `$${columns.length + offset}`;

// The brand's days come last, after every lock on customers, since everybody meets there.
const storeSql = `
  WITH told AS (
    SELECT * FROM unnest(${columns.map((_, index) => placeholder(index)).join(', ')}, ${after(1)}::boolean[])
      AS t(${columns.join(', ')}, is_new)),
  made AS (
    INSERT INTO attention_states (${columns.join(', ')})
    SELECT ${columns.join(', ')} FROM told WHERE is_new ORDER BY brand_id, customer_id
    ON CONFLICT DO NOTHING RETURNING 1),
  moved AS (
    UPDATE attention_states s SET ${columns
      .slice(2)
      .map((name) => `${name} = t.${name}`)
      .join(', ')}
    FROM told t
    WHERE NOT t.is_new AND s.brand_id = t.brand_id AND s.customer_id = t.customer_id RETURNING 1),
  days AS (
    INSERT INTO attention_days AS d (brand_id, customer_id, local_day, opens, clicks, events, verified, points_x2)
    SELECT t.brand_id, t.customer_id, t.local_day, sum(t.opens), sum(t.clicks), sum(t.events),
      sum(t.verified), sum(t.points_x2)
    FROM unnest(${after(2)}::uuid[], ${after(3)}::uuid[], ${after(4)}::date[], ${after(5)}::integer[],
      ${after(6)}::integer[], ${after(7)}::integer[], ${after(8)}::integer[], ${after(9)}::integer[],
      ${after(12)}::boolean[])
      AS t(brand_id, customer_id, local_day, opens, clicks, events, verified, points_x2, counts)
    WHERE t.counts GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (brand_id, customer_id, local_day) DO UPDATE SET opens = d.opens + excluded.opens,
      clicks = d.clicks + excluded.clicks, events = d.events + excluded.events,
      verified = d.verified + excluded.verified, points_x2 = d.points_x2 + excluded.points_x2
    RETURNING 1),
  stored AS (
    SELECT (SELECT count(*) FROM made) + (SELECT count(*) FROM moved) + 0 * (SELECT count(*) FROM days)
      AS states),
  ofBrands AS (
    INSERT INTO brand_attention_days AS b (brand_id, local_day, deliveries, opens, clicks, events, verified,
      machine)
    SELECT t.brand_id, t.local_day, sum(t.deliveries), sum(t.opens), sum(t.clicks), sum(t.events),
      sum(t.verified), sum(t.machine)
    FROM unnest(${after(2)}::uuid[], ${after(4)}::date[], ${after(5)}::integer[], ${after(6)}::integer[],
      ${after(7)}::integer[], ${after(8)}::integer[], ${after(10)}::integer[], ${after(11)}::integer[])
      AS t(brand_id, local_day, opens, clicks, events, verified, deliveries, machine)
    WHERE (SELECT states FROM stored) >= 0 GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (brand_id, local_day) DO UPDATE SET deliveries = b.deliveries + excluded.deliveries,
      opens = b.opens + excluded.opens, clicks = b.clicks + excluded.clicks,
      events = b.events + excluded.events, verified = b.verified + excluded.verified,
      machine = b.machine + excluded.machine)
  SELECT states::integer FROM stored`;

/** Stores states that are locked or new, and adds the changes to the days of customers and brands. */
export async function storeStates(
  tx: CommandTransaction,
  states: readonly { row: AttentionStateRow; isNew: boolean }[],
  changes: readonly AttentionChange[],
): Promise<void> {
  for (let start = 0; start < states.length; start += pairsPerStatement) {
    const slice = states.slice(start, start + pairsPerStatement);
    const last = start + pairsPerStatement >= states.length ? changes : [];
    const [stored] = await tx.query<{ states: number }>(storeSql, [
      ...columns.map((name) => slice.map(({ row }) => row[name])),
      slice.map(({ isNew }) => isNew),
      ...dayValues(last),
    ]);
    if (stored?.states !== slice.length) throw new ConflictError('somebody else was first');
  }
}

function dayValues(changes: readonly AttentionChange[]): unknown[][] {
  const of = (name: keyof AttentionChange) => changes.map((change) => change[name]);
  const names = ['brandId', 'customerId', 'day', 'opens', 'clicks', 'events', 'verified'] as const;
  const counts = changes.map((change) => change.attendedAt !== null);
  return [...names.map(of), of('pointsX2'), of('deliveries'), of('machine'), counts];
}
