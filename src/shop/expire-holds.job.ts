import { Posting } from '../ledger';
import type { CommandTransaction } from '../platform/database/command';
import type { Job } from '../platform/feature';
import { conclude, expired } from './conclusion';
import type { RedemptionRow } from './redemption.entity';
import { accountsOf, pairOfRedemption, storeStates } from './redemption.service';
import { lockStockOf } from './stock';

const atOnce = 200;

// The row locks come before the accounts' locks as everywhere in the shop. A row somebody else is
// just ending is skipped, and so shared out between processes; its state is read with its lock.
const dueSql = `
  SELECT r.* FROM redemptions r
  WHERE r.state = 'PENDING' AND r.expires_at <= $1
  ORDER BY r.expires_at LIMIT $2
  FOR NO KEY UPDATE OF r SKIP LOCKED`;

/**
 * Gives the Mu of redemptions nobody captured in time back to the wallets. What is due stays due until
 * it is done, so a restart or a crash only delays it.
 */
export const expireHolds: Job = {
  name: 'expire-holds',
  run: ({ database, clock }) => database.transact(clock, expireDue),
};

async function expireDue(tx: CommandTransaction): Promise<number> {
  const due = await tx.query<RedemptionRow>(dueSql, [tx.now, atOnce]);
  if (due.length === 0) return 0;
  await lockStockOf(tx, due);
  const pairs = due.map(pairOfRedemption);
  const posting = await Posting.open(tx, pairs.flatMap(accountsOf), pairs);
  for (const row of due) conclude(posting, row, expired, tx.now);
  await storeStates(tx, due);
  await posting.flush();
  return due.length;
}
