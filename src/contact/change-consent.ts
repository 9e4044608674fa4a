import { ConsentEntity } from '../customers';
import { callerCommand } from '../platform/database/caller-command';
import { toEntity } from '../platform/database/rows';
import type { UserErrorShape } from '../platform/errors';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import type { ChangeConsent, ChangeConsentAnswer } from './change-consent.command';

/** What was asked, with its key. */
interface Asked extends Omit<ChangeConsent, 'at'> {
  at?: Date | null;
  idempotencyKey: string;
}

/** Sends a word of consent to its handler; answers what counts now. */
export async function changeConsent(
  context: Context,
  kind: string,
  { at, ...asked }: Asked,
): Promise<{ consent: ConsentEntity | null; replayed: boolean; userErrors: UserErrorShape[] }> {
  const input = { ...asked, ...(at ? { at: at.toISOString() } : {}) };
  const command = callerCommand(kind, input, context.caller);
  const { answer, replayed } = await context.commands.submit<ChangeConsentAnswer>(command);
  await refreshReads(context);
  const consent = answer.consent ? toEntity(ConsentEntity, answer.consent) : null;
  return { consent, replayed, userErrors: answer.userErrors };
}
