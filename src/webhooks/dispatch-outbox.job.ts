import type { CommandTransaction } from '../platform/database/command';
import type { Job } from '../platform/feature';
import { deliveryOf, queueDeliveries, type OutboxRow } from './delivery-queue';
import { everyTopic } from './webhook-draft';

const atOnce = 500;
const most = 10_000;

// Rows another process is just dispatching are skipped, and so shared out.
const takeSql = `
  SELECT o.id, o.topic, o.brand_id, o.customer_id, o.payload, o.created_at FROM outbox o
  WHERE o.dispatched_at IS NULL ORDER BY o.id LIMIT $1
  FOR NO KEY UPDATE SKIP LOCKED`;

// Shared, so that whoever switches an endpoint off waits and then finds what was queued for it.
const endpointsSql = `
  SELECT e.id, e.brand_id, e.topics FROM webhook_endpoints e
  WHERE e.brand_id = ANY ($1::uuid[]) AND e.state = 'ACTIVE'
  ORDER BY e.id FOR SHARE OF e`;

const markSql = `UPDATE outbox SET dispatched_at = $2 WHERE id = ANY ($1::bigint[])`;

const waitingSql = `
  SELECT count(*)::integer AS waiting
  FROM (SELECT FROM outbox WHERE dispatched_at IS NULL LIMIT ${most}) AS o`;

interface Listener {
  id: string;
  brand_id: string;
  topics: string[];
}

/**
 * Queues what happened for every endpoint that wants to hear of it, and marks it dispatched, in one
 * transaction. What happens to brands without active endpoints is stored as dispatched and does not come here.
 */
export const dispatchOutbox: Job = {
  name: 'dispatch-outbox',
  async run({ database, clock, report }) {
    const { taken, waiting } = await database.transact(clock, dispatch);
    report?.({ job: 'dispatch-outbox', outcomes: { dispatched: taken }, waiting });
    return taken;
  },
};

async function dispatch(tx: CommandTransaction): Promise<{ taken: number; waiting: number }> {
  const events = await tx.query<OutboxRow>(takeSql, [atOnce]);
  if (events.length === 0) return { taken: 0, waiting: 0 };
  const brands = [...new Set(events.map((event) => event.brand_id))];
  const listeners = await tx.query<Listener>(endpointsSql, [brands]);
  await queueDeliveries(
    tx,
    events.flatMap((event) =>
      listeners
        .filter((listener) => hears(listener, event))
        .map((listener) => deliveryOf(event, listener.id)),
    ),
  );
  await tx.query(markSql, [events.map(({ id }) => id), tx.now]);
  if (events.length < atOnce) return { taken: events.length, waiting: 0 };
  const [row] = await tx.query<{ waiting: number }>(waitingSql);
  return { taken: events.length, waiting: row?.waiting ?? 0 };
}

function hears({ brand_id, topics }: Listener, event: OutboxRow): boolean {
  return brand_id === event.brand_id && (topics[0] === everyTopic || topics.includes(event.topic));
}
