import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { CustomerBy, customerId } from '../customers';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { DateTime, Mu } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { eraseCustomer, type EraseCustomerAnswer } from './erase-customer.command';

@InputType({ description: 'Who is to be erased.' })
export class EraseCustomerInput {
  @Field(() => CustomerBy, {
    nullable: true,
    description:
      'Who it is: a brand must say, the platform by the id; a customer means themselves and leaves it out.',
  })
  customer?: CustomerBy | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'That a customer was erased.' })
export class Erasure {
  @Field(() => ID, { description: 'The id they had, `cus_…`; it finds nobody any more.' })
  customerId!: string;

  @Field(() => Boolean, {
    description: 'Whether they are gone with every brand; else with yours alone.',
  })
  everywhere!: boolean;

  @Field(() => Mu, {
    description: 'The Mu that was destroyed: what your brand had given, or all of it.',
  })
  extinguished!: number;

  @Field(() => DateTime, { description: 'When; of an earlier erasure, when that was.' })
  erasedAt!: Date;
}

@ObjectType({ simpleResolvers: true, description: 'What `eraseCustomer` did.' })
export class EraseCustomerPayload {
  @Field(() => Erasure, { nullable: true, description: 'The erasure; null when refused.' })
  erasure!: Erasure | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class EraseCustomerMutation {
  @Allow({ brand: 'mu:customers', platform: true, customer: true })
  @Mutation(() => EraseCustomerPayload, {
    description:
      'Forgets a customer for good: names, addresses, traits, answers and all free text; sums, orders and ' +
      'ledger entries stay under a random id. For a brand it ends its own relationship; asked by the person ' +
      'or the platform it is everywhere. Whoever was erased stays so; it cannot be undone.',
  })
  async eraseCustomer(
    @Arg('input', () => EraseCustomerInput, { description: 'Who.' })
    input: EraseCustomerInput,
    @Ctx() context: Context,
  ): Promise<EraseCustomerPayload> {
    const command = callerCommand(eraseCustomer.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<EraseCustomerAnswer>(command);
    await refreshReads(context);
    return { erasure: toErasure(answer), replayed, userErrors: answer.userErrors };
  }
}

function toErasure(answer: EraseCustomerAnswer): Erasure | null {
  if (answer.customer === undefined) return null;
  return {
    customerId: customerId.encode(answer.customer),
    everywhere: answer.everywhere === true,
    extinguished: answer.extinguished ?? 0,
    erasedAt: new Date(answer.erasedAt as string),
  };
}
