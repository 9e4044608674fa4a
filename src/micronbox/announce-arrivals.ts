import { deliveryChanges, deliveryId, messageId, type DeliveryChange } from '../messages';
import type { CommandTransaction } from '../platform/database/command';
import type { Follower } from '../platform/feature';
import { openSql } from './in-box.sql';

/** What micronboxes announce. */
export const micronboxTopics = {
  'micron.arrived':
    'A micron or an em has come into the box of a customer who lets the brand in: deliveryId, messageId.',
};

/** Deliveries of one statement: many enough to be quick, few enough to end well within the timeout. */
const deliveriesPerStatement = 10_000;

const arrivedSql = `
  SELECT t.place::integer
  FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS t(brand_id, customer_id, place)
  LEFT JOIN micronbox_permissions p ON p.customer_id = t.customer_id AND p.brand_id = t.brand_id
  WHERE ${openSql('t', 'p')}
  ORDER BY t.place`;

/** Tells people of microns that were just delivered to them, in the transaction of the deliveries. */
export const announceArrivals: Follower = async (tx) => {
  const oldest = tx.now.getTime() - tx.limits.micronboxUnreadDays * 86_400_000;
  const news = deliveryChanges(tx).filter(
    ({ kind, before, after, deliveredAt }) =>
      (kind === 'MICRON' || kind === 'EM') &&
      before === null &&
      after === 'DELIVERED' &&
      deliveredAt.getTime() > oldest,
  );
  for (let start = 0; start < news.length; start += deliveriesPerStatement) {
    await announce(tx, news.slice(start, start + deliveriesPerStatement));
  }
};

async function announce(tx: CommandTransaction, news: readonly DeliveryChange[]): Promise<void> {
  const rows = await tx.query<{ place: number }>(arrivedSql, [
    news.map((one) => one.brandId),
    news.map((one) => one.customerId),
  ]);
  for (const { place } of rows) {
    const one = news[place - 1] as DeliveryChange;
    tx.announce({
      topic: 'micron.arrived',
      brandId: one.brandId,
      customerId: one.customerId,
      payload: {
        deliveryId: deliveryId.encode(one.deliveryId),
        messageId: messageId.encode(one.messageId),
      },
    });
  }
}
