import type { Command } from '../platform/database/command';
import { callerCommand } from '../platform/database/caller-command';
import type { Context } from '../platform/graphql/context';

/** A command about endpoints, with the one setting that decides what an address may be. */
export interface WebhookCommand<Input = unknown> extends Command<Input> {
  allowPrivate: boolean;
}

/** Makes a command of a mutation's input. Throws RequestError for an unusable idempotency key. */
export function webhookCommand<Input extends object>(
  kind: string,
  input: Input & { idempotencyKey: string },
  { caller, config }: Context,
): WebhookCommand<Omit<Input, 'idempotencyKey'>> {
  return { ...callerCommand(kind, input, caller), allowPrivate: config.webhooksAllowPrivate };
}
