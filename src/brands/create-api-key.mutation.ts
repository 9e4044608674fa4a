import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { ApiKeyMint } from '../platform/auth/api-key';
import type { BrandScope, Caller } from '../platform/auth/caller';
import { callerCommand } from '../platform/database/caller-command';
import { toEntity } from '../platform/database/rows';
import { RequestError, type UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { forgetLoaded } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { ApiKeyEntity } from './api-key.entity';
import { textOfApiKey, type KeyCommand } from './api-key.store';
import { ApiKeyScopeEnum } from './api-key-scope';
import { ApiKey } from './api-key.type';
import { tenantOf } from './brand-meant';
import {
  createApiKeyHandler,
  type CreateApiKeyAnswer,
  type CreateApiKeyCommandInput,
} from './create-api-key.command';

@InputType({ description: 'An API key to create.' })
export class CreateApiKeyInput {
  @Field(() => String, { description: 'What to call the key; one line.' })
  name!: string;

  @Field(() => [ApiKeyScopeEnum], {
    description: 'What the key may do: one scope or more, none that the calling key lacks.',
  })
  scopes!: BrandScope[];

  @Field(() => ID, {
    nullable: true,
    description:
      "The brand the key is for: the platform must name it, a brand's key means its own.",
  })
  brandId?: string | null;

  @Field(() => String, {
    description: '8 to 200 printable characters; the same key answers the first answer again.',
  })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What createApiKey did.' })
export class CreateApiKeyPayload {
  @Field(() => ApiKey, { nullable: true, description: 'The new key; null when refused.' })
  apiKey!: ApiKey | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The whole text of the key, to send as `authorization: Bearer …`. It can be read here only; ' +
      'null when refused, and in a replay after the token secret has changed.',
  })
  secret!: string | null;

  @Field(() => Boolean, { description: 'Whether this is the answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class CreateApiKeyMutation {
  @Mutation(() => CreateApiKeyPayload, {
    description: 'Creates an API key for a brand, with a part of what the calling key may do.',
  })
  @Allow({ platform: true, brand: 'mu:keys' })
  async createApiKey(
    @Arg('input', () => CreateApiKeyInput, { description: 'The key to create.' })
    input: CreateApiKeyInput,
    @Ctx() context: Context,
  ): Promise<CreateApiKeyPayload> {
    const { caller, config, commands } = context;
    refuseMoreThanOwn(caller, input.scopes);
    const { kind } = createApiKeyHandler;
    const tenant = tenantOf(caller, input.brandId);
    const mint = new ApiKeyMint(config.tokenSecret);
    const command = callerCommand(kind, input, caller, tenant);
    const keyCommand: KeyCommand<CreateApiKeyCommandInput> = { ...command, mint };
    const { answer, replayed } = await commands.submit<CreateApiKeyAnswer>(keyCommand);
    await context.reads.refresh();
    forgetLoaded(context);
    const created = answer.apiKey;
    return {
      apiKey: created === undefined ? null : toEntity(ApiKeyEntity, created.row),
      secret: created === undefined ? null : textOfApiKey(mint, created),
      replayed,
      userErrors: answer.userErrors,
    };
  }
}

/**
 * A key gives away only what it has. This is judged on each call and not remembered with its answer,
 * so that no weaker key of the brand can have a stronger one's secret replayed to it.
 */
function refuseMoreThanOwn(caller: Caller, scopes: readonly BrandScope[]): void {
  if (caller.kind !== 'brand') return;
  if (!scopes.every((scope) => caller.scopes.includes(scope))) {
    throw new RequestError('FORBIDDEN', 'A key cannot grant scopes it does not have itself.');
  }
}
