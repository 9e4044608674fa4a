import type { Job } from '../platform/feature';

const expireSql = `
  UPDATE adjustments SET state = 'EXPIRED', decided_at = $1
  WHERE id IN (SELECT a.id FROM adjustments a WHERE a.state = 'PENDING' AND a.expires_at <= $1
    ORDER BY a.expires_at LIMIT 200 FOR NO KEY UPDATE SKIP LOCKED)
  RETURNING id`;

/** Marks adjustments that nobody decided in time; approving one was refused from that moment on. */
export const expireAdjustments: Job = {
  name: 'expire-adjustments',
  leisurely: true,
  run: ({ database, clock }) =>
    database.transact(clock, async (tx) => (await tx.query(expireSql, [tx.now])).length),
};
