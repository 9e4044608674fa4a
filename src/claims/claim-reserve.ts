import { accounts, type AccountRef, type Posting } from '../ledger';
import type { ClaimRow } from './claim.entity';

/** What giving back the reserve of a claim may touch. */
export function accountsOfReserve({ brand_id: brandId, id, message_id: message }: ClaimRow) {
  const refs: AccountRef[] = [accounts.reserve(brandId, id), accounts.budget(brandId)];
  return message === null ? refs : [...refs, accounts.reserve(brandId, message)];
}

/**
 * Closes the reserve of a claim. What is left in it goes into the message's reserve, or into the budget
 * when that was the source or the message has expired. A later reversal goes to the budget.
 */
export function closeReserve(
  posting: Posting,
  { brand_id: brandId, id, message_id: message }: ClaimRow,
  reason: string,
): void {
  const reserve = accounts.reserve(brandId, id);
  const source = message === null ? null : accounts.reserve(brandId, message);
  const amount = posting.balanceOf(reserve);
  if (amount > 0) {
    const posted = posting.transfer({
      kind: 'RESERVE_RELEASE',
      debit: reserve,
      credit: source === null || posting.isClosed(source) ? accounts.budget(brandId) : source,
      amount,
      reason,
      brandId,
      messageId: message,
    });
    if (typeof posted === 'string') throw new Error('a claim could not be given back');
  }
  posting.close(reserve);
}
