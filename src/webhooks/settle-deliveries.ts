import type { CommandTransaction } from '../platform/database/command';
import { storeEndpoints } from './endpoint-change';
import type { ClaimedDelivery } from './parcel';
import type { Receipt } from './post';
import { pauseAfter } from './retry-schedule';
import type { WebhookDeliveryState } from './webhook-delivery.type';
import type { WebhookEndpointRow } from './webhook-endpoint.entity';

/** An attempt that is over. */
export interface Attempt {
  delivery: ClaimedDelivery;
  receipt: Receipt;
}

const lockSql = `
  SELECT e.* FROM webhook_endpoints e WHERE e.id = ANY ($1::uuid[])
  ORDER BY e.id FOR NO KEY UPDATE`;

// Whoever holds another lease, or none any more, has nothing to say; a success counts all the same.
const settleSql = `
  UPDATE webhook_deliveries d SET state = t.state, failure = t.failure, last_status = t.status,
    next_attempt_at = t.next_attempt_at, leased_until = NULL, last_attempt_at = $7::timestamptz,
    delivered_at = CASE t.state WHEN 'DELIVERED' THEN $7::timestamptz END
  FROM (SELECT x.* FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::integer[],
      $6::timestamptz[]) AS x(id, lease, state, failure, status, next_attempt_at)
    JOIN webhook_deliveries w ON w.id = x.id AND w.leased_until = x.lease AND w.state <> 'DELIVERED'
    ORDER BY x.id FOR NO KEY UPDATE OF w) AS t
  WHERE d.id = t.id`;

const gone = 410;

/**
 * Stores how attempts came out, and what they say of their endpoints: one that answers 410 is gone,
 * and one of which every attempt of some days has failed is not tried any more.
 */
export async function settleDeliveries(
  tx: CommandTransaction,
  attempts: readonly Attempt[],
): Promise<void> {
  const uuids = [...new Set(attempts.map(({ delivery }) => delivery.endpoint_id))];
  const rows = await tx.query<WebhookEndpointRow>(lockSql, [uuids]);
  const endpoints = new Map(rows.map((row) => [row.id, row]));
  for (const { delivery, receipt } of attempts) {
    const endpoint = endpoints.get(delivery.endpoint_id) as WebhookEndpointRow;
    endpoints.set(endpoint.id, afterAttempt(tx, endpoint, receipt));
  }
  const outcomes = attempts.map((attempt) =>
    outcomeOf(tx, attempt, endpoints.get(attempt.delivery.endpoint_id) as WebhookEndpointRow),
  );
  await tx.query(settleSql, [
    attempts.map(({ delivery }) => delivery.id),
    attempts.map(({ delivery }) => delivery.leased_until),
    outcomes.map(({ state }) => state),
    attempts.map(({ receipt }) => receipt.failure),
    attempts.map(({ receipt }) => receipt.status),
    outcomes.map(({ next }) => next),
    tx.now,
  ]);
  await storeEndpoints(
    tx,
    rows.flatMap((row) => {
      const now = endpoints.get(row.id) as WebhookEndpointRow;
      return now === row ? [] : [now];
    }),
  );
}

function afterAttempt(
  { now, limits }: CommandTransaction,
  endpoint: WebhookEndpointRow,
  { failure, status }: Receipt,
): WebhookEndpointRow {
  if (failure === null) {
    return endpoint.failing_since === null ? endpoint : { ...endpoint, failing_since: null };
  }
  const since = endpoint.failing_since ?? now;
  const failing =
    endpoint.failing_since === null ? { ...endpoint, failing_since: since } : endpoint;
  if (endpoint.state !== 'ACTIVE') return failing;
  if (status === gone) return { ...failing, state: 'GONE', updated_at: now };
  const longest = limits.webhookFailingDays * 86_400_000;
  if (now.getTime() - since.getTime() < longest) return failing;
  return { ...failing, state: 'FAILED', updated_at: now };
}

function outcomeOf(
  { now, limits }: CommandTransaction,
  { delivery, receipt }: Attempt,
  endpoint: WebhookEndpointRow,
): { state: WebhookDeliveryState; next: Date } {
  if (receipt.failure === null) return { state: 'DELIVERED', next: now };
  const over = delivery.attempts >= limits.webhookAttempts || endpoint.state !== 'ACTIVE';
  if (over) return { state: 'FAILED', next: now };
  const longestAskedMs = limits.webhookRetryAfterSeconds * 1000;
  const pauseMs = pauseAfter(
    delivery.attempts,
    Math.random(),
    receipt.retryAfterMs,
    longestAskedMs,
  );
  return { state: 'PENDING', next: new Date(now.getTime() + pauseMs) };
}
