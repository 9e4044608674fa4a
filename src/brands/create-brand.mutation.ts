import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { ApiKeyMint } from '../platform/auth/api-key';
import type { Caller } from '../platform/auth/caller';
import { callerCommand } from '../platform/database/caller-command';
import { toEntity } from '../platform/database/rows';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { forgetLoaded } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { textOfApiKey, type KeyCommand } from './api-key.store';
import { BrandEntity } from './brand.entity';
import { brandId } from './brand.id';
import { Brand } from './brand.type';
import {
  createBrandHandler,
  type CreateBrandAnswer,
  type CreateBrandCommandInput,
} from './create-brand.command';

@InputType({ description: 'A brand to create.' })
export class CreateBrandInput {
  @Field(() => String, { description: 'The name people know the brand by; one line.' })
  name!: string;

  @Field(() => String, {
    description: 'Short name: 1 to 63 lower case letters, digits and inner hyphens; unique.',
  })
  slug!: string;

  @Field(() => String, {
    defaultValue: 'UTC',
    description: "IANA time zone in which the brand's days begin, such as Asia/Kolkata.",
  })
  timezone!: string;

  @Field(() => String, {
    defaultValue: 'INR',
    description: 'ISO 4217 code of the currency the brand measures orders in.',
  })
  currency!: string;

  @Field(() => String, {
    description: '8 to 200 printable characters; the same key answers the first answer again.',
  })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What createBrand did.' })
export class CreateBrandPayload {
  @Field(() => Brand, { nullable: true, description: 'The new brand; null when refused.' })
  brand!: Brand | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The whole text of the brand's first API key, which may do everything a brand may. It can be " +
      'read here only; null when refused, and in a replay after the token secret has changed.',
  })
  apiKey!: string | null;

  @Field(() => Boolean, { description: 'Whether this is the answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: UserErrorShape[];
}

/** Creates a brand for the platform, as the mutation does; also for a brand the service starts with. */
export async function createBrand(
  { config, commands }: Pick<Context, 'config' | 'commands'>,
  input: CreateBrandInput,
): Promise<CreateBrandPayload> {
  const caller: Caller = { kind: 'platform' };
  const { kind } = createBrandHandler;
  const mint = new ApiKeyMint(config.tokenSecret);
  const command = callerCommand(kind, input, caller, brandId.create());
  const keyCommand: KeyCommand<CreateBrandCommandInput> = { ...command, mint };
  const { answer, replayed } = await commands.submit<CreateBrandAnswer>(keyCommand);
  return {
    brand: answer.brand === undefined ? null : toEntity(BrandEntity, answer.brand),
    apiKey: answer.apiKey === undefined ? null : textOfApiKey(mint, answer.apiKey),
    replayed,
    userErrors: answer.userErrors,
  };
}

@Resolver()
export class CreateBrandMutation {
  @Mutation(() => CreateBrandPayload, {
    description: 'Creates a brand with its first API key. It starts without rules and without Mu.',
  })
  @Allow({ platform: true })
  async createBrand(
    @Arg('input', () => CreateBrandInput, { description: 'The brand to create.' })
    input: CreateBrandInput,
    @Ctx() context: Context,
  ): Promise<CreateBrandPayload> {
    const payload = await createBrand(context, input);
    await context.reads.refresh();
    forgetLoaded(context);
    return payload;
  }
}
