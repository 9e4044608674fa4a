import type { CommandTransaction } from '../platform/database/command';
import type { DeliveryDraft } from './delivery.service';

const told = `unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[])
  AS t(brand_id, message_id, customer_id, at)`;

const bouncedSql = `
  INSERT INTO bounces AS b (brand_id, customer_id, channel, address, bounced_at)
  SELECT r.brand_id, r.customer_id, m.channel, contact_address(m.channel, r.email, r.phone), max(t.at)
  FROM ${told}
  JOIN messages m ON m.brand_id = t.brand_id AND m.id = t.message_id
  JOIN relationships r ON r.brand_id = t.brand_id AND r.customer_id = t.customer_id
  WHERE contact_address(m.channel, r.email, r.phone) IS NOT NULL
  GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
  ON CONFLICT (brand_id, customer_id, channel, address)
    DO UPDATE SET bounced_at = excluded.bounced_at, cleared_at = NULL
    WHERE greatest(b.bounced_at, b.cleared_at) < excluded.bounced_at`;

// Begins with the few addresses that are dead, since nearly everything is delivered to others.
const clearedSql = `
  UPDATE bounces b SET cleared_at = l.at
  FROM (SELECT x.brand_id, x.customer_id, x.channel, x.address, t.at FROM ${told}
    JOIN bounces x ON x.brand_id = t.brand_id AND x.customer_id = t.customer_id
      AND x.cleared_at IS NULL AND x.bounced_at < t.at
    JOIN messages m ON m.brand_id = t.brand_id AND m.id = t.message_id AND m.channel = x.channel
    JOIN relationships r ON r.brand_id = t.brand_id AND r.customer_id = t.customer_id
      AND contact_address(m.channel, r.email, r.phone) = x.address
    ORDER BY x.brand_id, x.customer_id, x.channel, x.address FOR NO KEY UPDATE OF x) l
  WHERE b.brand_id = l.brand_id AND b.customer_id = l.customer_id AND b.channel = l.channel
    AND b.address = l.address`;

/**
 * Learns from deliveries which addresses work: one that bounced counts as dead until the customer has
 * another, or until something sent later arrives there after all. The address is the one the brand named
 * last. At most two statements.
 */
export async function noteBounces(
  tx: CommandTransaction,
  deliveries: readonly DeliveryDraft[],
): Promise<void> {
  for (const [state, sql] of [
    ['BOUNCED', bouncedSql],
    ['DELIVERED', clearedSql],
  ] as const) {
    const those = deliveries.filter((delivery) => delivery.state === state);
    if (those.length === 0) continue;
    await tx.query(sql, [
      those.map(({ brandId }) => brandId),
      those.map(({ messageId }) => messageId),
      those.map(({ customerId }) => customerId),
      those.map(({ deliveredAt }) => deliveredAt),
    ]);
  }
}
