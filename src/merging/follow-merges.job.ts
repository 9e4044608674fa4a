import { accounts, Posting } from '../ledger';
import type { CommandTransaction } from '../platform/database/command';
import type { Job } from '../platform/feature';
import { mergesBetween, noteTransfers } from './merge-transfers';
import { moveWallet, type Gone } from './move-mu';

const atOnce = 100;
const watchedDays = 30;
const dayMs = 86_400_000;

const dueSql = `
  SELECT DISTINCT c.id AS gone, c.merged_into AS survivor
  FROM customer_merges m
  JOIN customers c ON c.id = m.from_id AND c.merged_into IS NOT NULL
  JOIN accounts a ON a.kind = 'WALLET' AND a.owner = c.id AND a.balance > 0
  WHERE m.created_at > $1 LIMIT $2`;

/**
 * Sends on what still arrives in the wallet of somebody who was merged: a payment that was on its way, a
 * refund of something captured before. Watched for thirty days.
 */
export const followMerges: Job = {
  name: 'follow-merges',
  run: ({ database, clock }) => database.transact(clock, followDue),
};

async function followDue(tx: CommandTransaction): Promise<number> {
  const since = new Date(tx.now.getTime() - watchedDays * dayMs);
  const due = await tx.query<Gone>(dueSql, [since, atOnce]);
  if (due.length === 0) return 0;
  const people = [...new Set(due.flatMap(({ gone, survivor }) => [gone, survivor]))];
  const posting = await Posting.open(
    tx,
    people.map((id) => accounts.wallet(id)),
    [],
  );
  const shares = await posting.learnSharesOf(people);
  await posting.readSharesWith(
    due.flatMap(({ gone, survivor }) =>
      (shares.get(gone) ?? []).map((share) => ({ brandId: share.brand_id, customerId: survivor })),
    ),
  );
  const moved = due.map((one) => ({
    gone: one.gone,
    transfers: moveWallet(posting, one, shares.get(one.gone) ?? []),
  }));
  await posting.flush();
  const merges = await mergesBetween(tx, due);
  await noteTransfers(
    tx,
    moved.flatMap(({ gone, transfers }) => {
      const id = merges.get(gone);
      return id === undefined ? [] : [{ id, transfers }];
    }),
  );
  return moved.filter(({ transfers }) => transfers.length > 0).length;
}
