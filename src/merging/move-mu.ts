import { accounts, type Posting, type Share } from '../ledger';

/** A customer whose Mu becomes another's. */
export interface Gone {
  gone: string;
  survivor: string;
}

const reason = 'Two customers are one person';

/**
 * Moves a wallet share by share, so that each brand still sees what it granted; the wallets are locked.
 * A share below zero moves backwards. No more moves at a time than the giving wallet holds, so neither
 * goes below zero on the way. Answers by how much the surviving wallet grew: all there was.
 */
export function moveWallet(
  posting: Posting,
  { gone, survivor }: Gone,
  shares: readonly Pick<Share, 'brand_id' | 'balance'>[],
): number {
  const [from, into] = [accounts.wallet(gone), accounts.wallet(survivor)];
  const before = posting.balanceOf(into);
  const rests = shares.map(({ brand_id: brandId, balance }) => ({ brandId, balance }));
  for (let moved = true; moved;) {
    moved = false;
    for (const rest of rests) {
      const back = rest.balance < 0;
      const most = posting.balanceOf(back ? into : from);
      const amount = Math.min(Math.abs(rest.balance), most);
      if (amount === 0) continue;
      const posted = posting.transfer({
        kind: 'MERGE',
        debit: back ? into : from,
        credit: back ? from : into,
        amount,
        reason,
        brandId: rest.brandId,
        customerId: back ? survivor : gone,
        counterpartyId: back ? gone : survivor,
      });
      if (typeof posted === 'string') throw new Error('a wallet could not be moved');
      rest.balance += back ? amount : -amount;
      moved = true;
    }
  }
  return posting.balanceOf(into) - before;
}

/** A redemption that waits to be captured or cancelled. */
export interface Pending {
  id: string;
  brand_id: string;
  customer_id: string;
  amount: number;
}

/** Moves what is on hold for a redemption, which goes on as the survivor's. */
export function moveHold(posting: Posting, survivor: string, pending: Pending): void {
  const posted = posting.transfer({
    kind: 'MERGE',
    debit: accounts.hold(pending.customer_id),
    credit: accounts.hold(survivor),
    amount: pending.amount,
    reason,
    brandId: pending.brand_id,
    customerId: pending.customer_id,
    counterpartyId: survivor,
    holdId: pending.id,
  });
  if (typeof posted === 'string') throw new Error('a hold could not be moved');
}
