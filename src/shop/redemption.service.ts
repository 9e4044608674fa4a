import { accounts, type AccountRef, type ShareRef } from '../ledger';
import type { CommandTransaction } from '../platform/database/command';
import type { RedemptionRow } from './redemption.entity';
import { announceRedemptions } from './redemption.topics';
import { returnStock, takeStock } from './stock';

/*
 * Lock order of the shop: redemptions by id, then items that can run out by brand and external id, then
 * the ledger's accounts by id (inside Posting.open), then nothing more. Whoever ends a redemption, by
 * whatever command or job, takes its row lock first and reads its state with that lock; so a
 * redemption ends once, and nobody who holds an account ever waits for a redemption or an item. The job that expires holds skips rows that are locked. A new redemption is
 * inserted under the accounts' locks, but nobody else can know its row yet.
 */

const lockSql = `
  SELECT r.* FROM redemptions r
  WHERE (r.brand_id, r.id) IN (SELECT t.brand_id, t.id FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, id))
  ORDER BY r.id FOR NO KEY UPDATE OF r`;

/** A redemption as one brand names it. */
export interface RedemptionRef {
  brandId: string;
  id: string;
}

/** Locks redemptions of these brands, in id order, and answers them as they are now, by UUID. */
export async function lockRedemptions(
  tx: CommandTransaction,
  refs: readonly RedemptionRef[],
): Promise<Map<string, RedemptionRow>> {
  if (refs.length === 0) return new Map();
  const rows = await tx.query<RedemptionRow>(lockSql, [
    refs.map(({ brandId }) => brandId),
    refs.map(({ id }) => id),
  ]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The accounts that moving the Mu of a redemption may touch. */
export function accountsOf({ brandId, customerId }: ShareRef): AccountRef[] {
  return [accounts.wallet(customerId), accounts.hold(customerId), accounts.burn(brandId)];
}

/** The customer and the brand of a redemption, as the ledger names a share. */
export function pairOfRedemption(row: RedemptionRow): ShareRef {
  return { brandId: row.brand_id, customerId: row.customer_id };
}

/** Words for the statement. An item's name is the brand's; free text may name a person and stays out. */
export function reasonFor(what: string, item: string | null): string {
  return item === null ? what : `${what}: ${item}`;
}

/** The item's name as it was when it was redeemed; null for a redemption without one. */
export function itemNameOf(row: RedemptionRow): string | null {
  return row.item_id === null ? null : row.description;
}

const insertSql = `
  INSERT INTO redemptions (id, brand_id, customer_id, item_id, amount, description, state, expires_at,
    stock_taken, created_at)
  SELECT t.id, t.brand_id, t.customer_id, t.item_id, t.amount, t.description, 'PENDING', t.expires_at,
    t.stock_taken, $9
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::text[], $7::timestamptz[],
    $8::boolean[])
    AS t(id, brand_id, customer_id, item_id, amount, description, expires_at, stock_taken)`;

/** Stores new redemptions, writes off what they took and announces them; their items are locked. */
export async function insertRedemptions(
  tx: CommandTransaction,
  rows: readonly RedemptionRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const column = (name: keyof RedemptionRow) => rows.map((row) => row[name]);
  await tx.query(insertSql, [
    column('id'),
    column('brand_id'),
    column('customer_id'),
    column('item_id'),
    column('amount'),
    column('description'),
    column('expires_at'),
    column('stock_taken'),
    tx.now,
  ]);
  await takeStock(tx, rows);
  announceRedemptions(tx, rows);
}

const statesSql = `
  UPDATE redemptions r SET state = t.state, resolved_at = t.resolved_at
  FROM unnest($1::uuid[], $2::text[], $3::timestamptz[]) AS t(id, state, resolved_at)
  WHERE r.id = t.id`;

/** Writes and announces the states of redemptions that were locked, and puts back what they had taken. */
export async function storeStates(
  tx: CommandTransaction,
  rows: readonly RedemptionRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(statesSql, [
    rows.map((row) => row.id),
    rows.map((row) => row.state),
    rows.map((row) => row.resolved_at),
  ]);
  await returnStock(tx, rows);
  announceRedemptions(tx, rows);
}
