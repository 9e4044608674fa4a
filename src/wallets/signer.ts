import type { Caller } from '../platform/auth/caller';
import type { Command } from '../platform/database/command';
import { nilUuid } from '../platform/ids';

/** A command with whoever signs it: an API key, which stands for a person; nil for the platform. */
export interface Signed<Input> extends Command<Input> {
  signer: string;
}

/** Signs a command as its caller. The signature is no part of what the idempotency key stands for. */
export function signed<Input>(command: Command<Input>, caller: Caller): Signed<Input> {
  return { ...command, signer: caller.kind === 'brand' ? caller.keyId : nilUuid };
}
