import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { CustomerBy } from '../customers';
import { brandOf, scopeOf } from '../platform/auth/caller';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { forgetLoaded } from '../platform/graphql/loaders';
import { DateTime } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { checkIdempotencyKey } from '../platform/text';
import { purchaseLoader } from './purchase.loader';
import { Purchase } from './purchase.type';
import type { RecordOrderAnswer, RecordPurchaseCommand } from './record-order.command';

@InputType({ description: "A customer's purchase." })
export class RecordPurchaseInput {
  @Field(() => CustomerBy, { description: 'Who ordered; a customer the brand has identified.' })
  customer!: CustomerBy;

  @Field(() => String, {
    description: "The purchase's id in the brand's own systems, unique there.",
  })
  externalId!: string;

  @Field(() => DateTime, { description: 'When it was ordered; any time in the past.' })
  purchasedAt!: Date;

  @Field(() => Int, { description: 'How many things were bought; at least 1.' })
  items!: number;

  @Field(() => String, {
    description: 'What it cost in all, as a decimal such as "29.33"; 0 is an amount.',
  })
  amount!: string;

  @Field(() => String, { description: 'The currency by its ISO 4217 code, such as INR.' })
  currency!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `recordPurchase` did.' })
export class RecordPurchasePayload {
  @Field(() => Purchase, { nullable: true, description: 'The purchase; null when refused.' })
  purchase!: Purchase | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was recorded.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class RecordPurchaseMutation {
  @Allow({ brand: 'mu:customers' })
  @Mutation(() => RecordPurchasePayload, {
    deprecationReason:
      'Use `recordOrder`, which also takes where an order was made and what led to it.',
    description:
      'Records a purchase, so that what attention leads to can be measured. Purchases pay no Mu. An ' +
      'external id the brand has used before is refused with ALREADY_EXISTS.',
  })
  async recordPurchase(
    @Arg('input', () => RecordPurchaseInput, {
      description: 'Who bought what, when, for how much.',
    })
    input: RecordPurchaseInput,
    @Ctx() context: Context,
  ): Promise<RecordPurchasePayload> {
    const { idempotencyKey, purchasedAt, ...rest } = input;
    checkIdempotencyKey(idempotencyKey);
    const command: RecordPurchaseCommand = {
      kind: 'recordPurchase',
      scope: scopeOf(context.caller),
      tenant: brandOf(context.caller),
      key: idempotencyKey,
      input: { ...rest, purchasedAt: purchasedAt.toISOString() },
    };
    const { answer, replayed } = await context.commands.submit<RecordOrderAnswer>(command);
    await context.reads.refresh();
    forgetLoaded(context);
    const purchase = answer.purchaseUuid
      ? await purchaseLoader(context).load(answer.purchaseUuid)
      : null;
    return { purchase, replayed, userErrors: answer.userErrors };
  }
}
