import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Customer, CustomerBy, customerLoader } from '../customers';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { mergeCustomers, type MergeCustomersAnswer } from './merge-customers.command';
import { mergeLoader } from './merge.loader';
import { CustomerMerge } from './merge.type';

@InputType({ description: 'Two customers who are one person.' })
export class MergeCustomersInput {
  @Field(() => CustomerBy, { description: 'Who is gone afterwards; their id finds the other.' })
  from!: CustomerBy;

  @Field(() => CustomerBy, { description: 'Who stays.' })
  into!: CustomerBy;

  @Field(() => String, { description: 'How you know that they are one.' })
  reason!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `mergeCustomers` did.' })
export class MergeCustomersPayload {
  @Field(() => CustomerMerge, { nullable: true, description: 'The merge; null when refused.' })
  merge!: CustomerMerge | null;

  @Field(() => Customer, { nullable: true, description: 'Who stayed; null when refused.' })
  customer!: Customer | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class MergeCustomersMutation {
  @Allow({ brand: 'mu:customers', platform: true })
  @Mutation(() => MergeCustomersPayload, {
    description:
      'Makes two customers one: everything of the one becomes the other’s, Mu included. A brand ' +
      'merges customers it knows both, the platform any by their ids.',
  })
  async mergeCustomers(
    @Arg('input', () => MergeCustomersInput, { description: 'Which two.' })
    input: MergeCustomersInput,
    @Ctx() context: Context,
  ): Promise<MergeCustomersPayload> {
    const command = callerCommand(mergeCustomers.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<MergeCustomersAnswer>(command);
    await refreshReads(context);
    const { merge, customer, userErrors } = answer;
    return {
      merge: merge === undefined ? null : await mergeLoader(context).load(merge),
      customer: customer === undefined ? null : await customerLoader(context).load(customer),
      replayed,
      userErrors,
    };
  }
}
