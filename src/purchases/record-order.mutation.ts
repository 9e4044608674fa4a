import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { CustomerBy } from '../customers';
import type { Answered } from '../platform/database/command';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { DateTime } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import {
  OrderDriver,
  OrderSurface,
  type OrderDriverName,
  type OrderSurfaceName,
} from './order-source';
import type { PurchaseEntity } from './purchase.entity';
import { purchaseLoader } from './purchase.loader';
import { Purchase } from './purchase.type';
import {
  recordOrder,
  type RecordOrderAnswer,
  type RecordOrderCommand,
} from './record-order.command';

@InputType({ description: "A customer's order with the brand." })
export class RecordOrderInput {
  @Field(() => CustomerBy, { description: 'Who ordered; a customer the brand has identified.' })
  customer!: CustomerBy;

  @Field(() => String, { description: "The order's id in the brand's own systems, unique there." })
  externalId!: string;

  @Field(() => DateTime, { description: 'When it was ordered; any time in the past.' })
  orderedAt!: Date;

  @Field(() => Int, { description: 'How many things were bought; at least 1.' })
  items!: number;

  @Field(() => String, {
    description: 'What it cost in all, as a decimal such as "29.33"; 0 is an amount.',
  })
  amount!: string;

  @Field(() => String, {
    description:
      "The currency by its ISO 4217 code, such as INR. Sums are of the brand's own currency; orders in " +
      'others are kept and counted apart.',
  })
  currency!: string;

  @Field(() => OrderSurface, {
    nullable: true,
    description: "Where it was made; the brand's own shop when left out.",
  })
  surface?: OrderSurfaceName | null;

  @Field(() => OrderDriver, {
    nullable: true,
    description: 'What led to it; counts as ORGANIC when left out.',
  })
  driver?: OrderDriverName | null;

  @Field(() => String, { nullable: true, description: 'The campaign it is put down to.' })
  campaign?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What the brand itself paid for what it sold, as a decimal of the same currency; for margins.',
  })
  cost?: string | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What recording an order did.' })
export class RecordOrderPayload {
  @Field(() => Purchase, {
    nullable: true,
    description: 'What is kept of the order; null when refused.',
  })
  purchase!: Purchase | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was recorded.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class RecordOrderMutation {
  @Allow({ brand: 'mu:customers' })
  @Mutation(() => RecordOrderPayload, {
    description:
      'Records an order, so that what attention leads to and what a customer is worth can be measured. ' +
      'Orders pay no Mu. An external id the brand has used before is refused with ALREADY_EXISTS.',
  })
  async recordOrder(
    @Arg('input', () => RecordOrderInput, { description: 'Who ordered what, when, for how much.' })
    input: RecordOrderInput,
    @Ctx() context: Context,
  ): Promise<RecordOrderPayload> {
    const command = orderCommand(input, context);
    const answered = await context.commands.submit<RecordOrderAnswer>(command);
    await refreshReads(context);
    return (await orderPayloads([answered], context))[0] as RecordOrderPayload;
  }
}

/** The command of an order. Throws RequestError for an unusable idempotency key. */
export function orderCommand(
  { orderedAt, ...rest }: RecordOrderInput,
  { caller }: Context,
): RecordOrderCommand {
  const asSent = { ...rest, orderedAt: orderedAt.toISOString() };
  return callerCommand(recordOrder.kind, asSent, caller);
}

/** What clients are told of orders, in the same order, by what is stored of them now. */
export async function orderPayloads(
  answered: readonly Answered<RecordOrderAnswer>[],
  context: Context,
): Promise<RecordOrderPayload[]> {
  const uuids = answered.flatMap(({ answer }) => answer.purchaseUuid ?? []);
  const purchases = await purchaseLoader(context).loadMany(uuids);
  for (const purchase of purchases) if (purchase instanceof Error) throw purchase;
  const found = new Map(uuids.map((uuid, at) => [uuid, purchases[at] as PurchaseEntity]));
  return answered.map(({ answer: { purchaseUuid, userErrors }, replayed }) => ({
    purchase: found.get(purchaseUuid ?? '') ?? null,
    replayed,
    userErrors,
  }));
}
