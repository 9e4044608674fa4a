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
 * goes below zero on the way; but what the one owes, the other owes from then on. Answers what was
 * posted.
 */
export function moveWallet(
  posting: Posting,
  { gone, survivor }: Gone,
  shares: readonly Pick<Share, 'brand_id' | 'balance'>[],
): string[] {
  const [from, into] = [accounts.wallet(gone), accounts.wallet(survivor)];
  const rests = shares.map(({ brand_id: brandId, balance }) => ({ brandId, balance }));
  const transfers: string[] = [];
  let owing = false;
  for (let moved = true; moved;) {
    moved = false;
    for (const rest of rests) {
      const back = rest.balance < 0;
      const most = owing ? Infinity : Math.max(0, posting.balanceOf(back ? into : from));
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
        overdraws: owing,
      });
      if (typeof posted === 'string') throw new Error('a wallet could not be moved');
      transfers.push(posted.transfer.id);
      rest.balance += back ? amount : -amount;
      moved = true;
    }
    // What neither wallet can give in turn is a debt, and moves as it is.
    const stuck = !moved && !owing && rests.some(({ balance }) => balance !== 0);
    if (stuck) moved = owing = true;
  }
  return transfers;
}

/** A redemption that waits to be captured or cancelled. */
export interface Pending {
  id: string;
  brand_id: string;
  customer_id: string;
  amount: number;
}

/** Moves what is on hold for a redemption, which goes on as the survivor's. */
export function moveHold(posting: Posting, survivor: string, pending: Pending): string {
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
  return posted.transfer.id;
}
