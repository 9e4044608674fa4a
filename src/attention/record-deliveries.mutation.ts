import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { CustomerBy } from '../customers';
import { DeliveryState, Message, messageLoader, type DeliveryStateName } from '../messages';
import { brandOf, scopeOf } from '../platform/auth/caller';
import { userError, type UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { forgetLoaded } from '../platform/graphql/loaders';
import { DateTime } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { checkIdempotencyKey } from '../platform/text';
import type { RecordDeliveriesAnswer, RecordDeliveriesCommand } from './record-deliveries.command';

@InputType({ description: 'Which message reached whom, and when.' })
export class RecordDeliveriesInput {
  @Field(() => ID, { description: 'The message, `msg_…`.' })
  messageId!: string;

  @Field(() => [CustomerBy], { description: 'Whom it reached; at most 500 customers.' })
  customers!: CustomerBy[];

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it reached them, as the sender says; now when left out.',
  })
  deliveredAt?: Date | null;

  @Field(() => DeliveryState, {
    nullable: true,
    description:
      'What became of it; DELIVERED when left out. BOUNCED and SUPPRESSED may follow a delivery and stay.',
  })
  state?: DeliveryStateName | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `recordDeliveries` did.' })
export class RecordDeliveriesPayload {
  @Field(() => Message, { nullable: true, description: 'The message; null when refused.' })
  message!: Message | null;

  @Field(() => Int, {
    description: 'For how many customers this was news; each counts once.',
  })
  recorded!: number;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], {
    description: 'Why it was refused, or which customers are unknown; the others were recorded.',
  })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class RecordDeliveriesMutation {
  @Allow({ brand: 'mu:messages' })
  @Mutation(() => RecordDeliveriesPayload, {
    description:
      'Records that a message reached customers, or did not. A customer it reached twice counts once.',
  })
  async recordDeliveries(
    @Arg('input', () => RecordDeliveriesInput, { description: 'What reached whom, and when.' })
    input: RecordDeliveriesInput,
    @Ctx() context: Context,
  ): Promise<RecordDeliveriesPayload> {
    const { idempotencyKey, messageId, customers, deliveredAt, state } = input;
    checkIdempotencyKey(idempotencyKey);
    const { limits } = context.config;
    if (customers.length > limits.listInput) {
      const message = `At most ${limits.listInput} customers at once.`;
      const tooMany = userError('LIMIT_EXCEEDED', ['customers'], message);
      return { message: null, recorded: 0, replayed: false, userErrors: [tooMany] };
    }
    const command: RecordDeliveriesCommand = {
      kind: 'recordDeliveries',
      scope: scopeOf(context.caller),
      tenant: brandOf(context.caller),
      key: idempotencyKey,
      input: { messageId, customers, deliveredAt: deliveredAt?.toISOString(), state },
    };
    const { answer, replayed } = await context.commands.submit<RecordDeliveriesAnswer>(command);
    await context.reads.refresh();
    forgetLoaded(context);
    const { messageUuid, recorded = 0, userErrors } = answer;
    const message = messageUuid ? await messageLoader(context).load(messageUuid) : null;
    return { message, recorded, replayed, userErrors };
  }
}
