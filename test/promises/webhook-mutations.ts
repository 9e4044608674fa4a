import type { MutationCase } from './mutations';
import { missing, notFound } from './refusals';

const anHourAgo = new Date(Date.now() - 3_600_000).toISOString();

/** The mutations about webhooks. */
export const webhookMutations: MutationCase[] = [
  {
    mutation: 'createWebhookEndpoint',
    by: 'brand',
    done: ({ name }) => ({ url: `https://${name()}.example.in/`, topics: ['mu.granted'] }),
    refused: { code: 'INVALID_VALUE', input: () => ({ url: 'https://localhost/' }) },
    change: { description: 'another' },
  },
  {
    mutation: 'updateWebhookEndpoint',
    by: 'brand',
    done: async (scene) => ({ id: await scene.webhookEndpoint(), description: scene.name() }),
    refused: notFound('whe'),
    change: { description: 'another' },
  },
  {
    mutation: 'rotateWebhookSecret',
    by: 'brand',
    done: async (scene) => ({ id: await scene.webhookEndpoint() }),
    refused: notFound('whe'),
    change: { id: missing('brd') },
  },
  {
    mutation: 'deleteWebhookEndpoint',
    by: 'brand',
    done: async (scene) => ({ id: await scene.newWebhookEndpoint() }),
    refused: notFound('whe'),
    change: { id: missing('brd') },
  },
  {
    mutation: 'sendTestWebhook',
    by: 'brand',
    done: async (scene) => ({ endpointId: await scene.webhookEndpoint() }),
    refused: { code: 'NOT_FOUND', input: () => ({ endpointId: missing('whe') }) },
    change: { endpointId: missing('brd') },
  },
  {
    mutation: 'replayWebhook',
    by: 'brand',
    done: async (scene) => ({ deliveryId: await scene.webhookDelivery() }),
    refused: { code: 'NOT_FOUND', input: () => ({ deliveryId: missing('whd') }) },
    change: { deliveryId: missing('brd') },
  },
  {
    mutation: 'replayWebhooks',
    by: 'brand',
    done: async (scene) => ({ endpointId: await scene.webhookEndpoint(), since: anHourAgo }),
    refused: {
      code: 'NOT_FOUND',
      input: () => ({ endpointId: missing('whe'), since: anHourAgo }),
    },
    change: { endpointId: missing('brd') },
  },
];
