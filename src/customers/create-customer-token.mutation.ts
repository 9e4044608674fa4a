import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { brandOf } from '../platform/auth/caller';
import { CustomerTokens, type MintedToken } from '../platform/auth/customer-token';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { UserError } from '../platform/graphql/user-error';
import {
  createCustomerTokenHandler,
  type CreateTokenAnswer,
} from './create-customer-token.command';
import { CustomerBy } from './customer-by';

@InputType({ description: 'Whom a token is for.' })
export class CreateCustomerTokenInput {
  @Field(() => CustomerBy, { description: 'The customer, whom the brand has signed in.' })
  customer!: CustomerBy;

  @Field(() => Int, {
    defaultValue: 900,
    description: 'How long the token works, from 1 second to a day.',
  })
  ttlSeconds!: number;

  @Field(() => String, {
    description: '8 to 200 printable characters; the same key answers the first answer again.',
  })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What createCustomerToken did.' })
export class CreateCustomerTokenPayload {
  @Field(() => String, {
    nullable: true,
    description: 'Bearer token to hand to the customer; null when refused.',
  })
  token!: string | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When the token stops working; null when refused.',
  })
  expiresAt!: Date | null;

  @Field(() => Boolean, { description: 'Whether this is the answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class CreateCustomerTokenMutation {
  @Mutation(() => CreateCustomerTokenPayload, {
    description:
      'Makes a short-lived token with which a customer of the brand acts for themselves. The brand ' +
      'vouches that it has signed the person in: the token shows them everything of theirs.',
  })
  @Allow({ brand: 'mu:tokens' })
  async createCustomerToken(
    @Arg('input', () => CreateCustomerTokenInput, { description: 'Whom the token is for.' })
    input: CreateCustomerTokenInput,
    @Ctx() context: Context,
  ): Promise<CreateCustomerTokenPayload> {
    const command = callerCommand(createCustomerTokenHandler.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<CreateTokenAnswer>(command);
    const minted = mint(answer, context);
    return {
      token: minted?.token ?? null,
      expiresAt: minted?.expiresAt ?? null,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}

/** Signs the token of an answer: the same answer gives the same token, byte for byte. */
function mint(answer: CreateTokenAnswer, { caller, config }: Context): MintedToken | null {
  const { customer, issuedAt, ttlSeconds } = answer;
  if (customer === undefined || issuedAt === undefined || ttlSeconds === undefined) return null;
  const { tokenSkewSeconds } = config.limits;
  // A replay after the longest life was lowered: the token is what it was, and no longer accepted.
  const limits = { tokenTtlSeconds: ttlSeconds, tokenSkewSeconds };
  const subject = { customerId: customer, brandId: brandOf(caller) as string };
  return new CustomerTokens(config.tokenSecret, limits).mint(
    subject,
    ttlSeconds,
    new Date(issuedAt),
  );
}
