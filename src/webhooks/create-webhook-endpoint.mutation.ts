import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
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
import { WebhookSecrets } from './webhook-secret';

@InputType({ description: 'An address that shall be told of what happens.' })
export class CreateWebhookEndpointInput {
  @Field(() => String, {
    description: 'Where requests go: https, a public name, port 443 or 8443, no user or password.',
  })
  url!: string;

  @Field(() => [String], {
    nullable: true,
    description: 'Of what; topics are listed by `webhookTopics`. Left out or `*`: of everything.',
  })
  topics?: string[] | null;

  @Field(() => String, { nullable: true, description: 'What it is for; one line.' })
  description?: string | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `createWebhookEndpoint` did.' })
export class CreateWebhookEndpointPayload {
  @Field(() => WebhookEndpoint, { nullable: true, description: 'The endpoint; null when refused.' })
  webhookEndpoint!: WebhookEndpoint | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The secret to verify signatures with, `whsec_…`. It can be read here only; null when refused.',
  })
  secret!: string | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class CreateWebhookEndpointMutation {
  @Allow({ brand: 'mu:webhooks' })
  @Mutation(() => CreateWebhookEndpointPayload, {
    description:
      'Creates an endpoint, which is told of what happens from now on by signed requests, and shows the ' +
      'secret to verify them with.',
  })
  async createWebhookEndpoint(
    @Arg('input', () => CreateWebhookEndpointInput, { description: 'The endpoint.' })
    input: CreateWebhookEndpointInput,
    @Ctx() context: Context,
  ): Promise<CreateWebhookEndpointPayload> {
    const command = webhookCommand('createWebhookEndpoint', input, context);
    const { answer, replayed } = await context.commands.submit<EndpointAnswer>(command);
    await refreshReads(context);
    const row = answer.endpoint;
    return {
      webhookEndpoint: row ? toEntity(WebhookEndpointEntity, { ...row }) : null,
      secret: row
        ? new WebhookSecrets(context.config.tokenSecret).textFor(row.id, row.secret_version)
        : null,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
