import { brandOf, scopeOf, type Caller } from '../platform/auth/caller';
import type { Command } from '../platform/database/command';
import { checkIdempotencyKey } from '../platform/text';

/** Makes a command of a mutation's input. Throws RequestError for an unusable idempotency key. */
export function customerCommand<Input extends object>(
  kind: string,
  { idempotencyKey, ...input }: Input & { idempotencyKey: string },
  caller: Caller,
): Command<Omit<Input, 'idempotencyKey'>> {
  checkIdempotencyKey(idempotencyKey);
  return {
    kind,
    scope: scopeOf(caller),
    tenant: brandOf(caller),
    key: idempotencyKey,
    input: input,
  };
}
