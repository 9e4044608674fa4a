import { refused, type Answer, type CommandHandler } from '../platform/database/command';
import { userError } from '../platform/errors';
import { holdEndpoints, queueDeliveries, type NewDelivery } from './delivery-queue';
import type { WebhookDeliveryRow } from './webhook-delivery.entity';
import { webhookEndpointId } from './webhook.id';

/** A delivery as a command left it. */
export interface DeliveryAnswer extends Answer {
  delivery?: WebhookDeliveryRow;
}

/** The topic of a test, which every endpoint gets whatever it asked for. */
export const testTopic = 'webhook.test';

/** Queues an event that means nothing for endpoints, so that a brand can try its receiver. */
export const sendTestWebhook: CommandHandler<{ endpointId: string }, DeliveryAnswer> = {
  kind: 'sendTestWebhook',
  async execute(tx, commands) {
    const uuids = commands.map(({ input }) => webhookEndpointId.decode(input.endpointId));
    const brands = commands.map(({ tenant }) => tenant);
    const endpoints = await holdEndpoints(tx, uuids, brands);
    const decided = commands.map(({ tenant }, at) => {
      const endpoint = endpoints.get(uuids[at] ?? '');
      if (endpoint === undefined || endpoint.brand_id !== tenant) {
        return userError('NOT_FOUND', ['endpointId']);
      }
      if (endpoint.state !== 'ACTIVE') return userError('ENDPOINT_INACTIVE', ['endpointId']);
      return testOf(endpoint.brand_id, endpoint.id, tx.now);
    });
    const tests = decided.filter((one): one is NewDelivery => 'topic' in one);
    const queued = await queueDeliveries(tx, tests);
    const rowOf = new Map(tests.map((test, at) => [test, queued[at] as WebhookDeliveryRow]));
    return decided.map((one) =>
      'topic' in one ? { delivery: rowOf.get(one), userErrors: [] } : refused(one),
    );
  },
};

function testOf(brandUuid: string, endpointUuid: string, now: Date): NewDelivery {
  return {
    brandUuid,
    endpointUuid,
    outboxId: null,
    topic: testTopic,
    customerUuid: null,
    payload: { endpointId: webhookEndpointId.encode(endpointUuid) },
    happenedAt: now,
  };
}
