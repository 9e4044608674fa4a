import type { CommandTransaction } from '../platform/database/command';
import type { Job } from '../platform/feature';

const atOnce = 1000;

const forgetSql = `
  WITH due AS MATERIALIZED (
    SELECT f.job_id, f.index FROM import_refusals f
    WHERE f.event IS NOT NULL AND f.refused_at < $1
    ORDER BY f.refused_at LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED)
  UPDATE import_refusals f SET event = NULL, keys = NULL
  FROM due WHERE f.job_id = due.job_id AND f.index = due.index RETURNING 1`;

/** Forgets what refused events said, once there was time to look at them; that they were, and why, stays. */
export const forgetRefused: Job = {
  name: 'forget-refused-events',
  leisurely: true,
  run: ({ database, clock }) => database.transact(clock, forget),
};

async function forget(tx: CommandTransaction): Promise<number> {
  const before = new Date(tx.now.getTime() - tx.limits.importRefusalDays * 86_400_000);
  return (await tx.query(forgetSql, [before, atOnce])).length;
}
