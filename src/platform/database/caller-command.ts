import { brandOf, scopeOf, subjectOf, type Caller } from '../auth/caller';
import { checkIdempotencyKey } from '../text';
import type { Command } from './command';

/**
 * Makes a command of a mutation's input. `tenant` is the brand whose rows it concerns, where that is
 * not the caller's own: what the platform does to a brand, a customer's redemption with another one.
 * Throws RequestError for an unusable idempotency key.
 */
export function callerCommand<Input extends object>(
  kind: string,
  { idempotencyKey, ...input }: Input & { idempotencyKey: string },
  caller: Caller,
  tenant: string | null = brandOf(caller),
): Command<Omit<Input, 'idempotencyKey'>> {
  checkIdempotencyKey(idempotencyKey);
  const [scope, subject] = [scopeOf(caller), subjectOf(caller)];
  return { kind, scope, subject, tenant, key: idempotencyKey, input };
}

/** Whether a brand's key sent the command; else the platform, or a customer, who is its subject. */
export function isFromBrand({ scope, tenant }: Pick<Command, 'scope' | 'tenant'>): boolean {
  return scope === tenant;
}
