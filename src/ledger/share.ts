import type { TransferDraft, TransferKind } from './transfer';

/**
 * One brand's part in a customer's wallet: what it granted, less what was redeemed with it. All a
 * brand may know of a wallet without consent. `balance` falls below zero when more Mu was redeemed
 * with the brand than it ever granted; shown as zero then.
 */
export interface Share {
  brand_id: string;
  customer_id: string;
  balance: number;
  held: number;
  earned: number;
  redeemed: number;
  grants: number;
  entries: number;
}

export function emptyShare(brandId: string, customerId: string): Share {
  return {
    brand_id: brandId,
    customer_id: customerId,
    balance: 0,
    held: 0,
    earned: 0,
    redeemed: 0,
    grants: 0,
    entries: 0,
  };
}

export function pairOf(brandId: string, customerId: string): string {
  return `${brandId} ${customerId}`;
}

interface ShareChange {
  customerId: string;
  earned: number;
  redeemed: number;
  grants: number;
  held: number;
}

type Totals = [earned: -1 | 0 | 1, redeemed: -1 | 0 | 1, grants: -1 | 0 | 1, held: -1 | 0 | 1];

const totals: Partial<Record<TransferKind, Totals>> = {
  GRANT: [1, 0, 1, 0],
  HOLD: [0, 0, 0, 1],
  HOLD_CAPTURE: [0, 1, 0, -1],
  HOLD_RELEASE: [0, 0, 0, -1],
};

/** Undoing a capture returns the Mu to the wallet; the hold it came from stays ended. */
const reversedTotals: Partial<Record<TransferKind, Totals>> = {
  GRANT: [-1, 0, -1, 0],
  HOLD: [0, 0, 0, -1],
  HOLD_CAPTURE: [0, -1, 0, 0],
};

/**
 * How a transfer moves lifetime totals, and whose. What was on hold for somebody who turned out to be
 * another is from then on held for that one.
 */
export function shareChanges(draft: TransferDraft): ShareChange[] {
  const { customerId, counterpartyId, amount } = draft;
  if (customerId == null) return [];
  const none = { earned: 0, redeemed: 0, grants: 0 };
  const merges = draft.kind === 'MERGE' || draft.reverses?.kind === 'MERGE';
  if (merges && draft.debit.kind === 'HOLD') {
    const held = { ...none, customerId: counterpartyId as string, held: amount };
    return [{ ...none, customerId, held: -amount }, held];
  }
  const signs = draft.reverses ? reversedTotals[draft.reverses.kind] : totals[draft.kind];
  if (signs === undefined) return [];
  const [earned, redeemed, grants, held] = signs;
  const change = { earned: earned * amount, redeemed: redeemed * amount, held: held * amount };
  return [{ ...change, customerId, grants }];
}
