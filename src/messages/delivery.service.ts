import type { CommandTransaction } from '../platform/database/command';
import { noteBounces } from './bounce-book';
import type { MessageKindName } from './channel';
import type { DeliveryStateName } from './delivery-state';
import { deliveryId } from './message.id';

/** A message that has reached a customer. */
export interface DeliveryDraft {
  brandId: string;
  messageId: string;
  /** Of the message. */
  kind: MessageKindName;
  customerId: string;
  deliveredAt: Date;
  state: DeliveryStateName;
  /** Of `deliveredAt`, where the customer is; as `2026-11-21`. */
  localDay: string;
}

/** What recording a delivery changed. */
export interface DeliveryChange {
  deliveryId: string;
  brandId: string;
  messageId: string;
  kind: MessageKindName;
  customerId: string;
  /** When it was thought delivered; of a delivery known before, as it was told first. */
  deliveredAt: Date;
  localDay: string;
  /** What was known of it before; null when nothing was. */
  before: DeliveryStateName | null;
  after: DeliveryStateName;
}

/** Rows of one INSERT: many enough to be quick, few enough to end well within the statement timeout. */
const rowsPerStatement = 10_000;

// Only what was delivered becomes worse, so that is what a changed row was.
const insert = `
  INSERT INTO deliveries (id, brand_id, message_id, customer_id, delivered_at, recorded_at, state, local_day)
  SELECT t.id, t.brand_id, t.message_id, t.customer_id, t.delivered_at, $6, t.state, t.local_day
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[], $7::text[], $8::date[])
    AS t(id, brand_id, message_id, customer_id, delivered_at, state, local_day)
  ORDER BY t.brand_id, t.message_id, t.customer_id
  ON CONFLICT (brand_id, message_id, customer_id) DO UPDATE SET state = excluded.state
  WHERE deliveries.state = 'DELIVERED' AND excluded.state <> 'DELIVERED'
  RETURNING id, brand_id, message_id, customer_id, delivered_at, local_day::text, state`;

interface StoredRow {
  id: string;
  brand_id: string;
  message_id: string;
  customer_id: string;
  delivered_at: Date;
  local_day: string;
  state: DeliveryStateName;
}

function nameOf(draft: Pick<DeliveryDraft, 'brandId' | 'messageId' | 'customerId'>): string {
  return `${draft.brandId} ${draft.messageId} ${draft.customerId}`;
}

/**
 * Inserts deliveries. Answers in order what each changed, null for one that is no news: the first of its
 * message to its customer is, and the first that says it bounced or was suppressed, which a delivery does
 * not undo. One statement for up to 10,000 of them.
 */
export async function insertDeliveries(
  tx: CommandTransaction,
  drafts: readonly DeliveryDraft[],
): Promise<(DeliveryChange | null)[]> {
  const firsts = new Map<string, number>();
  drafts.forEach((draft, at) => {
    const known = drafts[firsts.get(nameOf(draft)) ?? -1];
    const worse = known?.state === 'DELIVERED' && draft.state !== 'DELIVERED';
    if (known === undefined || worse) firsts.set(nameOf(draft), at);
  });
  // Sorted over the whole list, so that two batches meet at the same rows in the same order.
  const sorted = [...firsts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, at]) => at);
  const changes = drafts.map((): DeliveryChange | null => null);
  for (let start = 0; start < sorted.length; start += rowsPerStatement) {
    const places = sorted.slice(start, start + rowsPerStatement);
    const chosen = places.map((at) => drafts[at] as DeliveryDraft);
    const ids = chosen.map(() => deliveryId.create());
    const rows = await tx.query<StoredRow>(insert, [
      ids,
      chosen.map((draft) => draft.brandId),
      chosen.map((draft) => draft.messageId),
      chosen.map((draft) => draft.customerId),
      chosen.map((draft) => draft.deliveredAt),
      tx.now,
      chosen.map((draft) => draft.state),
      chosen.map((draft) => draft.localDay),
    ]);
    const isNew = new Set(ids);
    for (const row of rows) {
      const at = firsts.get(nameOfRow(row)) as number;
      const { kind } = drafts[at] as DeliveryDraft;
      changes[at] = changeOf(row, isNew.has(row.id), kind);
    }
    await noteBounces(
      tx,
      places.flatMap((at) => (changes[at] ? [drafts[at] as DeliveryDraft] : [])),
    );
  }
  made.set(tx, [...(made.get(tx) ?? []), ...changes.filter((change) => change !== null)]);
  return changes;
}

/** For those who follow what records deliveries, and are not told which. */
const made = new WeakMap<CommandTransaction, DeliveryChange[]>();

/** What a transaction has changed of deliveries so far. */
export function deliveryChanges(tx: CommandTransaction): readonly DeliveryChange[] {
  return made.get(tx) ?? [];
}

function nameOfRow({ brand_id, message_id, customer_id }: StoredRow): string {
  return nameOf({ brandId: brand_id, messageId: message_id, customerId: customer_id });
}

function changeOf(row: StoredRow, isNew: boolean, kind: MessageKindName): DeliveryChange {
  return {
    deliveryId: row.id,
    brandId: row.brand_id,
    messageId: row.message_id,
    kind,
    customerId: row.customer_id,
    deliveredAt: row.delivered_at,
    localDay: row.local_day,
    before: isNew ? null : 'DELIVERED',
    after: row.state,
  };
}
