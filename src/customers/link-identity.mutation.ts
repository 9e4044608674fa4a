import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { EmailAddress, PhoneNumber } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { confirmationLoader } from './confirmation.loader';
import { IdentityConfirmation } from './confirmation.type';
import { CustomerBy } from './customer-by';
import {
  linkIdentityHandler,
  type LinkIdentityAnswer,
  type LinkIdentityCommand,
} from './link-identity.command';
import { OneTimeCodes } from './one-time-code';

@InputType({ description: 'What a customer says is theirs: either an e-mail address or a number.' })
export class LinkIdentityInput {
  @Field(() => CustomerBy, { description: 'The customer.' })
  customer!: CustomerBy;

  @Field(() => EmailAddress, { nullable: true, description: 'The e-mail address to be proven.' })
  email?: string | null;

  @Field(() => PhoneNumber, { nullable: true, description: 'The phone number to be proven.' })
  phone?: string | null;

  @Field(() => String, {
    description: '8 to 200 printable characters; the same key answers the first answer again.',
  })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What linkIdentity did.' })
export class LinkIdentityPayload {
  @Field(() => IdentityConfirmation, {
    nullable: true,
    description: 'The confirmation that waits for its code; null when refused.',
  })
  confirmation!: IdentityConfirmation | null;

  @Field(() => String, {
    nullable: true,
    description: 'Six digits for you to send to that address or number, and nowhere else.',
  })
  code!: string | null;

  @Field(() => Boolean, { description: 'Whether this is the answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class LinkIdentityMutation {
  @Mutation(() => LinkIdentityPayload, {
    description:
      'Begins to prove that an address or number is the customer’s: answers a code, which the brand ' +
      'sends there. Nothing is linked before `confirmIdentity` gets the code back.',
  })
  @Allow({ brand: 'mu:customers' })
  async linkIdentity(
    @Arg('input', () => LinkIdentityInput, { description: 'What is to be proven.' })
    input: LinkIdentityInput,
    @Ctx() context: Context,
  ): Promise<LinkIdentityPayload> {
    const codes = new OneTimeCodes(context.config.tokenSecret);
    const command = callerCommand(linkIdentityHandler.kind, input, context.caller);
    const linkCommand: LinkIdentityCommand = { ...command, codes };
    const { answer, replayed } = await context.commands.submit<LinkIdentityAnswer>(linkCommand);
    await refreshReads(context);
    const { confirmation, userErrors } = answer;
    return {
      confirmation:
        confirmation === undefined ? null : await confirmationLoader(context).load(confirmation),
      code: confirmation === undefined ? null : codes.codeOf(confirmation),
      replayed,
      userErrors,
    };
  }
}
