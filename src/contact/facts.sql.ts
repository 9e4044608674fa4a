import { zoneIn, type ConsentPurpose } from '../customers';
import type { ChannelName } from '../messages';
import type { FrequencyCap } from './frequency';
import type { QuietHours } from './quiet-hours';
import { bouncedSql, hasAddressSql } from './reachable.sql';
import type { ContactFacts } from './verdict';

/** The JSON that `factsSql` makes of a relationship. */
export interface FactsJson {
  zone: string | null;
  brandZone: string;
  consents: Partial<Record<ConsentPurpose, boolean>> | null;
  allowed: boolean | null;
  muted: boolean;
  preferredHour: number | null;
  hasAddress: boolean;
  bounced: boolean;
  ownQuiet: QuietHours | null;
  brandQuiet: QuietHours | null;
  caps: FrequencyCap[] | null;
  reached: [channel: ChannelName, at: number][] | null;
}

const quiet = (of: string): string => `CASE WHEN ${of}.quiet_from IS NOT NULL
  THEN jsonb_build_object('from', ${of}.quiet_from, 'until', ${of}.quiet_until) END`;

// Notices the customer waits for (an order, a code) burden nobody and count for nothing.
const reachedSql = (at: string, most: string): string => `
  SELECT jsonb_agg(jsonb_build_array(n.channel, n.at)) FROM (
    SELECT m.channel, (extract(epoch FROM d.delivered_at) * 1000)::bigint AS at
    FROM deliveries d JOIN messages m ON m.id = d.message_id
    WHERE d.customer_id = r.customer_id AND d.brand_id = r.brand_id AND d.state = 'DELIVERED'
      AND m.kind <> 'NOTIFY' AND jsonb_array_length(f.caps) > 0
      AND d.delivered_at <= ${at} AND d.delivered_at > ${at} - interval '168 hours'
    ORDER BY d.delivered_at DESC LIMIT ${most}) n`;

/**
 * All that decides whether a message may go to the customer of the relationship `r`, as JSON. Takes the
 * placeholders of the channel, the moment, and the most deliveries to look at; a handful of index look-ups.
 */
export function factsSql(channel: string, at: string, most: string): string {
  return `(
    SELECT jsonb_build_object(
      'zone', r.traits->'timezone', 'brandZone', b.timezone,
      'consents', (SELECT jsonb_object_agg(c.purpose, c.granted) FROM consents c
        WHERE c.brand_id = r.brand_id AND c.customer_id = r.customer_id),
      'allowed', p.allowed, 'preferredHour', p.preferred_hour,
      'muted', EXISTS (SELECT FROM micronbox_permissions w WHERE w.brand_id = r.brand_id
        AND w.customer_id = r.customer_id AND NOT w.allowed),
      'hasAddress', ${hasAddressSql(channel, 'p.allowed')}, 'bounced', ${bouncedSql(channel)},
      'ownQuiet', ${quiet('q')}, 'brandQuiet', ${quiet('f')},
      'caps', f.caps, 'reached', (${reachedSql(at, most)}))
    FROM brands b
    LEFT JOIN frequency_policies f ON f.brand_id = b.id
    LEFT JOIN channel_preferences p ON p.brand_id = b.id AND p.customer_id = r.customer_id
      AND p.channel = ${channel}
    LEFT JOIN quiet_hours q ON q.brand_id = b.id AND q.customer_id = r.customer_id
    WHERE b.id = r.brand_id)`;
}

/** The facts in such JSON. A customer's quiet hours stand instead of the brand's. */
export function toFacts(json: FactsJson): ContactFacts {
  const { zone, brandZone, ownQuiet, brandQuiet } = json;
  return {
    consents: json.consents ?? {},
    allowed: json.allowed,
    muted: json.muted,
    preferredHour: json.preferredHour,
    hasAddress: json.hasAddress,
    bounced: json.bounced,
    zone: zoneIn({ timezone: zone }) ?? brandZone,
    quietHours: ownQuiet ?? brandQuiet,
    caps: json.caps ?? [],
    reached: (json.reached ?? []).map(([channel, at]) => ({ channel, at })),
  };
}
