import { accounts, type AccountRef, type Posting, type TransferRow } from '../ledger';
import type { RedemptionRow } from './redemption.entity';
import { itemNameOf, reasonFor } from './redemption.service';
import type { RedemptionState } from './redemption.type';

/** A way for a pending redemption to end. */
export interface Conclusion {
  kind: 'HOLD_CAPTURE' | 'HOLD_RELEASE';
  state: RedemptionState;
  reason: string;
}

export const captured: Conclusion = {
  kind: 'HOLD_CAPTURE',
  state: 'CAPTURED',
  reason: 'Redemption captured',
};

export const cancelled: Conclusion = {
  kind: 'HOLD_RELEASE',
  state: 'CANCELLED',
  reason: 'Redemption cancelled',
};

export const expired: Conclusion = {
  kind: 'HOLD_RELEASE',
  state: 'EXPIRED',
  reason: 'Redemption expired',
};

/**
 * Ends a pending redemption whose row and accounts are locked: moves its Mu out of the hold and sets
 * its state in memory.
 */
export function conclude(
  posting: Posting,
  row: RedemptionRow,
  { kind, state, reason }: Conclusion,
  now: Date,
): TransferRow {
  const posted = posting.transfer({
    kind,
    debit: accounts.hold(row.customer_id),
    credit: destination(row, kind),
    amount: row.amount,
    reason: reasonFor(reason, itemNameOf(row)),
    brandId: row.brand_id,
    customerId: row.customer_id,
    holdId: row.id,
  });
  if (typeof posted === 'string') throw new Error('the hold of a pending redemption lacks its Mu');
  row.state = state;
  row.resolved_at = now;
  return posted.transfer;
}

function destination(row: RedemptionRow, kind: Conclusion['kind']): AccountRef {
  return kind === 'HOLD_CAPTURE' ? accounts.burn(row.brand_id) : accounts.wallet(row.customer_id);
}
