import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { brandOf } from '../platform/auth/caller';
import { callerCommand } from '../platform/database/caller-command';
import { toEntity } from '../platform/database/rows';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { forgetLoaded } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { forgetKey } from './api-key.cache';
import { ApiKeyEntity } from './api-key.entity';
import { apiKeyLoader } from './api-key.loader';
import { ApiKey } from './api-key.type';
import { apiKeyId } from './brand.id';
import { revokeApiKeyHandler, type RevokeApiKeyAnswer } from './revoke-api-key.command';

@InputType({ description: 'An API key to revoke.' })
export class RevokeApiKeyInput {
  @Field(() => ID, { description: 'The key to revoke.' })
  id!: string;

  @Field(() => String, {
    description: '8 to 200 printable characters; the same key answers the first answer again.',
  })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What revokeApiKey did.' })
export class RevokeApiKeyPayload {
  @Field(() => ApiKey, { nullable: true, description: 'The revoked key; null when refused.' })
  apiKey!: ApiKey | null;

  @Field(() => Boolean, { description: 'Whether this is the answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class RevokeApiKeyMutation {
  @Mutation(() => RevokeApiKeyPayload, {
    description:
      'Revokes an API key for good. This process refuses it at once, others within five seconds. ' +
      'A key that is revoked already is answered as it is.',
  })
  @Allow({ platform: true, brand: 'mu:keys' })
  async revokeApiKey(
    @Arg('input', () => RevokeApiKeyInput, { description: 'The key to revoke.' })
    input: RevokeApiKeyInput,
    @Ctx() context: Context,
  ): Promise<RevokeApiKeyPayload> {
    const { caller, commands } = context;
    const { kind } = revokeApiKeyHandler;
    const tenant = brandOf(caller) ?? (await brandOfKey(context, input.id));
    const command = callerCommand(kind, input, caller, tenant);
    const { answer, replayed } = await commands.submit<RevokeApiKeyAnswer>(command);
    await context.reads.refresh();
    forgetLoaded(context);
    const revoked = answer.apiKey ? toEntity(ApiKeyEntity, answer.apiKey) : null;
    if (revoked !== null) forgetKey(revoked.uuid);
    return { apiKey: revoked, replayed, userErrors: answer.userErrors };
  }
}

/** The platform names a key by its id alone; the command must say for which brand it acts. */
async function brandOfKey(context: Context, id: string): Promise<string | null> {
  const uuid = apiKeyId.decode(id);
  const key = uuid === null ? null : await apiKeyLoader(context).load(uuid);
  return key?.brandUuid ?? null;
}
