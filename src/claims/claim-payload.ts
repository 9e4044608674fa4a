import type { Command } from '../platform/database/command';
import { toEntity } from '../platform/database/rows';
import type { UserErrorShape } from '../platform/errors';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { ClaimEntity } from './claim.entity';
import type { Claim } from './claim.type';
import type { ClaimAnswer } from './open-claim.command';

/** What every mutation of a claim answers. */
export interface ClaimPayload {
  claim: Claim | null;
  replayed: boolean;
  userErrors: UserErrorShape[];
}

/** Submits a command about a claim and shows what became of it. */
export async function submitClaim(context: Context, command: Command): Promise<ClaimPayload> {
  const { answer, replayed } = await context.commands.submit<ClaimAnswer>(command);
  await refreshReads(context);
  return {
    claim: answer.claim ? toEntity(ClaimEntity, { ...answer.claim }) : null,
    replayed,
    userErrors: answer.userErrors,
  };
}
