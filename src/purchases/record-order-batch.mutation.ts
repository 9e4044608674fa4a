import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { userError, type UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import type { RecordOrderAnswer } from './record-order.command';
import {
  orderCommand,
  orderPayloads,
  RecordOrderInput,
  RecordOrderPayload,
} from './record-order.mutation';

@InputType({ description: 'Orders to record together.' })
export class RecordOrderBatchInput {
  @Field(() => [RecordOrderInput], { description: 'At most 500 orders, each with its own key.' })
  orders!: RecordOrderInput[];
}

@ObjectType({ simpleResolvers: true, description: 'What recording the orders did.' })
export class RecordOrderBatchPayload {
  @Field(() => [RecordOrderPayload], { description: 'One result an order, in the same order.' })
  results!: RecordOrderPayload[];

  @Field(() => [UserError], { description: 'Why the whole call was refused; empty otherwise.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class RecordOrderBatchMutation {
  @Allow({ brand: 'mu:customers' })
  @Mutation(() => RecordOrderBatchPayload, {
    description:
      'Records up to 500 orders; one result each, in the same order. One may be refused alone.',
  })
  async recordOrderBatch(
    @Arg('input', () => RecordOrderBatchInput, { description: 'The orders.' })
    { orders }: RecordOrderBatchInput,
    @Ctx() context: Context,
  ): Promise<RecordOrderBatchPayload> {
    if (orders.length > context.config.limits.listInput) {
      return { results: [], userErrors: [userError('LIMIT_EXCEEDED', ['orders'])] };
    }
    // Every command is made before the first is queued, so that a bad key leaves nothing behind.
    const commands = orders.map((order) => orderCommand(order, context));
    const answers = await context.commands.submitAll<RecordOrderAnswer>(commands);
    await refreshReads(context);
    return { results: await orderPayloads(answers, context), userErrors: [] };
  }
}
