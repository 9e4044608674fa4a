import type { ChannelName } from '../messages';

/** Channels on which a message goes out to the customer, who need not come by for it. */
export const pushChannels = [
  'EMAIL',
  'SMS',
  'WHATSAPP',
  'RCS',
  'PUSH',
] as const satisfies readonly ChannelName[];

const pushRows = pushChannels.map((channel) => `('${channel}')`).join(', ');

/**
 * Whether a channel has something to send to, over the relationship `r` and the customer's preference
 * `p`. A push token is the brand's own affair: that it has one it says by allowing the channel.
 */
export function hasAddressSql(channel: string, allowed: string, r = 'r'): string {
  return `(contact_address(${channel}, ${r}.email, ${r}.phone) IS NOT NULL
    AND (${channel} <> 'PUSH' OR coalesce(${allowed}, false)))`;
}

/** Whether what was last sent to the relationship's present address on a channel bounced. */
export function bouncedSql(channel: string, r = 'r'): string {
  return `EXISTS (SELECT FROM bounces x WHERE x.brand_id = ${r}.brand_id
    AND x.customer_id = ${r}.customer_id AND x.channel = ${channel}
    AND x.address = contact_address(${channel}, ${r}.email, ${r}.phone) AND x.cleared_at IS NULL)`;
}

/** A row `(channel)` for each channel on which a message would reach the customer of a relationship. */
export function deliverableChannels(r = 'r'): string {
  return `
    SELECT k.channel FROM (VALUES ${pushRows}) AS k(channel)
    LEFT JOIN channel_preferences p ON p.brand_id = ${r}.brand_id
      AND p.customer_id = ${r}.customer_id AND p.channel = k.channel
    WHERE coalesce(p.allowed, true) AND ${hasAddressSql('k.channel', 'p.allowed', r)}
      AND NOT ${bouncedSql('k.channel', r)}`;
}

/** Whether the customer of a relationship lets the brand send messages. */
export function consentedSql(r = 'r'): string {
  return `EXISTS (SELECT FROM consents c WHERE c.brand_id = ${r}.brand_id
    AND c.customer_id = ${r}.customer_id AND c.purpose = 'MESSAGES' AND c.granted)`;
}

/**
 * SQL, true where the brand of a row of `relationships` (by its alias) reaches its customer: the customer
 * has consented to MESSAGES, and at least one push channel is neither denied nor without a working
 * address. Index look-ups only, so that it can stand in a statement over a page or over a base.
 */
export function reachableSql(r = 'r'): string {
  return `(${consentedSql(r)} AND EXISTS (${deliverableChannels(r)}))`;
}
