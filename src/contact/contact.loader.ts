import type { ChannelName } from '../messages';
import { brandOf, viewer } from '../platform/auth/caller';
import type { Context } from '../platform/graphql/context';
import { defineLoader } from '../platform/graphql/loaders';
import type { ChannelStanding, FrequencyPolicy, QuietHoursView } from './contact.type';
import type { FrequencyCap } from './frequency';
import { pairColumns, pairNamed } from './pair';
import { timeText } from './quiet-hours';
import { hasAddressSql, pushChannels } from './reachable.sql';

/** The relationships `r` behind the pairs of $3 and $4 that the caller of $1 and $2 may see. */
export const ofPairs = `
  FROM unnest($3::uuid[], $4::uuid[]) WITH ORDINALITY AS t(brand_id, customer_id, place)
  JOIN relationships r ON r.brand_id = t.brand_id AND r.customer_id = t.customer_id
    AND ($1::uuid IS NULL OR r.brand_id = $1) AND ($2::uuid IS NULL OR r.customer_id = $2)`;

/** The values of $1 to $4. */
export function pairValues(context: Context, names: readonly string[]): unknown[] {
  return [...viewer(context.caller), ...pairColumns(names.map(pairNamed))];
}

const channelsSql = `
  SELECT t.place, k.channel, p.allowed, p.preferred_hour AS "preferredHour",
    ${hasAddressSql('k.channel', 'p.allowed')} AS "hasAddress", x.bounced_at AS "bouncedAt"
  ${ofPairs}
  CROSS JOIN unnest($5::text[]) WITH ORDINALITY AS k(channel, rank)
  LEFT JOIN channel_preferences p ON p.brand_id = r.brand_id AND p.customer_id = r.customer_id
    AND p.channel = k.channel
  LEFT JOIN bounces x ON x.brand_id = r.brand_id AND x.customer_id = r.customer_id
    AND x.channel = k.channel AND x.cleared_at IS NULL
    AND x.address = contact_address(k.channel, r.email, r.phone)
  ORDER BY t.place, k.rank`;

interface ChannelRow extends Pick<ChannelStanding, 'preferredHour' | 'hasAddress' | 'bouncedAt'> {
  place: number;
  channel: ChannelName;
  allowed: boolean | null;
}

/** The push channels of relationships, by `pairName`, in one order. */
export const channelsLoader = defineLoader<string, ChannelStanding[]>(async (context, names) => {
  const values = [...pairValues(context, names), pushChannels];
  const rows = await context.reads.query<ChannelRow>(channelsSql, values);
  const lists = names.map((): ChannelStanding[] => []);
  for (const { place, allowed, ...row } of rows) {
    const preference =
      allowed === null ? null : allowed ? ('ALLOWED' as const) : ('DENIED' as const);
    const deliverable = row.hasAddress && row.bouncedAt === null && allowed !== false;
    lists[place - 1]?.push({ ...row, preference, deliverable });
  }
  return lists;
});

interface QuietRow {
  place: number;
  quiet_from: number;
  quiet_until: number;
}

const quietSql = `
  SELECT t.place, coalesce(q.quiet_from, f.quiet_from) AS quiet_from,
    coalesce(q.quiet_until, f.quiet_until) AS quiet_until
  ${ofPairs}
  LEFT JOIN quiet_hours q ON q.brand_id = r.brand_id AND q.customer_id = r.customer_id
  LEFT JOIN frequency_policies f ON f.brand_id = r.brand_id
  WHERE coalesce(q.quiet_from, f.quiet_from) IS NOT NULL`;

/** The quiet hours that hold for relationships, by `pairName`: the customer's own, else the brand's. */
export const quietHoursLoader = defineLoader<string, QuietHoursView | null>(
  async (context, names) => {
    const rows = await context.reads.query<QuietRow>(quietSql, pairValues(context, names));
    const found = new Map(rows.map((row) => [row.place, toQuietHours(row)]));
    return names.map((_, at) => found.get(at + 1) ?? null);
  },
);

/** Quiet hours as times of day; null where there are none. */
export function toQuietHours(row: {
  quiet_from: number | null;
  quiet_until: number | null;
}): QuietHoursView | null {
  const { quiet_from: from, quiet_until: until } = row;
  return from === null || until === null ? null : { from: timeText(from), until: timeText(until) };
}

/** A row of `frequency_policies`. */
export interface PolicyRow {
  brand_id: string;
  quiet_from: number | null;
  quiet_until: number | null;
  caps: FrequencyCap[];
  updated_at: Date | string;
}

const policiesSql = `
  SELECT f.* FROM frequency_policies f
  WHERE f.brand_id = ANY ($1::uuid[]) AND ($2::uuid IS NULL OR f.brand_id = $2)`;

/** Frequency policies by brand UUID; null where a brand has set none. */
export const frequencyPolicyLoader = defineLoader<string, FrequencyPolicy | null>(
  async (context, brands) => {
    const values = [brands, brandOf(context.caller)];
    const rows = await context.reads.query<PolicyRow>(policiesSql, values);
    const found = new Map(rows.map((row) => [row.brand_id, toPolicy(row)]));
    return brands.map((brand) => found.get(brand) ?? null);
  },
);

/** A policy as the graph shows it. */
export function toPolicy(row: PolicyRow): FrequencyPolicy {
  return {
    quietHours: toQuietHours(row),
    caps: row.caps,
    updatedAt: new Date(row.updated_at),
  };
}
