import { brandOf } from '../platform/auth/caller';
import { toEntities, toEntity } from '../platform/database/rows';
import {
  readPage,
  toConnection,
  type Connection,
  type PageArgs,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { defineListLoader, defineLoader } from '../platform/graphql/loaders';
import { WebhookDeliveryEntity } from './webhook-delivery.entity';
import type { WebhookDeliveryState } from './webhook-delivery.type';
import { maySeeWebhooks } from './webhook-endpoint.loader';

const columns = `d.id, d.brand_id, d.endpoint_id, d.topic, d.customer_id, d.payload, d.happened_at, d.state,
  d.attempts, d.next_attempt_at, d.last_attempt_at, d.last_status, d.failure, d.delivered_at, d.created_at`;

const byIdSql = `
  SELECT ${columns} FROM webhook_deliveries d WHERE d.id = ANY ($1::uuid[]) AND d.brand_id = $2`;

/** Deliveries by UUID; null for unknown ones and for those the caller may not see. */
export const webhookDeliveryLoader = defineLoader<string, WebhookDeliveryEntity | null>(
  async (context, uuids) => {
    if (!maySeeWebhooks(context.caller)) return uuids.map(() => null);
    const rows = await context.reads.query(byIdSql, [uuids, brandOf(context.caller)]);
    const byId = new Map<string, WebhookDeliveryEntity>();
    for (const delivery of toEntities(WebhookDeliveryEntity, rows)) {
      byId.set(delivery.uuid, delivery);
    }
    return uuids.map((uuid) => byId.get(uuid) ?? null);
  },
);

const ofEndpointsSql = `
  SELECT x.* FROM unnest($1::uuid[]) AS e(id)
  CROSS JOIN LATERAL (
    SELECT ${columns} FROM webhook_deliveries d
    WHERE d.endpoint_id = e.id AND d.brand_id = $2
      AND ($3::text IS NULL OR d.state = $3) AND ($4::uuid IS NULL OR d.id < $4)
    ORDER BY d.id DESC LIMIT $5) AS x
  ORDER BY x.id DESC`;

interface DeliveriesArgs {
  first: number;
  after: string | null;
  state: WebhookDeliveryState | null;
}

const deliveriesLoader = defineListLoader<DeliveriesArgs, WebhookDeliveryEntity[]>(
  async (context, endpoints, { first, after, state }) => {
    if (!maySeeWebhooks(context.caller)) return endpoints.map(() => []);
    const brand = brandOf(context.caller);
    const values = [endpoints, brand, state, after, first + 1];
    const rows = await context.reads.query(ofEndpointsSql, values);
    const pages = new Map(endpoints.map((uuid) => [uuid, [] as WebhookDeliveryEntity[]]));
    for (const row of rows) {
      const delivery = toEntity(WebhookDeliveryEntity, row);
      pages.get(delivery.endpointUuid)?.push(delivery);
    }
    return endpoints.map((uuid) => pages.get(uuid) ?? []);
  },
);

/** A page of what was queued for an endpoint, the newest first; all endpoints of a tick in one statement. */
export async function readDeliveries(
  context: Context,
  endpointUuid: string,
  args: PageArgs,
  state: WebhookDeliveryState | null,
): Promise<Connection<WebhookDeliveryEntity>> {
  const page = readPage(args, context.config.limits, ['uuid']);
  const after = page.after?.[0] ?? null;
  const loader = deliveriesLoader(context, { first: page.first, after, state });
  return toConnection(await loader.load(endpointUuid), page, (one) => [one.uuid]);
}
