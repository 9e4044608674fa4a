import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { DateTime } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { purchaseLoader } from './purchase.loader';
import { Purchase } from './purchase.type';
import { refundOrder, type RefundOrderAnswer } from './refund-order.command';

@InputType({ description: 'Money paid back for an order, all of it or a part.' })
export class RefundOrderInput {
  @Field(() => String, { description: "The order's id in the brand's own systems." })
  externalId!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "How much, as a decimal of the order's currency; all that is left of the order when left out.",
  })
  amount?: string | null;

  @Field(() => String, { nullable: true, description: 'Why, in a line.' })
  reason?: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was paid back; now when left out.',
  })
  refundedAt?: Date | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `refundOrder` did.' })
export class RefundOrderPayload {
  @Field(() => Purchase, {
    nullable: true,
    description: 'The order with what has been paid back for it; null when refused.',
  })
  purchase!: Purchase | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was recorded.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class RefundOrderMutation {
  @Allow({ brand: 'mu:customers' })
  @Mutation(() => RefundOrderPayload, {
    description:
      'Records that an order was paid back, once a key. Refunds of an order never exceed it: one that ' +
      'would is refused with REFUND_TOO_LARGE.',
  })
  async refundOrder(
    @Arg('input', () => RefundOrderInput, { description: 'How much of which order.' })
    input: RefundOrderInput,
    @Ctx() context: Context,
  ): Promise<RefundOrderPayload> {
    const { refundedAt, ...rest } = input;
    const asSent = { ...rest, ...(refundedAt && { refundedAt: refundedAt.toISOString() }) };
    const command = callerCommand(refundOrder.kind, asSent, context.caller);
    const { answer, replayed } = await context.commands.submit<RefundOrderAnswer>(command);
    await refreshReads(context);
    const { purchaseUuid, userErrors } = answer;
    const purchase =
      purchaseUuid === undefined ? null : await purchaseLoader(context).load(purchaseUuid);
    return { purchase, replayed, userErrors };
  }
}
