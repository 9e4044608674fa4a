import type { AccountRef } from './account';

export const transferKinds = {
  ISSUE: "From the mint into a brand's budget.",
  RESERVE: "From a brand's budget into the reserve of one message.",
  RESERVE_RELEASE: 'The unused rest of a reserve, back into the budget.',
  GRANT: "From a reserve or a budget into a customer's wallet, for attention.",
  HOLD: 'From the wallet into the hold of a redemption.',
  HOLD_CAPTURE: 'A hold that was confirmed: the Mu is spent and gone.',
  HOLD_RELEASE: 'A hold that was cancelled or expired: back into the wallet.',
  REVERSAL: 'The inverse of an earlier transfer.',
  GIFT: "From one customer's wallet into another's.",
  MERGE: 'From the wallet of a customer who was found to be another, into that one.',
  UNMERGE: 'Back to a customer who was not the other after all: what came in for them meanwhile.',
  ADJUSTMENT: 'A correction by hand, signed off by two persons.',
  EXTINGUISH: 'Out of the wallet of a customer who opted out: the Mu is gone.',
  DECAY: 'Out of the wallet of a customer who has long been silent: the Mu is gone.',
  STAKE: 'From the wallet onto a prediction.',
  STAKE_RETURN:
    'What a stake came to when the prediction was resolved, or the stake itself when it was void.',
} as const;

export type TransferKind = keyof typeof transferKinds;

/** A movement of Mu as it is asked for; `amount` in whole Mu, at least 1. */
export interface TransferDraft {
  kind: TransferKind;
  debit: AccountRef;
  credit: AccountRef;
  amount: number;
  /** Plain language, shown on the statement; no personal data. */
  reason: string;
  brandId: string;
  customerId?: string | null;
  /** The other customer, where Mu moves between two wallets; `customerId` is the one who gives. */
  counterpartyId?: string | null;
  eventId?: string | null;
  messageId?: string | null;
  ruleId?: string | null;
  holdId?: string | null;
  /** Takes a wallet below zero where it holds too little: only what undoes a merge, or moves a debt. */
  overdraws?: boolean;
  /** The transfer this one is the inverse of, with that one's kind. */
  reverses?: { id: string; kind: TransferKind };
}

/** Columns of the transfers table. */
export interface TransferRow {
  id: string;
  kind: TransferKind;
  debit_account: number;
  credit_account: number;
  amount: number;
  reason: string;
  brand_id: string;
  customer_id: string | null;
  counterparty_id: string | null;
  event_id: string | null;
  message_id: string | null;
  rule_id: string | null;
  hold_id: string | null;
  funded_by: string | null;
  reverses: string | null;
  posted_at: Date;
}

/** Columns of the entries table. */
export interface EntryRow {
  id: string;
  transfer_id: string;
  account_id: number;
  account_kind: string;
  number: number;
  amount: number;
  balance_after: number;
  brand_id: string;
  customer_id: string | null;
  brand_number: number | null;
  brand_balance_after: number | null;
  posted_at: Date;
}

export interface Posted {
  transfer: TransferRow;
  debit: EntryRow;
  credit: EntryRow;
}

/**
 * Why a transfer cannot be posted: too little in the debited account, a balance out of range, or the
 * credited account is closed, as the wallet of somebody who opted out is.
 */
export type PostingRefusal = 'TOO_LITTLE' | 'TOO_MUCH' | 'CLOSED';
