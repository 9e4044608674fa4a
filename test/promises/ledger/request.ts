import type { BrandAt, ModelMessage, ModelRedemption, ModelTransfer } from './books';

export const actions = ['OPEN', 'SURVEY', 'SCAN'] as const;
export type Action = (typeof actions)[number];

/** What a brand pays for an action, so many times a day. */
export type Rules = Record<'SURVEY' | 'SCAN', { amount: number; perDay: number }>;

/** A request as the model understands it: names instead of ids. */
export type Request =
  | { write: 'issueMu'; brand: BrandAt; amount: number }
  | {
      write: 'recordMessage';
      brand: BrandAt;
      openMu: number | null;
      actionMuMax: number | null;
      audience: number | null;
      expires: boolean;
      /** Tells it from all others. */
      at: number;
    }
  | {
      write: 'recordAttention';
      brand: BrandAt;
      customer: number;
      message: ModelMessage | null;
      action: Action;
      machine: boolean;
    }
  | { write: 'redeem'; brand: BrandAt; customer: number; amount: number; byOwner: boolean }
  | {
      write: 'captureRedemption' | 'cancelRedemption';
      brand: BrandAt;
      redemption: ModelRedemption;
    }
  | {
      write: 'giftMu';
      brand: BrandAt;
      customer: number;
      to: number;
      amount: number;
      byOwner: boolean;
    }
  | { write: 'optOutOfMu' | 'optInToMu'; brand: BrandAt; customer: number; byOwner: boolean }
  | { write: 'reverseTransfer'; brand: BrandAt | 'platform'; transfer: ModelTransfer };

export type Attend = Request & { write: 'recordAttention' };

/** What is to be seen in an answer. */
export type View = Record<string, unknown> & { codes: string[] };
