import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { toEntity } from '../platform/database/rows';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { DateTime } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import type { ReplayWebhooksAnswer } from './replay-webhooks.command';
import { webhookCommand } from './webhook-command';
import { WebhookEndpointEntity } from './webhook-endpoint.entity';
import { WebhookEndpoint } from './webhook-endpoint.type';

@InputType({ description: 'What an endpoint shall be sent once more.' })
export class ReplayWebhooksInput {
  @Field(() => ID, { description: 'The endpoint.' })
  endpointId!: string;

  @Field(() => DateTime, { description: 'From when on; events are kept for a month.' })
  since!: Date;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `replayWebhooks` did.' })
export class ReplayWebhooksPayload {
  @Field(() => WebhookEndpoint, { nullable: true, description: 'The endpoint; null when refused.' })
  webhookEndpoint!: WebhookEndpoint | null;

  @Field(() => Int, { description: 'How many deliveries were queued.' })
  queued!: number;

  @Field(() => Boolean, {
    description:
      'Whether there are more than one call queues; the same call under a new key goes on.',
  })
  hasMore!: boolean;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class ReplayWebhooksMutation {
  @Allow({ brand: 'mu:webhooks' })
  @Mutation(() => ReplayWebhooksPayload, {
    description:
      'Sends an endpoint what it has not got since a moment: deliveries that failed, and events it missed ' +
      'while it was not active. What was delivered is not sent again.',
  })
  async replayWebhooks(
    @Arg('input', () => ReplayWebhooksInput, { description: 'The endpoint and the moment.' })
    input: ReplayWebhooksInput,
    @Ctx() context: Context,
  ): Promise<ReplayWebhooksPayload> {
    const command = webhookCommand('replayWebhooks', input, context);
    const { answer, replayed } = await context.commands.submit<ReplayWebhooksAnswer>(command);
    await refreshReads(context);
    const row = answer.endpoint;
    return {
      webhookEndpoint: row ? toEntity(WebhookEndpointEntity, { ...row }) : null,
      queued: answer.queued ?? 0,
      hasMore: answer.hasMore ?? false,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
