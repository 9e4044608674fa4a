import type { Caller } from '../platform/auth/caller';
import { nilUuid } from '../platform/ids';

/**
 * The brand and the customer a statement shows its rows to, beside row-level security: a brand sees
 * its own, a customer what is theirs with any brand, the platform everything, anybody else nothing.
 */
export function viewer(caller: Caller): [brandId: string | null, customerId: string | null] {
  if (caller.kind === 'brand') return [caller.brandId, null];
  if (caller.kind === 'customer') return [null, caller.customerId];
  return caller.kind === 'platform' ? [null, null] : [nilUuid, nilUuid];
}
