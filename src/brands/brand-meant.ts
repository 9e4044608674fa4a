import { brandOf, type Caller } from '../platform/auth/caller';
import type { Command } from '../platform/database/command';
import { userError } from '../platform/errors';
import type { Checked } from '../platform/text';
import { brandId } from './brand.id';

/** The brand a caller names or is; null when the id is none. A brand key acts for itself whatever it names. */
export function tenantOf(caller: Caller, named: string | null | undefined): string | null {
  return caller.kind === 'platform' ? brandId.decode(named ?? '') : brandOf(caller);
}

/**
 * The brand a command is about. Refuses with NOT_FOUND when its input names another than it may act
 * for, and with INVALID_VALUE when the platform, which has no own brand, names none.
 */
export function brandMeant(command: Command<{ brandId?: string | null }>): Checked<string> {
  const named = command.input.brandId ?? null;
  const { tenant } = command;
  if (named === null && tenant === null) {
    return { refusal: userError('INVALID_VALUE', ['brandId'], 'The platform must name a brand.') };
  }
  if (tenant === null || (named !== null && brandId.decode(named) !== tenant)) {
    return { refusal: userError('NOT_FOUND', ['brandId']) };
  }
  return { value: tenant };
}
