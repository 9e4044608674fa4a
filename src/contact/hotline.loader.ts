import type { ChannelName } from '../messages';
import { defineLoader } from '../platform/graphql/loaders';
import { ofPairs, pairValues } from './contact.loader';
import { hotlineDays, hotlineState, type HotlineDays } from './hotline';
import type { Hotline } from './hotline.type';
import { consentedSql, deliverableChannels } from './reachable.sql';

/** Days of silence by the dormancy policy `d` of a brand, or the defaults. */
export const daysSql = `
  coalesce(d.active_days, ${hotlineDays.open}) AS open,
  coalesce(d.inactive_days, ${hotlineDays.fading}) AS fading,
  coalesce(d.dormant_days, ${hotlineDays.silent}) AS silent`;

const hotlinesSql = `
  SELECT t.place, a.last_verified_at AS "lastHeard", ${daysSql},
    CASE WHEN ${consentedSql()} THEN ARRAY(${deliverableChannels()}) ELSE '{}' END AS channels
  ${ofPairs}
  LEFT JOIN attention_states a ON a.brand_id = r.brand_id AND a.customer_id = r.customer_id
  LEFT JOIN dormancy_policies d ON d.brand_id = r.brand_id`;

interface HotlineRow extends HotlineDays {
  place: number;
  lastHeard: Date | null;
  channels: ChannelName[];
}

/** The lines of relationships, by `pairName`; one statement. */
export const hotlineLoader = defineLoader<string, Hotline | null>(async (context, names) => {
  const rows = await context.reads.query<HotlineRow>(hotlinesSql, pairValues(context, names));
  const asOf = context.clock.now(new Date());
  const found = new Map(rows.map((row) => [row.place, toHotline(row, asOf)]));
  return names.map((_, at) => found.get(at + 1) ?? null);
});

function toHotline({ lastHeard, channels, ...days }: HotlineRow, asOf: Date): Hotline {
  return {
    state: hotlineState({ reachable: channels.length > 0, lastHeard }, asOf, days),
    lastHeard,
    channels,
    asOf,
    window: { from: null, until: asOf },
    modelVersion: 'hotline-1',
  };
}
