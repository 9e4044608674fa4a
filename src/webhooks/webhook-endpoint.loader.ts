import { allows, brandOf, type Caller } from '../platform/auth/caller';
import { toEntities } from '../platform/database/rows';
import {
  readPage,
  toConnection,
  type Connection,
  type PageArgs,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { defineLoader } from '../platform/graphql/loaders';
import { WebhookEndpointEntity } from './webhook-endpoint.entity';

const columns = `e.id, e.brand_id, e.url, e.topics, e.description, e.state, e.secret_rotated_at,
  e.failing_since, e.created_at, e.updated_at`;

const byIdSql = `
  SELECT ${columns} FROM webhook_endpoints e WHERE e.id = ANY ($1::uuid[]) AND e.brand_id = $2`;

/** Whether the caller may look at endpoints and deliveries: a key of the brand with the scope. */
export function maySeeWebhooks(caller: Caller): boolean {
  return allows({ brand: 'mu:webhooks' }, caller);
}

/** Endpoints by UUID, deleted ones too; null for unknown ones and for those the caller may not see. */
export const webhookEndpointLoader = defineLoader<string, WebhookEndpointEntity | null>(
  async (context, uuids) => {
    if (!maySeeWebhooks(context.caller)) return uuids.map(() => null);
    const rows = await context.reads.query(byIdSql, [uuids, brandOf(context.caller)]);
    const found = toEntities(WebhookEndpointEntity, rows).map(
      (endpoint): [string, WebhookEndpointEntity] => [endpoint.uuid, endpoint],
    );
    const byId = new Map(found);
    return uuids.map((uuid) => byId.get(uuid) ?? null);
  },
);

const ofBrandSql = `
  SELECT ${columns} FROM webhook_endpoints e
  WHERE e.brand_id = $1 AND e.state <> 'DELETED' AND ($2::uuid IS NULL OR e.id < $2)
  ORDER BY e.id DESC LIMIT $3`;

/** A page of the endpoints of the caller's brand, the newest first. */
export async function readEndpoints(
  context: Context,
  args: PageArgs,
): Promise<Connection<WebhookEndpointEntity>> {
  const page = readPage(args, context.config.limits, ['uuid']);
  const rows = await context.reads.query(ofBrandSql, [
    brandOf(context.caller),
    page.after?.[0] ?? null,
    page.first + 1,
  ]);
  return toConnection(toEntities(WebhookEndpointEntity, rows), page, (one) => [one.uuid]);
}
