import type { Caller } from '../platform/auth/caller';
import type { Config } from '../platform/config';

/** Whether a caller may ask `/graphql` for its schema: everybody in development, else developers. */
export function mayIntrospect(caller: Caller, { developerTools }: Config): boolean {
  if (developerTools || caller.kind === 'platform') return true;
  return caller.kind === 'brand' && caller.scopes.includes('mu:developer');
}
