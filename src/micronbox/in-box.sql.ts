import type { Limits } from '../platform/limits';

/**
 * SQL, true where a person has consented to a brand's MARKETING by their own word, over a row `r` that has
 * both ids. What a brand says of somebody's consent opens nobody's box; what it takes back closes it.
 */
function consentedSql(r: string): string {
  const standing = (purpose: string) => `SELECT FROM consents c WHERE c.brand_id = ${r}.brand_id
    AND c.customer_id = ${r}.customer_id AND c.purpose = '${purpose}'`;
  // Few say so themselves, and they have an index of their own: for all others nothing else is looked up.
  return `(coalesce((SELECT h.granted FROM consent_receipts h
      WHERE h.customer_id = ${r}.customer_id AND h.brand_id = ${r}.brand_id
        AND h.purpose = 'MARKETING' AND h.told_by = 'CUSTOMER'
      ORDER BY h.given_at DESC, h.id DESC LIMIT 1), false)
    AND EXISTS (${standing('MARKETING')} AND c.granted)
    AND NOT EXISTS (${standing('MESSAGES')} AND NOT c.granted))`;
}

/** SQL for a permission of the person of row `r`, whose word on the box, if any, is row `p`. */
export function permissionSql(r: string, p: string): string {
  return `CASE WHEN ${p}.allowed THEN 'ALLOWED' WHEN NOT ${p}.allowed THEN 'MUTED'
    WHEN ${consentedSql(r)} THEN 'CONSENTED' ELSE 'CLOSED' END`;
}

/** SQL, true where the box of the person of row `r` is open to the brand. */
export function openSql(r: string, p: string): string {
  return `coalesce(${p}.allowed, ${consentedSql(r)})`;
}

const days = (placeholder: string) => `make_interval(days => ${placeholder}::integer)`;

/** SQL for when a delivery `d` with the marks `k` leaves the box; null for a saved one. */
export function leavesSql(readDays: string, unreadDays: string): string {
  return `CASE WHEN k.saved_at IS NULL THEN CASE
    WHEN k.read_at IS NOT NULL THEN greatest(k.read_at, k.let_go_at) + ${days(readDays)}
    ELSE greatest(d.delivered_at + ${days(unreadDays)}, k.let_go_at + ${days(readDays)}) END END`;
}

/** SQL, true where a delivery `d` is in the box, with its marks `k`, the word `p` and when it leaves. */
export function inBoxSql(open: string, leaves: string, now: string): string {
  return `(k.saved_at IS NOT NULL OR (${open} AND ${leaves} > ${now}
    AND d.recorded_at >= coalesce(p.since, '-infinity')))`;
}

/** That a delivery `d` of a message `m` is a micron that arrived. */
export const isMicronSql = `d.state = 'DELIVERED' AND m.kind IN ('MICRON', 'EM')`;

/** Tables `m`, `k` and `p` to a delivery `d`. */
export const joinMarksSql = `
  JOIN messages m ON m.id = d.message_id AND m.brand_id = d.brand_id
  LEFT JOIN micronbox_marks k ON k.customer_id = d.customer_id AND k.brand_id = d.brand_id
    AND k.message_id = d.message_id
  LEFT JOIN micronbox_permissions p ON p.customer_id = d.customer_id AND p.brand_id = d.brand_id`;

/**
 * Common table expressions `mine` and `box`: the brands a person is known to, and the microns in both
 * folders. $1 is the person, $2 the viewer, $3 now, $4 and $5 the days of read and unread microns. Looked
 * at are the person's deliveries of those days and what they saved, never a brand's.
 */
export const boxSql = `
  WITH mine AS MATERIALIZED (
    SELECT r.brand_id, r.traits -> 'timezone' AS own_zone, ${openSql('r', 'p')} AS open
    FROM relationships r
    LEFT JOIN micronbox_permissions p ON p.customer_id = r.customer_id AND p.brand_id = r.brand_id
    WHERE r.customer_id = $1 AND r.customer_id = $2),
  candidates AS (
    SELECT d.* FROM deliveries d
    WHERE d.customer_id = $1 AND d.delivered_at > $3::timestamptz - ${days('$4 + $5')}
    UNION ALL
    SELECT d.* FROM micronbox_marks k
    JOIN deliveries d ON d.brand_id = k.brand_id AND d.message_id = k.message_id
      AND d.customer_id = k.customer_id
    WHERE k.customer_id = $1 AND (k.saved_at IS NOT NULL OR k.let_go_at > $3::timestamptz - ${days('$4')})
      AND d.delivered_at <= $3::timestamptz - ${days('$4 + $5')}),
  box AS (
    SELECT d.id, d.brand_id, d.customer_id, d.message_id, d.delivered_at, d.recorded_at,
      m.channel, m.kind, m.subject, m.open_mu, m.action_mu_max, m.expires_at,
      k.read_at, k.saved_at, x.leaves_at,
      CASE WHEN k.saved_at IS NULL THEN 'INBOX' ELSE 'SAVED' END AS folder
    FROM candidates d JOIN mine b ON b.brand_id = d.brand_id ${joinMarksSql}
    CROSS JOIN LATERAL (SELECT ${leavesSql('$4', '$5')} AS leaves_at) x
    WHERE ${isMicronSql} AND ${inBoxSql('b.open', 'x.leaves_at', '$3::timestamptz')})`;

/** The values of $1 to $5. `viewer` is whose token asks; a box is shown to nobody else. */
export function boxValues(person: string, viewer: string, now: Date, limits: Limits): unknown[] {
  return [person, viewer, now, limits.micronboxReadDays, limits.micronboxUnreadDays];
}
