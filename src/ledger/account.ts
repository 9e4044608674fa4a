import { nilUuid } from '../platform/ids';

/**
 * The pockets Mu moves between. The mint is where all Mu comes from and alone goes below zero; a
 * budget and the reserves cut from it are a brand's; a wallet and its hold are a customer's and span
 * brands; what a brand's redemptions consumed ends in its burn.
 */
export type AccountKind = 'MINT' | 'BUDGET' | 'RESERVE' | 'WALLET' | 'HOLD' | 'BURN';

/** Names an account; it comes into being when first locked. */
export interface AccountRef {
  kind: AccountKind;
  /** Nil for the mint, the brand, the reserved-for thing (a message), or the customer. */
  owner: string;
  brandId: string | null;
  customerId: string | null;
}

export const mint: AccountRef = { kind: 'MINT', owner: nilUuid, brandId: null, customerId: null };

export function budget(brandId: string): AccountRef {
  return { kind: 'BUDGET', owner: brandId, brandId, customerId: null };
}

/** Mu a brand has set aside; `purposeId` is the id of what it is set aside for. */
export function reserve(brandId: string, purposeId: string): AccountRef {
  return { kind: 'RESERVE', owner: purposeId, brandId, customerId: null };
}

export function wallet(customerId: string): AccountRef {
  return { kind: 'WALLET', owner: customerId, brandId: null, customerId };
}

/** Mu of a customer that is promised to a redemption and cannot be spent. */
export function hold(customerId: string): AccountRef {
  return { kind: 'HOLD', owner: customerId, brandId: null, customerId };
}

export function burn(brandId: string): AccountRef {
  return { kind: 'BURN', owner: brandId, brandId, customerId: null };
}

export function nameOf(ref: { kind: AccountKind; owner: string }): string {
  return `${ref.kind} ${ref.owner}`;
}
