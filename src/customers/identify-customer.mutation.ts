import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { forgetLoaded } from '../platform/graphql/loaders';
import { EmailAddress, JSONObject, PhoneNumber } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { ConsentPurposeEnum, type ConsentPurpose } from './consent.type';
import { customerLoader } from './customer.loader';
import { Customer } from './customer.type';
import { identifyCustomerKind, type IdentifyAnswer } from './identify-customer.command';
import { IdentityKindEnum, type IdentityKind } from './identity.type';

@InputType({ description: 'What the customer allows, or not.' })
export class ConsentInput {
  @Field(() => ConsentPurposeEnum, { description: 'What it is about.' })
  purpose!: ConsentPurpose;

  @Field(() => Boolean, { description: 'Whether the customer allows it.' })
  granted!: boolean;
}

@InputType({
  description:
    'What a brand knows of a customer; at least one of externalId, email, phone, deviceId and appId.',
})
export class IdentifyCustomerInput {
  @Field(() => String, {
    nullable: true,
    description: "The customer's id in the brand's own systems; set once.",
  })
  externalId?: string | null;

  @Field(() => EmailAddress, { nullable: true, description: 'Kept beside earlier ones.' })
  email?: string | null;

  @Field(() => PhoneNumber, { nullable: true, description: 'Kept beside earlier ones.' })
  phone?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The id you gave to a device or browser. Alone it makes a customer nobody knows yet, who ' +
      'becomes one of those you know when a later call names both.',
  })
  deviceId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The id you gave to an installation of your app; works as `deviceId` does.',
  })
  appId?: string | null;

  @Field(() => JSONObject, {
    nullable: true,
    description:
      'Notes about the customer, such as `name`. Laid over the earlier ones key by key; null deletes ' +
      'one. At most 64 keys, 4 levels and 16 KiB in all.',
  })
  traits?: Record<string, unknown> | null;

  @Field(() => [ConsentInput], {
    nullable: true,
    description: 'What the customer told the brand; of the same purpose the last counts.',
  })
  consents?: ConsentInput[] | null;

  @Field(() => [IdentityKindEnum], {
    nullable: true,
    description: 'Which of the identities in this call the brand has verified with the person.',
  })
  confirmed?: IdentityKind[] | null;

  @Field(() => String, {
    description: '8 to 200 printable characters; the same key answers the first answer again.',
  })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What identifyCustomer did.' })
export class IdentifyCustomerPayload {
  @Field(() => Customer, { nullable: true, description: 'The customer; null when refused.' })
  customer!: Customer | null;

  @Field(() => Boolean, { description: 'Whether this is the answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class IdentifyCustomerMutation {
  @Mutation(() => IdentifyCustomerPayload, {
    description:
      'Tells who a customer of the brand is: finds them by what the brand said before, else by what ' +
      'any brand said, else makes a new one, and links all keys of the call to them.',
  })
  @Allow({ brand: 'mu:customers' })
  async identifyCustomer(
    @Arg('input', () => IdentifyCustomerInput, { description: 'What the brand knows.' })
    input: IdentifyCustomerInput,
    @Ctx() context: Context,
  ): Promise<IdentifyCustomerPayload> {
    const command = callerCommand(identifyCustomerKind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<IdentifyAnswer>(command);
    await context.reads.refresh();
    forgetLoaded(context);
    const { customer, userErrors } = answer;
    return {
      customer: customer === undefined ? null : await customerLoader(context).load(customer),
      replayed,
      userErrors,
    };
  }
}
