import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Customer, customerLoader } from '../customers';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { mergeLoader } from './merge.loader';
import { CustomerMerge } from './merge.type';
import { unmergeCustomers, type UnmergeCustomersAnswer } from './unmerge-customers.command';

@InputType({ description: 'A merge that was wrong.' })
export class UnmergeCustomersInput {
  @Field(() => ID, { description: 'Id of the merge, `mrg_…`.' })
  merge!: string;

  @Field(() => String, { description: 'How you know that they are two.' })
  reason!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `unmergeCustomers` did.' })
export class UnmergeCustomersPayload {
  @Field(() => CustomerMerge, { nullable: true, description: 'The merge; null when refused.' })
  merge!: CustomerMerge | null;

  @Field(() => Customer, {
    nullable: true,
    description: 'Who was gone and is back; null when refused, or when you do not know them.',
  })
  from!: Customer | null;

  @Field(() => Customer, {
    nullable: true,
    description: 'Who had stayed; null when refused, or when you do not know them any more.',
  })
  into!: Customer | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class UnmergeCustomersMutation {
  @Allow({ brand: 'mu:customers', platform: true })
  @Mutation(() => UnmergeCustomersPayload, {
    description:
      'Makes two customers of one again: what was each one’s before the merge is theirs again, Mu ' +
      'included, and what has come in since is whose identity it came in by. A brand undoes merges ' +
      'it asked for, the platform any; of merges that stand on each other the last first.',
  })
  async unmergeCustomers(
    @Arg('input', () => UnmergeCustomersInput, { description: 'Which merge.' })
    input: UnmergeCustomersInput,
    @Ctx() context: Context,
  ): Promise<UnmergeCustomersPayload> {
    const command = callerCommand(unmergeCustomers.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<UnmergeCustomersAnswer>(command);
    await refreshReads(context);
    const { merge, from, into, userErrors } = answer;
    return {
      merge: merge === undefined ? null : await mergeLoader(context).load(merge),
      from: from === undefined ? null : await customerLoader(context).load(from),
      into: into === undefined ? null : await customerLoader(context).load(into),
      replayed,
      userErrors,
    };
  }
}
