import { setImmediate as nextRound } from 'node:timers/promises';
import type { CommandTransaction } from '../platform/database/command';
import { accountColumns, valuesByColumn, entryColumns, transferColumns } from './ledger.columns';
import * as sql from './ledger.sql';
import type { Posted } from './transfer';

/** An account as it is under its lock, moved in memory. */
export interface LockedAccount {
  id: number;
  kind: string;
  owner: string;
  balance: number;
  entries: number;
  earned: number;
  redeemed: number;
  grants: number;
  held: number;
  owed: number;
  funded_by: string | null;
  closed_at: Date | null;
}

interface Moved {
  accounts: readonly LockedAccount[];
  /** How many entries each had when it was locked, by its id. */
  entriesBefore: ReadonlyMap<number, number>;
}

const nothing: Moved = { accounts: [], entriesBefore: new Map() };

/** So many transfers that PostgreSQL takes longer to store them than it takes to make the next as many ready. */
const partLength = 256;

/**
 * Stores transfers with their entries, and the accounts as those have left them. What is long goes in parts,
 * of which one is made ready while the one before is stored. Throws when an account is not as it was locked.
 */
export async function storePosted(
  tx: CommandTransaction,
  posted: readonly Posted[],
  moved: Moved,
): Promise<void> {
  const written: Promise<void>[] = [];
  let from = 0;
  for (; posted.length - from > partLength; from += partLength) {
    const part = storePart(tx, posted.slice(from, from + partLength), nothing);
    // Whatever becomes of it is heard below.
    part.catch(() => undefined);
    written.push(part);
    await nextRound();
  }
  written.push(storePart(tx, posted.slice(from), moved));
  await Promise.all(written);
}

async function storePart(
  tx: CommandTransaction,
  posted: readonly Posted[],
  { accounts, entriesBefore }: Moved,
): Promise<void> {
  const transfers = posted.map(({ transfer }) => transfer);
  const entries = posted.flatMap(({ debit, credit }) => [debit, credit]);
  const [result] = await tx.query<{ moved: number }>(sql.post, [
    ...valuesByColumn(transfers, transferColumns),
    ...valuesByColumn(entries, entryColumns),
    accounts.map((account) => account.id),
    accounts.map((account) => entriesBefore.get(account.id)),
    ...valuesByColumn(accounts, accountColumns),
  ]);
  if (result?.moved !== accounts.length) throw new Error('a locked account moved');
}
