import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { confirmIdentityKind, type ConfirmIdentityAnswer } from './confirm-identity';
import { confirmationLoader } from './confirmation.loader';
import { IdentityConfirmation } from './confirmation.type';
import { customerLoader } from './customer.loader';
import { confirmationId } from './customer.id';
import { Customer } from './customer.type';
import { OneTimeCodes } from './one-time-code';

@InputType({ description: 'The code somebody was sent, given back.' })
export class ConfirmIdentityInput {
  @Field(() => ID, { description: 'Id of the confirmation.' })
  confirmationId!: string;

  @Field(() => String, { description: 'The six digits.' })
  code!: string;

  @Field(() => String, {
    description: '8 to 200 printable characters; the same key answers the first answer again.',
  })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What confirmIdentity did.' })
export class ConfirmIdentityPayload {
  @Field(() => IdentityConfirmation, {
    nullable: true,
    description: 'The confirmation, confirmed; null when refused.',
  })
  confirmation!: IdentityConfirmation | null;

  @Field(() => Customer, {
    nullable: true,
    description: 'Whose identity it is from now on; null when refused.',
  })
  customer!: Customer | null;

  @Field(() => Boolean, { description: 'Whether this is the answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: UserErrorShape[];
}

/** As long as a code by far; a longer text is no code and is not hashed. */
const longestCode = 32;

@Resolver()
export class ConfirmIdentityMutation {
  @Mutation(() => ConfirmIdentityPayload, {
    description:
      'Proves an address or number with the code that was sent there. It is then the customer’s, ' +
      'confirmed, with the brand that began it.',
  })
  @Allow({ brand: 'mu:customers', customer: true })
  async confirmIdentity(
    @Arg('input', () => ConfirmIdentityInput, { description: 'Which one, and the code.' })
    input: ConfirmIdentityInput,
    @Ctx() context: Context,
  ): Promise<ConfirmIdentityPayload> {
    const { code, confirmationId: id, idempotencyKey } = input;
    const uuid = confirmationId.decode(id);
    const codes = new OneTimeCodes(context.config.tokenSecret);
    // The proof stands for the code from here on, so that not even a hash of the input gives it away.
    const proof = codes.proofOf(uuid ?? '', code.trim().slice(0, longestCode)).toString('base64');
    const told = { confirmationId: id, proof, idempotencyKey };
    const command = callerCommand(confirmIdentityKind, told, context.caller);
    const { answer, replayed } = await context.commands.submit<ConfirmIdentityAnswer>(command);
    await refreshReads(context);
    const { customer, userErrors } = answer;
    const done = customer !== undefined && uuid !== null;
    return {
      confirmation: done ? await confirmationLoader(context).load(uuid) : null,
      customer: done ? await customerLoader(context).load(customer) : null,
      replayed,
      userErrors,
    };
  }
}
