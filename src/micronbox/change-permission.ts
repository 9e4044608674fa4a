import { brandId as brandIds } from '../brands';
import { loadRelationship, type RelationshipEntity } from '../customers';
import { brandOf } from '../platform/auth/caller';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import type { PermissionAnswer } from './change-permission.command';

interface Changed {
  relationship: RelationshipEntity | null;
  replayed: boolean;
  userErrors: UserErrorShape[];
}

/** Writes down a person's word about a brand, which need not be the one that signed them in. */
export async function changePermission(
  context: Context,
  kind: string,
  input: { brandId: string; idempotencyKey: string },
): Promise<Changed> {
  const tenant = brandIds.decode(input.brandId) ?? brandOf(context.caller);
  const command = callerCommand(kind, input, context.caller, tenant);
  const { answer, replayed } = await context.commands.submit<PermissionAnswer>(command);
  await refreshReads(context);
  const relationship = answer.of ? await loadRelationship(context, answer.of) : null;
  return { relationship, replayed, userErrors: answer.userErrors };
}
