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
import { WebhookSecrets } from './webhook-secret';

@InputType({ description: 'The endpoint that shall have a new secret.' })
export class RotateWebhookSecretInput {
  @Field(() => ID, { description: 'The endpoint.' })
  id!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `rotateWebhookSecret` did.' })
export class RotateWebhookSecretPayload {
  @Field(() => WebhookEndpoint, { nullable: true, description: 'The endpoint; null when refused.' })
  webhookEndpoint!: WebhookEndpoint | null;

  @Field(() => String, {
    nullable: true,
    description: 'The new secret, `whsec_…`. It can be read here only; null when refused.',
  })
  secret!: string | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class RotateWebhookSecretMutation {
  @Allow({ brand: 'mu:webhooks' })
  @Mutation(() => RotateWebhookSecretPayload, {
    description:
      'Gives an endpoint a new secret. For a day requests are signed with the new one and the one before, ' +
      'so that the receiver can change over; older ones are worth nothing at once.',
  })
  async rotateWebhookSecret(
    @Arg('input', () => RotateWebhookSecretInput, { description: 'The endpoint.' })
    input: RotateWebhookSecretInput,
    @Ctx() context: Context,
  ): Promise<RotateWebhookSecretPayload> {
    const command = webhookCommand('rotateWebhookSecret', input, context);
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
