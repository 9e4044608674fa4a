import { brandOf, scopeOf, subjectOf, type Caller } from '../platform/auth/caller';
import type { Command } from '../platform/database/command';
import { checkIdempotencyKey } from '../platform/text';

/**
 * Makes a command of a mutation's input. `tenant` is the brand whose rows it concerns, where that is
 * not the caller's own: a customer's redemption with another brand, a transfer the platform reverses.
 * Throws RequestError for an unusable idempotency key.
 */
export function shopCommand<Input extends object>(
  kind: string,
  { idempotencyKey, ...input }: Input & { idempotencyKey: string },
  caller: Caller,
  tenant: string | null = brandOf(caller),
): Command<Omit<Input, 'idempotencyKey'>> {
  checkIdempotencyKey(idempotencyKey);
  const [scope, subject] = [scopeOf(caller), subjectOf(caller)];
  return { kind, scope, subject, tenant, key: idempotencyKey, input };
}

/** Whether a brand's key sent the command; else a customer for themselves, who is its subject. */
export function isFromBrand({ scope, tenant }: Pick<Command, 'scope' | 'tenant'>): boolean {
  return scope === tenant;
}
