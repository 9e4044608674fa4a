import type { CommandTransaction } from '../platform/database/command';
import { deliveryId } from './message.id';

/** A message that has reached a customer. */
export interface DeliveryDraft {
  brandId: string;
  messageId: string;
  customerId: string;
  deliveredAt: Date;
}

/** Rows of one INSERT: many enough to be quick, few enough to end well within the statement timeout. */
const rowsPerStatement = 10_000;

const insert = `
  INSERT INTO deliveries (id, brand_id, message_id, customer_id, delivered_at, recorded_at)
  SELECT t.id, t.brand_id, t.message_id, t.customer_id, t.delivered_at, $6
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[])
    AS t(id, brand_id, message_id, customer_id, delivered_at)
  ORDER BY t.brand_id, t.message_id, t.customer_id
  ON CONFLICT (brand_id, message_id, customer_id) DO NOTHING
  RETURNING id`;

function nameOf(draft: DeliveryDraft): string {
  return `${draft.brandId} ${draft.messageId} ${draft.customerId}`;
}

/**
 * Inserts deliveries. Answers in order whether each is the first of its message to its customer; of
 * several in the list the first counts. One statement for up to 10,000 of them.
 */
export async function insertDeliveries(
  tx: CommandTransaction,
  drafts: readonly DeliveryDraft[],
): Promise<boolean[]> {
  const firsts = new Map<string, number>();
  drafts.forEach((draft, at) => {
    if (!firsts.has(nameOf(draft))) firsts.set(nameOf(draft), at);
  });
  // Sorted over the whole list, so that two batches meet at the same rows in the same order.
  const sorted = [...firsts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, at]) => at);
  const isNew = drafts.map(() => false);
  for (let start = 0; start < sorted.length; start += rowsPerStatement) {
    const places = sorted.slice(start, start + rowsPerStatement);
    const ids = new Map(places.map((at) => [deliveryId.create(), at]));
    const chosen = places.map((at) => drafts[at] as DeliveryDraft);
    const rows = await tx.query<{ id: string }>(insert, [
      [...ids.keys()],
      chosen.map((draft) => draft.brandId),
      chosen.map((draft) => draft.messageId),
      chosen.map((draft) => draft.customerId),
      chosen.map((draft) => draft.deliveredAt),
      tx.now,
    ]);
    for (const row of rows) isNew[ids.get(row.id) as number] = true;
  }
  return isNew;
}
