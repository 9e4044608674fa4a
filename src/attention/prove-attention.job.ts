import type { CommandTransaction } from '../platform/database/command';
import { inTurn } from '../platform/database/turn';
import type { Job, JobContext } from '../platform/feature';
import { nilUuid } from '../platform/ids';

const attentionProofLock = 7_219_340_562;

interface Place {
  brand_id: string;
  customer_id: string;
}

/** A row that is not what its events say. */
interface Difference extends Place {
  of: 'state' | 'day';
}

const start: Place = { brand_id: nilUuid, customer_id: nilUuid };

const nextSql = `
  SELECT s.brand_id, s.customer_id FROM attention_states s
  WHERE (s.brand_id, s.customer_id) > ($1::uuid, $2::uuid)
  ORDER BY s.brand_id, s.customer_id LIMIT $3`;

/** An average is compared as it would be on the later of two days. */
const fadedTo = (own: string, other: string) => `${own}.ema * power(2::float8,
  ((${own}.ema_day - greatest(${own}.ema_day, ${other}.ema_day)) / 14.0::float8))`;

// One statement, hence one moment: an event that is being stored is in both or in neither.
const compareSql = `
  WITH wanted AS (SELECT * FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, customer_id)),
  kept AS (SELECT s.* FROM attention_states s JOIN wanted USING (brand_id, customer_id)),
  told AS (SELECT a.* FROM attention_told($2::uuid[]) a JOIN wanted USING (brand_id, customer_id)),
  kept_days AS (SELECT d.* FROM attention_days d JOIN wanted USING (brand_id, customer_id)),
  told_days AS (SELECT d.* FROM attention_days_told($2::uuid[]) d JOIN wanted USING (brand_id, customer_id))
  SELECT 'state' AS of, brand_id, customer_id FROM kept k FULL JOIN told t USING (brand_id, customer_id)
  WHERE (k.first_contact_at, k.last_delivered_at, k.last_attended_at, k.last_verified_at,
      k.last_clicked_at, k.delivered_since, k.ema_day) IS DISTINCT FROM
    (t.first_contact_at, t.last_delivered_at, t.last_attended_at, t.last_verified_at,
      t.last_clicked_at, t.delivered_since, t.ema_day)
    OR coalesce(abs(${fadedTo('k', 't')} - ${fadedTo('t', 'k')}), 0) > 1e-6
  UNION ALL
  SELECT DISTINCT 'day', brand_id, customer_id
  FROM kept_days k FULL JOIN told_days t USING (brand_id, customer_id, local_day)
  WHERE (k.opens, k.clicks, k.events, k.verified, k.points_x2)
    IS DISTINCT FROM (t.opens, t.clicks, t.events, t.verified, t.points_x2)`;

// Ids of events and deliveries tell when they were recorded, which was on the day or later. By the
// database's clock, as ids are by the machine's.
const brandDaySql = `
  WITH day AS (SELECT (now() AT TIME ZONE 'UTC')::date - 2 AS day),
  first AS (SELECT (lpad(to_hex((extract(epoch FROM day - 1) * 1000)::bigint), 12, '0')
    || '70008000000000000000')::text::uuid AS id FROM day),
  events AS (
    SELECT e.brand_id, count(*) FILTER (WHERE c.counts AND e.action = 'OPEN') AS opens,
      count(*) FILTER (WHERE c.counts AND e.action = 'CLICK') AS clicks,
      count(*) FILTER (WHERE c.counts) AS events,
      count(*) FILTER (WHERE c.counts AND e.confidence = 100) AS verified,
      count(*) FILTER (WHERE e.machine) AS machine
    FROM attention_events e, day, first,
      LATERAL (SELECT e.confidence >= 50 AND NOT e.duplicate AS counts) c
    WHERE e.brand_id = ANY ($1::uuid[]) AND e.id >= first.id AND e.local_day = day.day GROUP BY 1)
  SELECT b.brand_id FROM brand_attention_days b JOIN day ON b.local_day = day.day
  LEFT JOIN events e ON e.brand_id = b.brand_id
  WHERE b.brand_id = ANY ($1::uuid[]) AND (b.opens, b.clicks, b.events, b.verified, b.machine)
    IS DISTINCT FROM (coalesce(e.opens, 0), coalesce(e.clicks, 0), coalesce(e.events, 0),
      coalesce(e.verified, 0), coalesce(e.machine, 0))`;

/**
 * Proves, customer by customer and round and round, that what is kept is what the events say. Counts and
 * logs what differs and mends nothing: a difference is a fault that somebody must understand.
 */
export function attentionProof(): Job {
  let place = start;
  return {
    name: 'prove-attention',
    leisurely: true,
    run: (context) =>
      inTurn(context, attentionProofLock, async (tx) => {
        place = await proveNext(tx, context, place);
        // There is always more to prove; the pause between two turns is what bounds it.
        return 0;
      }),
  };
}

/** The one of this process. */
export const proveAttention = attentionProof();

async function proveNext(
  tx: CommandTransaction,
  { log, report }: JobContext,
  { brand_id, customer_id }: Place,
): Promise<Place> {
  const pairs = await tx.query<Place>(nextSql, [brand_id, customer_id, tx.limits.attentionProven]);
  if (pairs.length === 0) return start;
  // A brand's day is told once a round, when its first customer comes up.
  const brands = [...new Set(pairs.map((pair) => pair.brand_id))].filter((id) => id !== brand_id);
  const people = pairs.map((pair) => pair.customer_id);
  const differences = await tx.query<Difference>(compareSql, [
    pairs.map((pair) => pair.brand_id),
    people,
  ]);
  for (const { of, brand_id: brand, customer_id: customer } of differences) {
    log.error({ of, brand, customer }, 'attention is not what its events say');
  }
  const days = await tx.query<Pick<Place, 'brand_id'>>(brandDaySql, [brands]);
  for (const { brand_id: brand } of days) {
    log.error({ of: 'brand day', brand }, 'attention is not what its events say');
  }
  const wrong = differences.length + days.length;
  const outcomes = { same: pairs.length + brands.length - wrong, different: wrong };
  report?.({ job: 'prove-attention', outcomes });
  return pairs.at(-1) as Place;
}
