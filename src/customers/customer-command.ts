import { brandOf, scopeOf } from '../platform/auth/caller';
import type { Command } from '../platform/database/command';
import type { Context } from '../platform/graphql/context';
import type { Limits } from '../platform/limits';
import { checkIdempotencyKey } from '../platform/text';

/** A command with the limits its handler judges by; they are no part of what it is known by again. */
export interface CustomerCommand<Input = unknown> extends Command<Input> {
  limits: Limits;
}

/** Makes a command of a mutation's input. Throws RequestError for an unusable idempotency key. */
export function customerCommand<Input extends object>(
  kind: string,
  { idempotencyKey, ...input }: Input & { idempotencyKey: string },
  { caller, config }: Pick<Context, 'caller' | 'config'>,
): CustomerCommand<Omit<Input, 'idempotencyKey'>> {
  checkIdempotencyKey(idempotencyKey);
  return {
    kind,
    scope: scopeOf(caller),
    tenant: brandOf(caller),
    key: idempotencyKey,
    input: input,
    limits: config.limits,
  };
}
