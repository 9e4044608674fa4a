import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { toEntity } from '../platform/database/rows';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import type { EndpointAnswer } from './create-webhook-endpoint.command';
import { webhookCommand } from './webhook-command';
import { WebhookEndpointEntity } from './webhook-endpoint.entity';
import { WebhookEndpoint } from './webhook-endpoint.type';

@InputType({ description: 'The endpoint to take away.' })
export class DeleteWebhookEndpointInput {
  @Field(() => ID, { description: 'The endpoint.' })
  id!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `deleteWebhookEndpoint` did.' })
export class DeleteWebhookEndpointPayload {
  @Field(() => WebhookEndpoint, {
    nullable: true,
    description: 'What is kept of the endpoint; null when refused.',
  })
  webhookEndpoint!: WebhookEndpoint | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class DeleteWebhookEndpointMutation {
  @Allow({ brand: 'mu:webhooks' })
  @Mutation(() => DeleteWebhookEndpointPayload, {
    description:
      'Takes an endpoint away for good: nothing is sent to it any more. Its deliveries stay readable.',
  })
  async deleteWebhookEndpoint(
    @Arg('input', () => DeleteWebhookEndpointInput, { description: 'The endpoint.' })
    input: DeleteWebhookEndpointInput,
    @Ctx() context: Context,
  ): Promise<DeleteWebhookEndpointPayload> {
    const command = webhookCommand('deleteWebhookEndpoint', input, context);
    const { answer, replayed } = await context.commands.submit<EndpointAnswer>(command);
    await refreshReads(context);
    const row = answer.endpoint;
    return {
      webhookEndpoint: row ? toEntity(WebhookEndpointEntity, { ...row }) : null,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
