import {
  refused,
  type Answer,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError } from '../platform/errors';
import { deliveryOf, holdEndpoints, queueDeliveries, type OutboxRow } from './delivery-queue';
import { requeue } from './replay-webhook.command';
import { everyTopic } from './webhook-draft';
import type { WebhookEndpointRow } from './webhook-endpoint.entity';
import { webhookEndpointId } from './webhook.id';

export interface ReplayWebhooks {
  endpointId: string;
  since: Date;
}

export interface ReplayWebhooksAnswer extends Answer {
  endpoint?: WebhookEndpointRow;
  queued?: number;
  hasMore?: boolean;
}

/** An endpoint and the moment from which it wants what it has not got. */
interface Wish {
  endpoint: WebhookEndpointRow;
  since: Date;
}

// The limit counts for each wish; one more than it says that there is more.
const failedSql = `
  SELECT d.endpoint_id, d.id FROM unnest($1::uuid[], $2::timestamptz[]) AS t(endpoint_id, since)
  CROSS JOIN LATERAL (
    SELECT w.id, w.endpoint_id FROM webhook_deliveries w
    WHERE w.endpoint_id = t.endpoint_id AND w.state = 'FAILED' AND w.happened_at >= t.since
    ORDER BY w.id LIMIT $3) AS d`;

const requeueSql = `
  UPDATE webhook_deliveries d SET ${requeue}
  FROM (SELECT w.id FROM webhook_deliveries w WHERE w.id = ANY ($1::uuid[]) AND w.state = 'FAILED'
    ORDER BY w.id FOR NO KEY UPDATE) AS wanted
  WHERE d.id = wanted.id`;

// What happened while the endpoint was not active has no delivery to it.
const missedSql = `
  SELECT t.endpoint_id, o.* FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::jsonb[])
    AS t(endpoint_id, brand_id, since, topics)
  CROSS JOIN LATERAL (
    SELECT b.id, b.topic, b.brand_id, b.customer_id, b.payload, b.created_at FROM outbox b
    WHERE b.brand_id = t.brand_id AND b.created_at >= t.since AND b.dispatched_at IS NOT NULL
      AND (t.topics ? '${everyTopic}' OR t.topics ? b.topic)
      AND NOT EXISTS (SELECT FROM webhook_deliveries d WHERE d.brand_id = t.brand_id
        AND d.endpoint_id = t.endpoint_id AND d.outbox_id = b.id)
    ORDER BY b.created_at, b.id LIMIT $5) AS o`;

/** Sends endpoints what they have not got since a moment: what failed, and what they missed. */
export const replayWebhooks: CommandHandler<ReplayWebhooks, ReplayWebhooksAnswer> = {
  kind: 'replayWebhooks',
  async execute(tx, commands) {
    const uuids = commands.map(({ input }) => webhookEndpointId.decode(input.endpointId));
    const brands = commands.map(({ tenant }) => tenant);
    const endpoints = await holdEndpoints(tx, uuids, brands);
    const decided = commands.map(({ input, tenant }, at) => {
      const endpoint = endpoints.get(uuids[at] ?? '');
      if (endpoint === undefined || endpoint.brand_id !== tenant) {
        return userError('NOT_FOUND', ['endpointId']);
      }
      if (endpoint.state !== 'ACTIVE') return userError('ENDPOINT_INACTIVE', ['endpointId']);
      return { endpoint, since: input.since };
    });
    const wishes = earliest(decided.filter((one): one is Wish => 'endpoint' in one));
    const queued = await queueAgain(tx, wishes);
    return decided.map((one) => {
      if ('code' in one) return refused(one);
      const count = queued.get(one.endpoint.id) ?? 0;
      queued.delete(one.endpoint.id);
      const most = tx.limits.webhookReplay;
      const answer = { queued: Math.min(count, most), hasMore: count > most };
      return { endpoint: one.endpoint, ...answer, userErrors: [] };
    });
  },
};

/** One wish an endpoint: of several, the one that reaches back furthest. */
function earliest(wishes: readonly Wish[]): Wish[] {
  const byEndpoint = new Map<string, Wish>();
  for (const wish of wishes) {
    const known = byEndpoint.get(wish.endpoint.id);
    if (known === undefined || wish.since < known.since) byEndpoint.set(wish.endpoint.id, wish);
  }
  return [...byEndpoint.values()];
}

/** Queues at most so many for each endpoint; answers how many there are, one more at most. */
async function queueAgain(
  tx: CommandTransaction,
  wishes: readonly Wish[],
): Promise<Map<string, number>> {
  const most = tx.limits.webhookReplay;
  const counts = new Map(wishes.map(({ endpoint }) => [endpoint.id, 0]));
  if (wishes.length === 0) return counts;
  const endpoints = wishes.map(({ endpoint }) => endpoint);
  const uuids = endpoints.map(({ id }) => id);
  const since = wishes.map((wish) => wish.since);
  const take = <Row extends { endpoint_id: string }>(rows: readonly Row[]): Row[] =>
    rows.filter(({ endpoint_id: id }) => {
      const count = counts.get(id) ?? 0;
      counts.set(id, Math.min(count + 1, most + 1));
      return count < most;
    });
  const failed = take(
    await tx.query<{ endpoint_id: string; id: string }>(failedSql, [uuids, since, most + 1]),
  );
  if (failed.length > 0) await tx.query(requeueSql, [failed.map(({ id }) => id), tx.now]);
  const missed = take(
    await tx.query<OutboxRow & { endpoint_id: string }>(missedSql, [
      uuids,
      endpoints.map(({ brand_id }) => brand_id),
      since,
      endpoints.map(({ topics }) => JSON.stringify(topics)),
      most + 1,
    ]),
  );
  await queueDeliveries(
    tx,
    missed.map((event) => deliveryOf(event, event.endpoint_id)),
  );
  return counts;
}
