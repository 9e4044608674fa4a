import type { CommandTransaction } from '../platform/database/command';
import type { DeliveryStateName } from './delivery-state';
import { deliveryId } from './message.id';

/** A message that has reached a customer. */
export interface DeliveryDraft {
  brandId: string;
  messageId: string;
  customerId: string;
  deliveredAt: Date;
  state: DeliveryStateName;
}

/** Rows of one INSERT: many enough to be quick, few enough to end well within the statement timeout. */
const rowsPerStatement = 10_000;

const insert = `
  INSERT INTO deliveries (id, brand_id, message_id, customer_id, delivered_at, recorded_at, state)
  SELECT t.id, t.brand_id, t.message_id, t.customer_id, t.delivered_at, $6, t.state
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[], $7::text[])
    AS t(id, brand_id, message_id, customer_id, delivered_at, state)
  ORDER BY t.brand_id, t.message_id, t.customer_id
  ON CONFLICT (brand_id, message_id, customer_id) DO UPDATE SET state = excluded.state
  WHERE deliveries.state = 'DELIVERED' AND excluded.state <> 'DELIVERED'
  RETURNING brand_id, message_id, customer_id`;

interface StoredRow {
  brand_id: string;
  message_id: string;
  customer_id: string;
}

function nameOf(draft: Pick<DeliveryDraft, 'brandId' | 'messageId' | 'customerId'>): string {
  return `${draft.brandId} ${draft.messageId} ${draft.customerId}`;
}

/**
 * Inserts deliveries. Answers in order whether each is news: the first of its message to its customer,
 * or the first that says it bounced or was suppressed, which a delivery does not undo. One statement for up to 10,000 of them.
 */
export async function insertDeliveries(
  tx: CommandTransaction,
  drafts: readonly DeliveryDraft[],
): Promise<boolean[]> {
  const firsts = new Map<string, number>();
  drafts.forEach((draft, at) => {
    const known = drafts[firsts.get(nameOf(draft)) ?? -1];
    const worse = known?.state === 'DELIVERED' && draft.state !== 'DELIVERED';
    if (known === undefined || worse) firsts.set(nameOf(draft), at);
  });
  // Sorted over the whole list, so that two batches meet at the same rows in the same order.
  const sorted = [...firsts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, at]) => at);
  const isNew = drafts.map(() => false);
  for (let start = 0; start < sorted.length; start += rowsPerStatement) {
    const places = sorted.slice(start, start + rowsPerStatement);
    const chosen = places.map((at) => drafts[at] as DeliveryDraft);
    const rows = await tx.query<StoredRow>(insert, [
      chosen.map(() => deliveryId.create()),
      chosen.map((draft) => draft.brandId),
      chosen.map((draft) => draft.messageId),
      chosen.map((draft) => draft.customerId),
      chosen.map((draft) => draft.deliveredAt),
      tx.now,
      chosen.map((draft) => draft.state),
    ]);
    for (const { brand_id: brandId, message_id, customer_id: customerId } of rows) {
      isNew[firsts.get(nameOf({ brandId, messageId: message_id, customerId })) as number] = true;
    }
  }
  return isNew;
}
