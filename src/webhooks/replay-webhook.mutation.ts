import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { toEntity } from '../platform/database/rows';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import type { DeliveryAnswer } from './send-test-webhook.command';
import { webhookCommand } from './webhook-command';
import { WebhookDeliveryEntity } from './webhook-delivery.entity';
import { WebhookDelivery } from './webhook-delivery.type';

@InputType({ description: 'The delivery to send once more.' })
export class ReplayWebhookInput {
  @Field(() => ID, { description: 'The delivery.' })
  deliveryId!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `replayWebhook` did.' })
export class ReplayWebhookPayload {
  @Field(() => WebhookDelivery, {
    nullable: true,
    description: 'The delivery, which waits to be sent; null when refused.',
  })
  webhookDelivery!: WebhookDelivery | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class ReplayWebhookMutation {
  @Allow({ brand: 'mu:webhooks' })
  @Mutation(() => ReplayWebhookPayload, {
    description:
      'Sends a delivery once more, delivered or not, with the same `webhook-id`, so that a receiver which ' +
      'has it already can tell.',
  })
  async replayWebhook(
    @Arg('input', () => ReplayWebhookInput, { description: 'The delivery.' })
    input: ReplayWebhookInput,
    @Ctx() context: Context,
  ): Promise<ReplayWebhookPayload> {
    const command = webhookCommand('replayWebhook', input, context);
    const { answer, replayed } = await context.commands.submit<DeliveryAnswer>(command);
    await refreshReads(context);
    const row = answer.delivery;
    return {
      webhookDelivery: row ? toEntity(WebhookDeliveryEntity, { ...row }) : null,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
