import type { CommandTransaction } from '../platform/database/command';
import type { ClaimedDelivery } from './parcel';

/** Advisory lock of whoever claims: claims are counted against the leases all others hold. */
const claimLock = 7_219_340_558;

const lockSql = `SELECT pg_advisory_xact_lock($1)`;

// First the endpoints that have something waiting, found by skipping through the index; then of each the
// oldest that are due, as many as it may still have under way; then, in turn, one of each endpoint.
const claimSql = `
  WITH RECURSIVE waiting AS (
    (SELECT d.endpoint_id FROM webhook_deliveries d WHERE d.state = 'PENDING'
      ORDER BY d.endpoint_id LIMIT 1)
    UNION ALL
    SELECT (SELECT d.endpoint_id FROM webhook_deliveries d
      WHERE d.state = 'PENDING' AND d.endpoint_id > w.endpoint_id ORDER BY d.endpoint_id LIMIT 1)
    FROM waiting w WHERE w.endpoint_id IS NOT NULL),
  due AS (
    SELECT t.id, t.next_attempt_at, row_number() OVER (PARTITION BY e.id ORDER BY t.next_attempt_at) AS nth
    FROM waiting w
    JOIN webhook_endpoints e ON e.id = w.endpoint_id AND e.state = 'ACTIVE'
      AND (e.failing_since IS NOT NULL) = $5
    CROSS JOIN LATERAL (
      SELECT count(*) AS leased FROM webhook_deliveries l
      WHERE l.endpoint_id = e.id AND l.state = 'PENDING' AND l.leased_until > $1) AS busy
    CROSS JOIN LATERAL (
      SELECT d.id, d.next_attempt_at FROM webhook_deliveries d
      WHERE d.endpoint_id = e.id AND d.state = 'PENDING' AND d.next_attempt_at <= $1
      ORDER BY d.next_attempt_at LIMIT greatest(0, $3 - busy.leased)
      FOR NO KEY UPDATE SKIP LOCKED) AS t),
  picked AS (SELECT id FROM due ORDER BY nth, next_attempt_at LIMIT $4),
  claimed AS (
    UPDATE webhook_deliveries d SET leased_until = $2, next_attempt_at = $2, attempts = d.attempts + 1
    FROM picked p WHERE d.id = p.id
    RETURNING d.*)
  SELECT c.id, c.brand_id, c.endpoint_id, c.topic, c.customer_id, c.payload, c.happened_at, c.attempts,
    c.leased_until, r.external_id, e.url, e.secret_version, e.secret_rotated_at
  FROM claimed c JOIN webhook_endpoints e ON e.id = c.endpoint_id
  LEFT JOIN relationships r ON r.brand_id = c.brand_id AND r.customer_id = c.customer_id`;

/** How many may be claimed. */
export interface Room {
  all: number;
  /** Of all, to endpoints whose every attempt fails. */
  failing: number;
}

/**
 * Makes deliveries that are due this process's own until their lease ends, whatever becomes of the
 * process. An endpoint has at most so many under way over all processes, a failing one has one, and
 * however much waits for one endpoint, every other one gets its turn.
 */
export async function claimDeliveries(
  tx: CommandTransaction,
  room: Room,
  leaseMs: number,
): Promise<{ healthy: ClaimedDelivery[]; failing: ClaimedDelivery[] }> {
  await tx.query(lockSql, [claimLock]);
  const until = new Date(tx.now.getTime() + leaseMs);
  const claim = (most: number, each: number, failing: boolean): Promise<ClaimedDelivery[]> =>
    most <= 0
      ? Promise.resolve([])
      : tx.query<ClaimedDelivery>(claimSql, [tx.now, until, each, most, failing]);
  const failing = await claim(room.failing, 1, true);
  const each = tx.limits.webhookEndpointConcurrency;
  return { failing, healthy: await claim(room.all - failing.length, each, false) };
}
