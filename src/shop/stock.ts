import type { CommandTransaction } from '../platform/database/command';
import type { RedemptionRow } from './redemption.entity';
import type { ShopItemRow } from './shop-item.entity';

/** An item as a command names it: of the shop of one brand. */
export interface ItemRef {
  brandId: string;
  id: string;
}

const readSql = `
  SELECT i.* FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, id)
  JOIN shop_items i ON i.brand_id = t.brand_id AND i.id = t.id`;

// The order in which upsertShopItem writes them.
const lockSql = `
  SELECT i.* FROM shop_items i WHERE i.id = ANY ($1::uuid[])
  ORDER BY i.brand_id, i.external_id FOR NO KEY UPDATE OF i`;

/**
 * Items by UUID, as they are now. Those that can run out are locked, so that nobody else takes the
 * last one; the others everybody may have at the same moment.
 */
export async function itemsToRedeem(
  tx: CommandTransaction,
  refs: readonly ItemRef[],
): Promise<Map<string, ShopItemRow>> {
  if (refs.length === 0) return new Map();
  const found = await tx.query<ShopItemRow>(readSql, [
    refs.map(({ brandId }) => brandId),
    refs.map(({ id }) => id),
  ]);
  const items = new Map(found.map((item) => [item.id, item]));
  const limited = [...items.values()].filter((item) => item.stock !== null);
  if (limited.length === 0) return items;
  const locked = await tx.query<ShopItemRow>(lockSql, [limited.map((item) => item.id)]);
  for (const item of locked) items.set(item.id, item);
  return items;
}

const takeSql = `
  UPDATE shop_items i SET stock = i.stock - t.taken
  FROM unnest($1::uuid[], $2::bigint[]) AS t(id, taken) WHERE i.id = t.id`;

/** Writes off what new redemptions took of items that are locked. */
export async function takeStock(
  tx: CommandTransaction,
  rows: readonly RedemptionRow[],
): Promise<void> {
  const taken = countByItem(rows);
  if (taken.size === 0) return;
  await tx.query(takeSql, [[...taken.keys()], [...taken.values()]]);
}

/** Locks the items that these redemptions, if they are called off, give back. */
export async function lockStockOf(
  tx: CommandTransaction,
  rows: readonly RedemptionRow[],
): Promise<void> {
  const items = [...countByItem(rows).keys()];
  if (items.length > 0) await tx.query(lockSql, [items]);
}

const lockAtOnceSql = `
  SELECT i.id FROM shop_items i WHERE i.id = ANY ($1::uuid[])
  ORDER BY i.brand_id, i.external_id FOR NO KEY UPDATE OF i SKIP LOCKED`;

/** As `lockStockOf`, but without waiting: whether all of them could be locked. */
export async function lockStockAtOnce(
  tx: CommandTransaction,
  rows: readonly RedemptionRow[],
): Promise<boolean> {
  const items = [...countByItem(rows).keys()];
  if (items.length === 0) return true;
  return (await tx.query(lockAtOnceSql, [items])).length === items.length;
}

const returnSql = `
  UPDATE shop_items i SET stock = i.stock + t.returned
  FROM unnest($1::uuid[], $2::bigint[]) AS t(id, returned) WHERE i.id = t.id AND i.stock IS NOT NULL`;

/** Puts back what redemptions that came to nothing had taken; their items are locked. */
export async function returnStock(
  tx: CommandTransaction,
  rows: readonly RedemptionRow[],
): Promise<void> {
  const returned = countByItem(rows.filter((row) => row.state !== 'CAPTURED'));
  if (returned.size > 0) await tx.query(returnSql, [[...returned.keys()], [...returned.values()]]);
}

function countByItem(rows: readonly RedemptionRow[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { item_id: item, stock_taken: taken } of rows) {
    if (taken && item !== null) counts.set(item, (counts.get(item) ?? 0) + 1);
  }
  return counts;
}

const hadSql = `
  SELECT r.customer_id, r.item_id, count(*) AS had
  FROM unnest($1::uuid[], $2::uuid[]) AS t(customer_id, item_id)
  JOIN redemptions r ON r.item_id = t.item_id AND r.customer_id = t.customer_id
  WHERE r.state IN ('PENDING', 'CAPTURED') GROUP BY r.customer_id, r.item_id`;

/** How many of an item a customer has, those on hold included; read under the customer's wallet. */
export class ItemsHad {
  private constructor(private readonly counts: Map<string, number>) {}

  static async read(
    tx: Pick<CommandTransaction, 'query'>,
    wanted: readonly { customerId: string; itemId: string }[],
  ): Promise<ItemsHad> {
    const distinct = [...new Map(wanted.map((one) => [keyOf(one), one])).values()];
    if (distinct.length === 0) return new ItemsHad(new Map());
    const rows = await tx.query<{ customer_id: string; item_id: string; had: number }>(hadSql, [
      distinct.map((one) => one.customerId),
      distinct.map((one) => one.itemId),
    ]);
    return new ItemsHad(
      new Map(
        rows.map((row) => [keyOf({ customerId: row.customer_id, itemId: row.item_id }), row.had]),
      ),
    );
  }

  of(customerId: string, itemId: string): number {
    return this.counts.get(keyOf({ customerId, itemId })) ?? 0;
  }

  add(customerId: string, itemId: string): void {
    this.counts.set(keyOf({ customerId, itemId }), this.of(customerId, itemId) + 1);
  }
}

function keyOf({ customerId, itemId }: { customerId: string; itemId: string }): string {
  return `${customerId} ${itemId}`;
}
