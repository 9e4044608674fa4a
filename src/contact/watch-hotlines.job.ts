import { customerId as customerIds } from '../customers';
import type { CommandTransaction } from '../platform/database/command';
import { inTurn } from '../platform/database/turn';
import type { Job } from '../platform/feature';
import { nilUuid } from '../platform/ids';
import { hotlineDays } from './hotline';
import type { HotlineCauseName } from './hotline.type';
import {
  bouncedSql,
  consentedSql,
  deliverableChannels,
  hasAddressSql,
  reachableSql,
} from './reachable.sql';

/** Advisory lock of whoever watches. */
const watchLock = 7_219_340_563;

const checksAtOnce = 500;
const customersAtOnce = 2000;
const roundMs = 86_400_000;

/** What hotlines announce. */
export const hotlineTopics = {
  'hotline.lost':
    'The brand has lost its line to a customer it had heard from: cause (CONSENT, CHANNELS, SILENCE), lastHeard.',
};

interface LostLine {
  brand_id: string;
  customer_id: string;
  last_heard: Date;
  cause: HotlineCauseName;
}

const dueSql = `
  SELECT h.id, h.brand_id, h.customer_id, h.taken, h.channel FROM hotline_checks h
  WHERE h.checked_at IS NULL ORDER BY h.id LIMIT $1 FOR UPDATE SKIP LOCKED`;

const checkedSql = `UPDATE hotline_checks SET checked_at = $2 WHERE id = ANY ($1::uuid[])`;

// A line is lost by what was taken away if it would be there without that. Of several things taken away
// together it is lost once.
const takenSql = `
  SELECT r.brand_id, r.customer_id, a.last_verified_at AS last_heard,
    CASE WHEN ${consentedSql()} THEN 'CHANNELS' ELSE 'CONSENT' END AS cause
  FROM (
    SELECT t.brand_id, coalesce(c.merged_into, t.customer_id) AS customer_id,
      bool_or(t.taken = 'consents') AS consent,
      coalesce(array_agg(t.channel) FILTER (WHERE t.taken = 'channel_preferences'), '{}') AS denied,
      coalesce(array_agg(t.channel) FILTER (WHERE t.taken = 'bounces'), '{}') AS bounced
    FROM unnest($1::uuid[], $2::uuid[], $3::text[], $5::text[])
      AS t(brand_id, customer_id, channel, taken)
    JOIN customers c ON c.id = t.customer_id
    GROUP BY 1, 2) t
  JOIN relationships r ON r.brand_id = t.brand_id AND r.customer_id = t.customer_id
  JOIN attention_states a ON a.brand_id = r.brand_id AND a.customer_id = r.customer_id
  LEFT JOIN dormancy_policies d ON d.brand_id = r.brand_id
  WHERE a.last_verified_at >= $4::timestamptz
      - make_interval(days => coalesce(d.dormant_days, ${hotlineDays.silent}))
    AND NOT ${reachableSql()}
    AND (t.consent OR ${consentedSql()})
    AND (EXISTS (${deliverableChannels()}) OR EXISTS (
      SELECT FROM unnest(t.denied || t.bounced) AS k(channel)
      LEFT JOIN channel_preferences p ON p.brand_id = r.brand_id
        AND p.customer_id = r.customer_id AND p.channel = k.channel
      WHERE (k.channel = ANY (t.denied) OR coalesce(p.allowed, true))
        AND ${hasAddressSql('k.channel', '(p.allowed OR k.channel = ANY (t.denied))')}
        AND (k.channel = ANY (t.bounced) OR NOT ${bouncedSql('k.channel')})))`;

