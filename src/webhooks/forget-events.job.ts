import type { Job } from '../platform/feature';

const atOnce = 1000;

const forgetEventsSql = `
  DELETE FROM outbox WHERE id IN (
    SELECT o.id FROM outbox o
    WHERE o.created_at < $1 AND o.dispatched_at IS NOT NULL
    ORDER BY o.created_at LIMIT $2 FOR UPDATE SKIP LOCKED)
  RETURNING id`;

// What still waits is kept: it is sent, or it fails, and goes then.
const forgetDeliveriesSql = `
  DELETE FROM webhook_deliveries WHERE id IN (
    SELECT d.id FROM webhook_deliveries d
    WHERE d.created_at < $1 AND d.state <> 'PENDING'
    ORDER BY d.created_at LIMIT $2 FOR UPDATE SKIP LOCKED)
  RETURNING id`;

/** Deletes what happened long ago, and what became of telling it. */
export const forgetEvents: Job = {
  name: 'forget-events',
  leisurely: true,
  run: ({ database, clock, limits }) =>
    database.transact(clock, async (tx) => {
      const oldest = new Date(tx.now.getTime() - limits.outboxDays * 86_400_000);
      const events = await tx.query(forgetEventsSql, [oldest, atOnce]);
      const deliveries = await tx.query(forgetDeliveriesSql, [oldest, atOnce]);
      return events.length + deliveries.length;
    }),
};
