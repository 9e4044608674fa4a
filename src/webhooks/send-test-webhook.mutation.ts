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

@InputType({ description: 'The endpoint to try.' })
export class SendTestWebhookInput {
  @Field(() => ID, { description: 'The endpoint.' })
  endpointId!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `sendTestWebhook` did.' })
export class SendTestWebhookPayload {
  @Field(() => WebhookDelivery, {
    nullable: true,
    description: 'The delivery, to look at again; null when refused.',
  })
  webhookDelivery!: WebhookDelivery | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class SendTestWebhookMutation {
  @Allow({ brand: 'mu:webhooks' })
  @Mutation(() => SendTestWebhookPayload, {
    description:
      'Sends an endpoint an event of the topic `webhook.test`, whatever topics it is told of. Ask for the ' +
      'delivery again to see what became of it.',
  })
  async sendTestWebhook(
    @Arg('input', () => SendTestWebhookInput, { description: 'The endpoint.' })
    input: SendTestWebhookInput,
    @Ctx() context: Context,
  ): Promise<SendTestWebhookPayload> {
    const command = webhookCommand('sendTestWebhook', input, context);
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
