import type { CommandTransaction } from '../platform/database/command';
import type { WebhookDeliveryRow } from './webhook-delivery.entity';
import type { WebhookEndpointRow } from './webhook-endpoint.entity';
import { webhookDeliveryId } from './webhook.id';

/** An event on its way to an endpoint, before it is queued. */
export interface NewDelivery {
  brandUuid: string;
  endpointUuid: string;
  outboxId: number | null;
  topic: string;
  customerUuid: string | null;
  payload: Record<string, unknown>;
  happenedAt: Date;
}

/** A row of the outbox. */
export interface OutboxRow {
  id: number;
  topic: string;
  brand_id: string;
  customer_id: string | null;
  payload: Record<string, unknown>;
  created_at: Date;
}

/** The delivery of an event to an endpoint. */
export function deliveryOf(event: OutboxRow, endpointUuid: string): NewDelivery {
  return {
    brandUuid: event.brand_id,
    endpointUuid,
    outboxId: event.id,
    topic: event.topic,
    customerUuid: event.customer_id,
    payload: event.payload,
    happenedAt: event.created_at,
  };
}

// Shared, so that whoever switches an endpoint off waits and then finds what was queued for it.
const shareSql = `
  SELECT e.* FROM unnest($1::uuid[], $2::uuid[]) AS t(id, brand_id)
  JOIN webhook_endpoints e ON e.id = t.id AND e.brand_id = t.brand_id
  ORDER BY e.id FOR SHARE OF e`;

/** Endpoints of these brands, kept from being switched off until the transaction ends; by UUID. */
export async function holdEndpoints(
  tx: CommandTransaction,
  uuids: readonly (string | null)[],
  brands: readonly (string | null)[],
): Promise<Map<string, WebhookEndpointRow>> {
  const rows = await tx.query<WebhookEndpointRow>(shareSql, [uuids, brands]);
  return new Map(rows.map((row) => [row.id, row]));
}

const insertSql = `
  INSERT INTO webhook_deliveries (id, brand_id, endpoint_id, outbox_id, topic, customer_id, payload,
    happened_at, state, next_attempt_at, created_at)
  SELECT t.*, 'PENDING', $9, $9
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::text[], $6::uuid[], $7::jsonb[],
    $8::timestamptz[])
  AS t(id, brand_id, endpoint_id, outbox_id, topic, customer_id, payload, happened_at)
  ON CONFLICT (brand_id, endpoint_id, outbox_id) DO NOTHING
  RETURNING *`;

/** Queues deliveries and answers those that are new, in order; an event is queued once an endpoint. */
export async function queueDeliveries(
  tx: CommandTransaction,
  deliveries: readonly NewDelivery[],
): Promise<WebhookDeliveryRow[]> {
  if (deliveries.length === 0) return [];
  return tx.query<WebhookDeliveryRow>(insertSql, [
    deliveries.map(() => webhookDeliveryId.create()),
    deliveries.map(({ brandUuid }) => brandUuid),
    deliveries.map(({ endpointUuid }) => endpointUuid),
    deliveries.map(({ outboxId }) => outboxId),
    deliveries.map(({ topic }) => topic),
    deliveries.map(({ customerUuid }) => customerUuid),
    deliveries.map(({ payload }) => JSON.stringify(payload)),
    deliveries.map(({ happenedAt }) => happenedAt),
    tx.now,
  ]);
}
