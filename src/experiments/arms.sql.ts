/** The columns of an arm's row that add up, in one order everywhere. */
export const additive = [
  'members',
  'delivered',
  'opened',
  'clicked',
  'ordered',
  'reactivated',
  'verified',
  'deliveries',
  'orders',
  'revenue_minor',
] as const;

/**
 * What a member has done, a bit each; who clicked has opened, and all of it counts once. `m` is the member.
 */
export const bitsSql = `(1
  + 2 * (m.delivered_at IS NOT NULL)::integer
  + 4 * (m.opened_at IS NOT NULL OR m.clicked_at IS NOT NULL)::integer
  + 8 * (m.clicked_at IS NOT NULL)::integer
  + 16 * (m.ordered_at IS NOT NULL)::integer
  + 32 * (m.reactivated_at IS NOT NULL)::integer
  + 64 * (m.verified_at IS NOT NULL)::integer)`;

const gain = (bit: number): string => `sum((${bitsSql} & ${bit}) - (m.counted & ${bit})) / ${bit}`;

/** What members add to their arm beyond what it has counted, as the additive columns in order. */
export const gainsSql = [
  ...[1, 2, 4, 8, 16, 32, 64].map(gain),
  'sum(m.deliveries - m.counted_deliveries)',
  'sum(m.orders - m.counted_orders)',
  'sum(m.revenue_minor - m.counted_revenue)',
]
  .map((sum, at) => `(${sum})::bigint AS ${additive[at] ?? ''}`)
  .join(',\n    ');
