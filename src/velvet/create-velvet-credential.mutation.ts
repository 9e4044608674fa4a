import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { CustomerBy } from '../customers';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { UserError } from '../platform/graphql/user-error';
import { createVelvetCredential, type CredentialAnswer } from './create-velvet-credential.command';
import { signCredential } from './credential';

const defaultTtlSeconds = 120;

@InputType({ description: 'Who wants to be recognised, and for how long.' })
export class CreateVelvetCredentialInput {
  @Field(() => CustomerBy, {
    nullable: true,
    description: 'Who: a brand must say; a customer speaks for themselves and leaves it out.',
  })
  customer?: CustomerBy | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: defaultTtlSeconds,
    description: 'How long it is good, from 1 to 300 seconds.',
  })
  ttlSeconds?: number | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `createVelvetCredential` did.' })
export class CreateVelvetCredentialPayload {
  @Field(() => String, {
    nullable: true,
    description: 'What to show, as a code for example; null when refused.',
  })
  token!: string | null;

  @Field(() => Date, { nullable: true, description: 'When it stops being good.' })
  expiresAt!: Date | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class CreateVelvetCredentialMutation {
  @Allow({ brand: 'mu:tokens', customer: true })
  @Mutation(() => CreateVelvetCredentialPayload, {
    description:
      'Makes a member something to show at a door: signed, bound to them and the brand, good for minutes ' +
      'and for one arrival. Refused with NOT_A_MEMBER for anybody else.',
  })
  async createVelvetCredential(
    @Arg('input', () => CreateVelvetCredentialInput, {
      description: 'Who wants to be recognised, and for how long.',
    })
    input: CreateVelvetCredentialInput,
    @Ctx() context: Context,
  ): Promise<CreateVelvetCredentialPayload> {
    const { customer, ttlSeconds, idempotencyKey } = input;
    const sent = { customer, ttlSeconds: ttlSeconds ?? defaultTtlSeconds, idempotencyKey };
    const command = callerCommand(createVelvetCredential.kind, sent, context.caller);
    const { answer, replayed } = await context.commands.submit<CredentialAnswer>(command);
    const { credential } = answer;
    return {
      token: credential ? signCredential(context.config.tokenSecret, credential) : null,
      expiresAt: credential ? new Date(credential.expiresAt * 1000) : null,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
