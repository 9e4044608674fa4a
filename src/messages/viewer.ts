import { nilUuid } from '../platform/ids';
import type { Caller } from '../platform/auth/caller';

/**
 * The brand and the customer a statement shows its rows to, as its own condition beside row-level
 * security: a brand sees what is its own, a customer what reached them from any brand, the platform
 * all of it.
 */
export function viewer(caller: Caller): [brandId: string | null, customerId: string | null] {
  if (caller.kind === 'brand') return [caller.brandId, null];
  if (caller.kind === 'customer') return [null, caller.customerId];
  return caller.kind === 'platform' ? [null, null] : [nilUuid, nilUuid];
}
