import { zoneIn } from '../customers';
import { brandOf, subjectOf } from '../platform/auth/caller';
import type { Context } from '../platform/graphql/context';
import { defineListLoader } from '../platform/graphql/loaders';
import { localDay } from '../platform/zones';
import type { AttentionStateRow } from './attention-state';
import { defaultDormancyPolicy, type DormancyPolicy } from './dormancy';

/** A day of a customer as it is kept, with twice its points. */
export interface KeptDay {
  local_day: string;
  opens: number;
  clicks: number;
  events: number;
  verified: number;
  points_x2: number;
}

/** What is kept of a customer with a brand; `state` is null when nothing was ever heard or sent. */
export interface KeptAttention {
  state: AttentionStateRow | null;
  policy: DormancyPolicy;
  zone: string;
  now: Date;
  today: string;
  /** The days asked for, oldest first; only days with events. */
  days: KeptDay[];
}

// Each brand sees its own; customers see what is theirs with the brand that signed them in.
const keptSql = `
  SELECT t.customer_id AS of_customer, b.timezone, r.traits -> 'timezone' AS own_zone, s.*,
    s.ema_day::text, p.active_days, p.drifting_days, p.inactive_days, p.dormant_days, p.min_messages,
    (SELECT json_agg(json_build_array(d.local_day, d.opens, d.clicks, d.events, d.verified, d.points_x2)
        ORDER BY d.local_day) FROM attention_days d
      WHERE d.brand_id = $1 AND d.customer_id = t.customer_id AND d.local_day >= $4::date) AS days
  FROM unnest($3::uuid[]) AS t(customer_id)
  JOIN relationships r ON r.brand_id = $1 AND r.customer_id = t.customer_id
  JOIN brands b ON b.id = $1
  LEFT JOIN attention_states s ON s.brand_id = $1 AND s.customer_id = t.customer_id
  LEFT JOIN dormancy_policies p ON p.brand_id = $1
  WHERE ($2::uuid IS NULL OR t.customer_id = $2)`;

type Row = Omit<AttentionStateRow, 'dormancy'> & {
  of_customer: string;
  timezone: string;
  own_zone: unknown;
  dormancy: AttentionStateRow['dormancy'] | null;
  active_days: number | null;
  drifting_days: number;
  inactive_days: number;
  dormant_days: number;
  min_messages: number;
  /** Without the names of its parts, which would be most of it. */
  days:
    | [
        day: string,
        opens: number,
        clicks: number,
        events: number,
        verified: number,
        pointsX2: number,
      ][]
    | null;
};

/** By the customer's UUID, with the caller's brand; null for whoever it does not know. */
const keptLoader = defineListLoader<{ days: number }, KeptAttention | null>(
  async (context, customers, { days }) => {
    const { caller, clock, reads } = context;
    const brandId = brandOf(caller);
    if (brandId === null) return customers.map(() => null);
    const now = clock.now(new Date());
    // A day more than asked for, since somewhere it is still yesterday.
    const since = new Date(now.getTime() - (days + 1) * 86_400_000).toISOString().slice(0, 10);
    const rows = await reads.query<Row>(keptSql, [brandId, subjectOf(caller), customers, since]);
    const found = new Map(rows.map((row) => [row.of_customer, keptOf(row, now)]));
    return customers.map((id) => found.get(id) ?? null);
  },
);

function keptOf(row: Row, now: Date): KeptAttention {
  const zone = zoneIn({ timezone: row.own_zone }) ?? row.timezone;
  const policy =
    row.active_days === null
      ? defaultDormancyPolicy
      : {
          activeDays: row.active_days,
          driftingDays: row.drifting_days,
          inactiveDays: row.inactive_days,
          dormantDays: row.dormant_days,
          minMessages: row.min_messages,
        };
  const known = row.dormancy === null ? null : (row as AttentionStateRow);
  const days = (row.days ?? []).map(
    ([local_day, opens, clicks, events, verified, points_x2]): KeptDay => ({
      local_day,
      opens,
      clicks,
      events,
      verified,
      points_x2,
    }),
  );
  return { state: known, policy, zone, now, today: localDay(now, zone), days };
}

/**
 * What is kept of a customer with the caller's brand, with so many days; null for a relationship with
 * another brand. One statement for all customers of a page.
 */
export async function loadKept(
  context: Context,
  { brandUuid, customerUuid }: { brandUuid: string; customerUuid: string },
  days: number,
): Promise<KeptAttention | null> {
  if (brandUuid !== brandOf(context.caller)) return null;
  return keptLoader(context, { days }).load(customerUuid);
}
