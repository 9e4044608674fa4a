import { accounts, Posting, readSharesOf, type Share } from '../ledger';
import type { CommandTransaction } from '../platform/database/command';
import { ConflictError } from '../platform/database/errors';
import { PendingRedemptions } from '../shop';
import { spread } from '../wallets';
import { beEverywhere } from './reach';

/** Somebody who is to be forgotten by one brand, or, without a brand, by everybody. */
export interface Forgotten {
  customer: string;
  brandId: string | null;
}

const closedSql = `
  INSERT INTO opt_outs (customer_id, opted_out_at) SELECT t.id, $2 FROM unnest($1::uuid[]) AS t(id)
  ORDER BY t.id
  ON CONFLICT (customer_id) DO UPDATE SET opted_out_at = excluded.opted_out_at, opted_in_at = NULL`;

/**
 * Takes the Mu of people who are forgotten, by ordinary entries, and answers how much of each: what one
 * brand gave, or all of it, after which the wallet takes none any more. What is on hold comes back first.
 * Locks redemptions, then accounts, as the shop does.
 */
export async function emptyWallets(
  tx: CommandTransaction,
  forgotten: readonly Forgotten[],
): Promise<number[]> {
  const everywhere = forgotten.filter(({ brandId }) => brandId === null);
  const ids = [...new Set(forgotten.map(({ customer }) => customer))].sort();
  const whole = everywhere.map(({ customer }) => customer).sort();
  // A brand sees only what is on hold with itself, and no more is called off.
  const own = await PendingRedemptions.lock(
    tx,
    ids.filter((id) => !whole.includes(id)),
  );
  const all = await beEverywhere(tx, () => PendingRedemptions.lock(tx, whole));
  const brands = new Set((await readSharesOf(tx, ids)).map((share) => share.brand_id));
  const refs = ids.flatMap((id) => [accounts.wallet(id), accounts.hold(id)]);
  const posting = await Posting.open(tx, [...refs, ...[...brands].map(accounts.burn)], []);
  const shares = await posting.learnSharesOf(ids);
  await own.cancelAll(posting);
  await beEverywhere(tx, () => all.cancelAll(posting));
  for (const share of [...shares.values()].flat()) {
    if (share.balance > 0 && !brands.has(share.brand_id)) {
      throw new ConflictError('a brand has just paid for the first time');
    }
  }
  const taken = forgotten.map((one) => take(posting, one, shares.get(one.customer) ?? []));
  for (const id of whole) {
    if (!posting.isClosed(accounts.wallet(id))) posting.close(accounts.wallet(id));
  }
  await posting.flush();
  if (whole.length > 0) await tx.query(closedSql, [whole, tx.now]);
  return taken;
}

function take(
  posting: Posting,
  { customer, brandId }: Forgotten,
  shares: readonly Share[],
): number {
  const wallet = accounts.wallet(customer);
  const balance = posting.balanceOf(wallet);
  if (balance <= 0) return 0;
  const parts = spread(balance, shares).filter(
    ({ part }) => brandId === null || part.brand_id === brandId,
  );
  for (const { part, amount } of parts) {
    const posted = posting.transfer({
      kind: 'EXTINGUISH',
      debit: wallet,
      credit: accounts.burn(part.brand_id),
      amount,
      reason: 'erased',
      brandId: part.brand_id,
      customerId: customer,
    });
    if (typeof posted === 'string') throw new Error('a wallet could not be emptied');
  }
  return parts.reduce((sum, { amount }) => sum + amount, 0);
}
