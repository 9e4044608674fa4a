import type { Job } from '../platform/feature';

const atOnce = 10;

const expireSql = `
  WITH due AS (
    SELECT e.id, e.brand_id FROM exports e WHERE e.status = 'DONE' AND e.expires_at <= $1
    ORDER BY e.expires_at LIMIT $2 FOR UPDATE SKIP LOCKED),
  chunks AS (
    DELETE FROM export_chunks c USING due d WHERE c.export_id = d.id AND c.brand_id = d.brand_id)
  UPDATE exports e SET status = 'EXPIRED' FROM due d WHERE e.id = d.id AND e.brand_id = d.brand_id
  RETURNING e.id`;

/** Takes away the files whose time is over; that there was an export stays known. */
export const expireExports: Job = {
  name: 'expire-exports',
  leisurely: true,
  run: ({ database, clock }) =>
    database.transact(clock, async (tx) => {
      const expired = await tx.query(expireSql, [tx.now, atOnce]);
      return expired.length;
    }),
};