/** Judges lines from which something was taken away; answers how many such things. */
async function judgeTaken(tx: CommandTransaction): Promise<number> {
  const due = await tx.query<{
    id: string;
    brand_id: string;
    customer_id: string;
    taken: string;
    channel: string | null;
  }>(dueSql, [checksAtOnce]);
  if (due.length === 0) return 0;
  const lost = await tx.query<LostLine>(takenSql, [
    due.map((row) => row.brand_id),
    due.map((row) => row.customer_id),
    due.map((row) => row.channel),
    tx.now,
    due.map((row) => row.taken),
  ]);
  await tx.query(checkedSql, [due.map(({ id }) => id), tx.now]);
  announce(tx, lost);
  return due.length;
}

const roundSql = `SELECT w.* FROM hotline_rounds w WHERE w.id = 1 FOR UPDATE`;

const nextSql = `
  UPDATE hotline_rounds SET since = $1, until = $2, next_brand = $3, next_customer = $4 WHERE id = 1`;

const sliceSql = `
  SELECT a.brand_id, a.customer_id, a.last_verified_at FROM attention_states a
  WHERE (a.brand_id, a.customer_id) > ($1::uuid, $2::uuid)
  ORDER BY a.brand_id, a.customer_id LIMIT $3`;

const silentSql = `
  SELECT r.brand_id, r.customer_id, t.last_heard, 'SILENCE' AS cause
  FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS t(brand_id, customer_id, last_heard)
  LEFT JOIN dormancy_policies d ON d.brand_id = t.brand_id
  CROSS JOIN LATERAL (SELECT t.last_heard
    + make_interval(days => coalesce(d.dormant_days, ${hotlineDays.silent})) AS at) e
  JOIN relationships r ON r.brand_id = t.brand_id AND r.customer_id = t.customer_id
  WHERE e.at >= $4 AND e.at < $5 AND ${reachableSql()}`;

interface Round {
  since: Date;
  until: Date;
  next_brand: string | null;
  next_customer: string | null;
}

interface Seen {
  brand_id: string;
  customer_id: string;
  last_verified_at: Date | null;
}

/** Looks at some more customers for who has fallen silent; answers how many, 0 between two rounds. */
async function lookForSilence(tx: CommandTransaction): Promise<number> {
  const [last] = await tx.query<Round>(roundSql);
  const round = last === undefined ? null : nextRound(last, tx.now);
  if (round === null) return 0;
  const { next_brand: brand, next_customer: customer } = round;
  const seen = await tx.query<Seen>(sliceSql, [brand, customer, customersAtOnce]);
  const heard = seen.filter((row) => row.last_verified_at !== null);
  const lost = await tx.query<LostLine>(silentSql, [
    heard.map((row) => row.brand_id),
    heard.map((row) => row.customer_id),
    heard.map((row) => row.last_verified_at),
    round.since,
    round.until,
  ]);
  announce(tx, lost);
  const end = seen.length < customersAtOnce ? undefined : seen.at(-1);
  const next = [end?.brand_id ?? null, end?.customer_id ?? null];
  await tx.query(nextSql, [round.since, round.until, ...next]);
  return Math.max(1, seen.length);
}

/** The round under way, or the next one when it is time for it: what fell silent since the last. */
function nextRound(last: Round, now: Date): Round | null {
  if (last.next_brand !== null) return last;
  if (now.getTime() < last.until.getTime() + roundMs) return null;
  return { since: last.until, until: now, next_brand: nilUuid, next_customer: nilUuid };
}

function announce(tx: CommandTransaction, lost: readonly LostLine[]): void {
  for (const { brand_id: brandId, customer_id: customerId, last_heard, cause } of lost) {
    const payload = {
      customerId: customerIds.encode(customerId),
      cause,
      lastHeard: last_heard.toISOString(),
    };
    tx.announce({ topic: 'hotline.lost', brandId, customerId, payload });
  }
}

/**
 * Tells brands of lines they have lost, once each: what took away the last channel is judged within
 * seconds, silence is looked for once a day, some customers at a time.
 */
export const watchHotlines: Job = {
  name: 'watch-hotlines',
  run: (context) =>
    inTurn(context, watchLock, async (tx) => (await judgeTaken(tx)) + (await lookForSilence(tx))),
};
