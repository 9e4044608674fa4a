import type { UserErrorCode } from '../platform/errors';

/** What decides whether an item can be had, whoever asks for it. */
export interface OfferedItem {
  price: number;
  minimumBalance: number;
  available: boolean;
  stock: number | null;
  perCustomer: number | null;
  startsAt: Date | null;
  endsAt: Date | null;
}

/** The customer's side: what is in the wallet, whether it is open, how many of the item they have. */
export interface Buyer {
  balance: number;
  optedOut: boolean;
  had: number;
}

/** Why a customer cannot redeem an item at this moment, the first reason first; null when they can. */
export function refusalOf(item: OfferedItem, buyer: Buyer, now: Date): UserErrorCode | null {
  if (buyer.optedOut) return 'CUSTOMER_OPTED_OUT';
  if (!item.available || !isOpen(item, now)) return 'NOT_AVAILABLE';
  if (item.stock === 0) return 'OUT_OF_STOCK';
  if (item.perCustomer !== null && buyer.had >= item.perCustomer) return 'PER_CUSTOMER_LIMIT';
  if (buyer.balance < item.minimumBalance) return 'BELOW_MINIMUM_BALANCE';
  return buyer.balance < item.price ? 'INSUFFICIENT_MU' : null;
}

/** How much Mu the wallet lacks for the item's price and minimum. */
export function missingMu(item: OfferedItem, balance: number): number {
  return Math.max(0, Math.max(item.price, item.minimumBalance) - balance);
}

function isOpen({ startsAt, endsAt }: OfferedItem, now: Date): boolean {
  return (startsAt === null || startsAt <= now) && (endsAt === null || now < endsAt);
}
