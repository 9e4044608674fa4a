import type { Caller } from '../../../src/platform/auth/caller';
import type { Context } from '../../../src/platform/graphql/context';
import { defaultLimits, type Limits } from '../../../src/platform/limits';

/** A request that reads no database: what the kit itself looks at, and nothing else. */
export function sampleContext(caller: Caller, limits: Partial<Limits> = {}): Context {
  const config = { limits: { ...defaultLimits, ...limits } };
  return { caller, config, requestId: 'sample' } as unknown as Context;
}

export const callers = {
  anonymous: { kind: 'anonymous' },
  platform: { kind: 'platform' },
  customer: { kind: 'customer', customerId: 'c', brandId: 'b' },
  reader: { kind: 'brand', brandId: 'b', keyId: 'k', scopes: ['mu:read'] },
  writer: { kind: 'brand', brandId: 'b', keyId: 'k', scopes: ['mu:rules', 'mu:keys'] },
} as const satisfies Record<string, Caller>;
