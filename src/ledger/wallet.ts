import type { CommandTransaction } from '../platform/database/command';
import type { Posting, ShareRef } from './posting';
import { pairOf } from './share';

/**
 * Where a person stands with Mu, after the three states of a message's footer: they do not know Mu
 * yet, they should confirm who they are, they can redeem; or they have opted out.
 */
export type WalletState = 'WHATS_IT' | 'ACTIVATE' | 'REDEEM' | 'OPTED_OUT';

/** Grants after which a person is taken to know what Mu is. */
const grantsToKnowMu = 3;

/** What a person's state is decided by, as far as one caller may know it. */
export interface StandingFacts {
  /** They want no Mu: true for every brand. */
  optedOut: boolean;
  /** One of their identities has been verified. */
  confirmed: boolean;
  /** They asked what Mu is. */
  learned: boolean;
  grants: number;
}

/** The one place that decides where a person stands with Mu. */
export function walletState({ optedOut, confirmed, learned, grants }: StandingFacts): WalletState {
  if (optedOut) return 'OPTED_OUT';
  if (confirmed) return 'REDEEM';
  return learned || grants >= grantsToKnowMu ? 'ACTIVATE' : 'WHATS_IT';
}

/** A wallet at one moment, as one caller may see it; whole Mu. Part of stored answers. */
export interface WalletSnapshot {
  customerId: string;
  balance: number;
  held: number;
  /** Absent from answers stored before wallets could owe. */
  owed?: number;
  lifetimeEarned: number;
  lifetimeRedeemed: number;
  state: WalletState;
}

/** What decides how much of a wallet a brand sees, and the wallet's state in its eyes. */
export interface WalletFacts {
  /** The customer lets this brand see the whole balance. */
  balanceVisible: boolean;
  /** The brand has verified one of the customer's identities. */
  confirmed: boolean;
  /** The customer asked the brand what Mu is. */
  learned: boolean;
}

const factsSql = `
  SELECT t.brand_id, t.customer_id,
    EXISTS (SELECT FROM consents c WHERE c.brand_id = t.brand_id AND c.customer_id = t.customer_id
      AND c.purpose = 'BALANCE_VISIBLE' AND c.granted) AS "balanceVisible",
    EXISTS (SELECT FROM brand_identities i WHERE i.brand_id = t.brand_id
      AND i.customer_id = t.customer_id AND i.confirmed_at IS NOT NULL) AS confirmed,
    EXISTS (SELECT FROM mu_learned l WHERE l.brand_id = t.brand_id
      AND l.customer_id = t.customer_id) AS learned
  FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, customer_id)`;

/** Facts for each (brand, customer) pair, by `pairOf`. */
export async function readWalletFacts(
  tx: CommandTransaction,
  pairs: readonly ShareRef[],
): Promise<Map<string, WalletFacts>> {
  const rows = await tx.query<WalletFacts & { brand_id: string; customer_id: string }>(factsSql, [
    pairs.map((pair) => pair.brandId),
    pairs.map((pair) => pair.customerId),
  ]);
  return new Map(rows.map((row) => [pairOf(row.brand_id, row.customer_id), row]));
}

/** The wallet as the brand sees it after the transfers of a posting: whole with consent, else its share. */
export function snapshotFor(posting: Posting, pair: ShareRef, facts: WalletFacts): WalletSnapshot {
  const { whole, share } = posting.walletOf(pair.customerId, pair.brandId);
  const seen = facts.balanceVisible ? whole : share;
  const optedOut = whole.closed_at !== null;
  return {
    customerId: pair.customerId,
    balance: optedOut ? 0 : Math.max(0, seen.balance),
    held: seen.held,
    owed: facts.balanceVisible && !optedOut ? whole.owed : 0,
    lifetimeEarned: seen.earned,
    lifetimeRedeemed: seen.redeemed,
    state: walletState({ ...facts, optedOut, grants: seen.grants }),
  };
}

/** The wallet as its owner sees it: over all brands. */
export function snapshotForOwner(
  posting: Posting,
  pair: ShareRef,
  facts: WalletFacts,
): WalletSnapshot {
  return snapshotFor(posting, pair, { ...facts, balanceVisible: true });
}
