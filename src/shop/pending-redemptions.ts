import type { Posting } from '../ledger';
import type { CommandTransaction } from '../platform/database/command';
import { ConflictError } from '../platform/database/errors';
import { cancelled, conclude } from './conclusion';
import type { RedemptionRow } from './redemption.entity';
import { storeStates } from './redemption.service';
import { lockStockAtOnce, lockStockOf } from './stock';

const lockSql = `
  SELECT r.* FROM redemptions r
  WHERE r.customer_id = ANY ($1::uuid[]) AND r.state = 'PENDING'
  ORDER BY r.id FOR NO KEY UPDATE OF r`;

const lockNewSql = `
  SELECT r.* FROM redemptions r
  WHERE r.customer_id = ANY ($1::uuid[]) AND r.state = 'PENDING' AND r.id <> ALL ($2::uuid[])
  ORDER BY r.id FOR NO KEY UPDATE OF r SKIP LOCKED`;

const countSql = `
  SELECT count(*) AS pending FROM redemptions r
  WHERE r.customer_id = ANY ($1::uuid[]) AND r.state = 'PENDING'`;

/**
 * All that is on hold for customers, with whatever brand, to be called off together. In the lock order
 * of the shop: `lock` before the accounts, `cancelAll` under them.
 */
export class PendingRedemptions {
  private constructor(
    private readonly tx: CommandTransaction,
    private readonly customerIds: readonly string[],
    private readonly rows: RedemptionRow[],
  ) {}

  static async lock(
    tx: CommandTransaction,
    customerIds: readonly string[],
  ): Promise<PendingRedemptions> {
    const rows = await tx.query<RedemptionRow>(lockSql, [customerIds]);
    await lockStockOf(tx, rows);
    return new PendingRedemptions(tx, customerIds, rows);
  }

  /**
   * Cancels them and stores it; the wallets and holds of the customers are locked, and all their
   * shares are read. A redemption made between the two locks is taken as well, without waiting for
   * it: whoever holds it waits for the accounts, and then everything is tried again.
   */
  async cancelAll(posting: Posting): Promise<RedemptionRow[]> {
    const known = this.rows.map((row) => row.id);
    const made = await this.tx.query<RedemptionRow>(lockNewSql, [this.customerIds, known]);
    const rows = [...this.rows, ...made];
    const [count] = await this.tx.query<{ pending: number }>(countSql, [this.customerIds]);
    if (count?.pending !== rows.length || !(await lockStockAtOnce(this.tx, made)))
      throw new ConflictError('a redemption is just ending');
    for (const row of rows) conclude(posting, row, cancelled, this.tx.now);
    await storeStates(this.tx, rows);
    return rows;
  }
}
