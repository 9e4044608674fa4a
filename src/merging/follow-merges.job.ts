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
  WHERE m.created_at > $1 AND NOT EXISTS (SELECT FROM accounts s
    WHERE s.kind = 'WALLET' AND s.owner = c.merged_into AND s.closed_at IS NOT NULL)
  LIMIT $2`;

// In the order in which merges lock; a merge may have been taken back since.
const lockSql = `
  SELECT c.id, c.merged_into FROM customers c WHERE c.id = ANY ($1::uuid[]) ORDER BY c.id FOR NO KEY UPDATE`;

/**
 * Sends on what still arrives in the wallet of somebody who was merged: a payment that was on its way, a
 * refund of something captured before. Watched for thirty days. Whose survivor wants no Mu any more keeps it.
 */
export const followMerges: Job = {
  name: 'follow-merges',
  run: ({ database, clock }) => database.transact(clock, followDue),
};

async function followDue(tx: CommandTransaction): Promise<number> {
  const since = new Date(tx.now.getTime() - watchedDays * dayMs);
  const due = await stillGone(tx, await tx.query<Gone>(dueSql, [since, atOnce]));
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

async function stillGone(tx: CommandTransaction, due: readonly Gone[]): Promise<Gone[]> {
  if (due.length === 0) return [];
  const people = due.flatMap(({ gone, survivor }) => [gone, survivor]);
  const rows = await tx.query<{ id: string; merged_into: string | null }>(lockSql, [people]);
  const into = new Map(rows.map((row) => [row.id, row.merged_into]));
  return due.filter(({ gone, survivor }) => into.get(gone) === survivor);
}
