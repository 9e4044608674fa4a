import {
  refused,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { holdEndpoints } from './delivery-queue';
import type { DeliveryAnswer } from './send-test-webhook.command';
import type { WebhookDeliveryRow } from './webhook-delivery.entity';
import type { WebhookEndpointRow } from './webhook-endpoint.entity';
import { webhookDeliveryId } from './webhook.id';

const findSql = `
  SELECT d.id, d.endpoint_id FROM unnest($1::uuid[], $2::uuid[]) AS t(id, brand_id)
  JOIN webhook_deliveries d ON d.id = t.id AND d.brand_id = t.brand_id`;

/** Who is just sending it goes on; it comes again when that lease is over. */
export const requeue = `state = 'PENDING', attempts = 0, delivered_at = NULL,
  next_attempt_at = greatest(d.leased_until, $2::timestamptz)`;

const requeueSql = `
  UPDATE webhook_deliveries d SET ${requeue}
  FROM (SELECT w.id FROM webhook_deliveries w WHERE w.id = ANY ($1::uuid[])
    ORDER BY w.id FOR NO KEY UPDATE) AS wanted
  WHERE d.id = wanted.id
  RETURNING d.*`;

/** Sends deliveries once more, with the ids they had, whatever became of them before. */
export const replayWebhook: CommandHandler<{ deliveryId: string }, DeliveryAnswer> = {
  kind: 'replayWebhook',
  async execute(tx, commands) {
    const uuids = commands.map(({ input }) => webhookDeliveryId.decode(input.deliveryId));
    const brands = commands.map(({ tenant }) => tenant);
    const found = await endpointsOf(tx, uuids, brands);
    const refusals = commands.map(({ tenant }, at) =>
      refusalOf(found.get(uuids[at] ?? ''), tenant),
    );
    const wanted = uuids.filter((_, at) => refusals[at] === null);
    const rows =
      wanted.length === 0 ? [] : await tx.query<WebhookDeliveryRow>(requeueSql, [wanted, tx.now]);
    const requeued = new Map(rows.map((row) => [row.id, row]));
    return refusals.map((refusal, at) =>
      refusal === null
        ? { delivery: requeued.get(uuids[at] as string), userErrors: [] }
        : refused(refusal),
    );
  },
};

/** The endpoints of deliveries of these brands, by the delivery's UUID, held active. */
async function endpointsOf(
  tx: CommandTransaction,
  uuids: readonly (string | null)[],
  brands: readonly (string | null)[],
): Promise<Map<string, WebhookEndpointRow>> {
  const found = await tx.query<{ id: string; endpoint_id: string }>(findSql, [uuids, brands]);
  const brandOf = new Map(uuids.map((uuid, at) => [uuid, brands[at] ?? null]));
  const endpoints = await holdEndpoints(
    tx,
    found.map(({ endpoint_id }) => endpoint_id),
    found.map(({ id }) => brandOf.get(id) ?? null),
  );
  return new Map(
    found.flatMap(({ id, endpoint_id }) => {
      const endpoint = endpoints.get(endpoint_id);
      return endpoint === undefined ? [] : [[id, endpoint]];
    }),
  );
}

function refusalOf(
  endpoint: WebhookEndpointRow | undefined,
  tenant: string | null,
): UserErrorShape | null {
  if (endpoint === undefined || endpoint.brand_id !== tenant) {
    return userError('NOT_FOUND', ['deliveryId']);
  }
  return endpoint.state === 'ACTIVE' ? null : userError('ENDPOINT_INACTIVE', ['deliveryId']);
}
