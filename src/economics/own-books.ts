import type { Caller } from '../platform/auth/caller';
import { nilUuid } from '../platform/ids';

/** Whether the caller may see the money of this brand: the platform may, and the brand's own keys. */
export function mayReadBooks(caller: Caller, brandUuid: string): boolean {
  if (caller.kind === 'platform') return true;
  return (
    caller.kind === 'brand' && caller.brandId === brandUuid && caller.scopes.includes('mu:read')
  );
}

/** The brand whose books a statement may show: null for all (the platform), nobody's for whom none. */
export function booksSeen(caller: Caller): string | null {
  if (caller.kind === 'platform') return null;
  return caller.kind === 'brand' ? caller.brandId : nilUuid;
}
