import type { Feature } from '../platform/feature';
import { referencesById } from '../platform/graphql/references';
import { createWebhookEndpoint } from './create-webhook-endpoint.command';
import { CreateWebhookEndpointMutation } from './create-webhook-endpoint.mutation';
import { deleteWebhookEndpoint } from './delete-webhook-endpoint.command';
import { DeleteWebhookEndpointMutation } from './delete-webhook-endpoint.mutation';
import { deliverWebhooks } from './deliver-webhooks.job';
import { dispatchOutbox } from './dispatch-outbox.job';
import { forgetEvents } from './forget-events.job';
import { replayWebhook } from './replay-webhook.command';
import { ReplayWebhookMutation } from './replay-webhook.mutation';
import { replayWebhooks } from './replay-webhooks.command';
import { ReplayWebhooksMutation } from './replay-webhooks.mutation';
import { rotateWebhookSecret } from './rotate-webhook-secret.command';
import { RotateWebhookSecretMutation } from './rotate-webhook-secret.mutation';
import { sendTestWebhook } from './send-test-webhook.command';
import { SendTestWebhookMutation } from './send-test-webhook.mutation';
import { updateWebhookEndpoint } from './update-webhook-endpoint.command';
import { UpdateWebhookEndpointMutation } from './update-webhook-endpoint.mutation';
import { WebhookDeliveryEntity } from './webhook-delivery.entity';
import { webhookDeliveryLoader } from './webhook-delivery.loader';
import { WebhookEndpointEntity } from './webhook-endpoint.entity';
import { webhookEndpointLoader } from './webhook-endpoint.loader';
import { webhookDeliveryId, webhookEndpointId } from './webhook.id';
import {
  DeliveriesOnWebhookEndpoint,
  EndpointOnWebhookDelivery,
  WebhookEndpointQueries,
} from './webhook.resolver';
import { topicQueries } from './webhook-topic';

/** Telling brands of what the other features announce, whose topics these are. */
export function webhooksFeature(topics: Readonly<Record<string, string>>): Feature {
  const known = new Set(Object.keys(topics));
  return {
    name: 'webhooks',
    entities: [WebhookEndpointEntity, WebhookDeliveryEntity],
    resolvers: [
      WebhookEndpointQueries,
      topicQueries(topics),
      DeliveriesOnWebhookEndpoint,
      EndpointOnWebhookDelivery,
      CreateWebhookEndpointMutation,
      UpdateWebhookEndpointMutation,
      RotateWebhookSecretMutation,
      DeleteWebhookEndpointMutation,
      SendTestWebhookMutation,
      ReplayWebhookMutation,
      ReplayWebhooksMutation,
    ],
    commands: [
      createWebhookEndpoint(known),
      updateWebhookEndpoint(known),
      rotateWebhookSecret,
      deleteWebhookEndpoint,
      sendTestWebhook,
      replayWebhook,
      replayWebhooks,
    ],
    references: { WebhookEndpoint: referencesById(webhookEndpointId, webhookEndpointLoader) },
    nodes: {
      [webhookEndpointId.prefix]: (uuid, context) => webhookEndpointLoader(context).load(uuid),
      [webhookDeliveryId.prefix]: (uuid, context) => webhookDeliveryLoader(context).load(uuid),
    },
    jobs: [dispatchOutbox, deliverWebhooks, forgetEvents],
  };
}
