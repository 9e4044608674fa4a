import type { Caller } from '../platform/auth/caller';
import type { BrandEntity } from './brand.entity';

/** Whether a caller may see what a brand keeps to itself: the platform, and its own keys that read. */
export function isOwnBrand(brand: Pick<BrandEntity, 'uuid'>, caller: Caller): boolean {
  if (caller.kind === 'platform') return true;
  if (caller.kind !== 'brand' || caller.brandId !== brand.uuid) return false;
  return caller.scopes.includes('mu:read');
}
