import { deliveryId } from '../messages';
import { brandOf } from '../platform/auth/caller';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import type { MarkAnswer } from './mark-micron.command';
import { micronLoader } from './micron.loader';
import type { Micron } from './micron.type';

interface Marked {
  micron: Micron | null;
  replayed: boolean;
  userErrors: UserErrorShape[];
}

/** Marks a micron of any brand in the box of the person who asks. */
export async function markMicron(
  context: Context,
  kind: string,
  input: { micronId: string; idempotencyKey: string },
): Promise<Marked> {
  const uuid = deliveryId.decode(input.micronId);
  const before = uuid === null ? null : await micronLoader(context).load(uuid);
  const tenant = before?.brandUuid ?? brandOf(context.caller);
  const command = callerCommand(kind, input, context.caller, tenant);
  const { answer, replayed } = await context.commands.submit<MarkAnswer>(command);
  await refreshReads(context);
  const { deliveryUuid, userErrors } = answer;
  const micron = deliveryUuid ? await micronLoader(context).load(deliveryUuid) : null;
  return { micron, replayed, userErrors };
}
