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

@InputType({ description: 'What shall be different about an endpoint; what is left out stays.' })
export class UpdateWebhookEndpointInput {
  @Field(() => ID, { description: 'The endpoint.' })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Where requests go: https, a public name, port 443 or 8443, no user or password.',
  })
  url?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Of what it shall be told; `*` is everything.',
  })
  topics?: string[] | null;

  @Field(() => String, { nullable: true, description: 'What it is for; null takes it away.' })
  description?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'False pauses it and gives up what waits to be sent; true activates it again, also after it ' +
      'failed or was gone.',
  })
  active?: boolean | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `updateWebhookEndpoint` did.' })
export class UpdateWebhookEndpointPayload {
  @Field(() => WebhookEndpoint, { nullable: true, description: 'The endpoint; null when refused.' })
  webhookEndpoint!: WebhookEndpoint | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class UpdateWebhookEndpointMutation {
  @Allow({ brand: 'mu:webhooks' })
  @Mutation(() => UpdateWebhookEndpointPayload, {
    description:
      'Changes an endpoint, pauses it or activates it. `replayWebhooks` sends what it missed meanwhile.',
  })
  async updateWebhookEndpoint(
    @Arg('input', () => UpdateWebhookEndpointInput, { description: 'The change.' })
    input: UpdateWebhookEndpointInput,
    @Ctx() context: Context,
  ): Promise<UpdateWebhookEndpointPayload> {
    const command = webhookCommand('updateWebhookEndpoint', input, context);
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
