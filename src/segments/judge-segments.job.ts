import type { CommandTransaction } from '../platform/database/command';
import type { Job } from '../platform/feature';
import { nilUuid } from '../platform/ids';
import { judge, judgedColumns, type JudgedSegment } from './judge';

// One process judges at a time: of two judgings of a customer, the one that saw more must come last.
const aloneSql = `SELECT pg_try_advisory_xact_lock(hashtext('judge-segments')) AS alone`;

const takeSql = `
  DELETE FROM segment_queue q WHERE q.id IN (SELECT t.id FROM segment_queue t ORDER BY t.id LIMIT $1)
  RETURNING q.brand_id, q.customer_id`;

const segmentsSql = `
  SELECT ${judgedColumns} FROM segments s JOIN brands b ON b.id = s.brand_id
  WHERE s.brand_id = ANY ($1::uuid[]) AND s.deleted_at IS NULL
  ORDER BY s.id FOR NO KEY UPDATE OF s`;

const dueSql = `
  SELECT ${judgedColumns} FROM segments s JOIN brands b ON b.id = s.brand_id
  WHERE s.deleted_at IS NULL AND (s.reached IS NOT NULL OR s.due_at <= $1)
  ORDER BY s.reached IS NULL, s.id LIMIT 1 FOR NO KEY UPDATE OF s`;

const everybodySql = `
  SELECT r.customer_id FROM relationships r WHERE r.brand_id = $1 AND r.customer_id > $2
  ORDER BY r.customer_id LIMIT $3`;

const progressSql = `
  UPDATE segments s SET reached = $2,
    filling = s.filling AND $2::uuid IS NOT NULL,
    judged_at = CASE WHEN $2::uuid IS NULL THEN $3 ELSE s.judged_at END,
    due_at = CASE WHEN $2::uuid IS NULL AND s.moves THEN $4::timestamptz END
  WHERE s.id = $1`;

const forgetSql = `
  DELETE FROM segment_members m USING (
    SELECT x.segment_id, x.customer_id FROM segments s
    JOIN segment_members x ON x.segment_id = s.id
    WHERE s.deleted_at IS NOT NULL AND s.members > 0 LIMIT $1) x
  WHERE m.segment_id = x.segment_id AND m.customer_id = x.customer_id
  RETURNING m.customer_id`;

/**
 * Keeps segments up to date: judges anew whoever has changed, and everybody where a condition is new or
 * asks how long ago something was. Judges a bounded number of customers at a time.
 */
export const judgeSegments: Job = {
  name: 'judge-segments',
  run: ({ database, clock }) => database.transact(clock, judgeDue),
};

async function judgeDue(tx: CommandTransaction): Promise<number> {
  const [lock] = await tx.query<{ alone: boolean }>(aloneSql);
  if (lock?.alone !== true) return 0;
  const changed = await judgeChanged(tx);
  const swept = await sweep(tx);
  const forgotten = await tx.query(forgetSql, [tx.limits.segmentSweep]);
  return changed + swept + forgotten.length;
}

/** Whoever changed, by every segment of the brand they changed with. */
async function judgeChanged(tx: CommandTransaction): Promise<number> {
  const queued = await tx.query<{ brand_id: string; customer_id: string }>(takeSql, [
    tx.limits.segmentSweep,
  ]);
  if (queued.length === 0) return 0;
  const changed = new Map<string, Set<string>>();
  for (const { brand_id, customer_id } of queued) {
    changed.set(brand_id, (changed.get(brand_id) ?? new Set()).add(customer_id));
  }
  const segments = await tx.query<JudgedSegment>(segmentsSql, [[...changed.keys()]]);
  for (const segment of segments) {
    await judge(tx, segment, [...(changed.get(segment.brand_id) ?? [])]);
  }
  return queued.length;
}

/** The next customers of one segment by which everybody is to be judged. */
async function sweep(tx: CommandTransaction): Promise<number> {
  const [segment] = await tx.query<JudgedSegment>(dueSql, [tx.now]);
  if (segment === undefined) return 0;
  const { segmentSweep, segmentResweepSeconds } = tx.limits;
  const rows = await tx.query<{ customer_id: string }>(everybodySql, [
    segment.brand_id,
    segment.reached ?? nilUuid,
    segmentSweep,
  ]);
  const customers = rows.map((row) => row.customer_id);
  await judge(tx, segment, customers);
  const reached = customers.length < segmentSweep ? null : (customers.at(-1) as string);
  const again = new Date(tx.now.getTime() + segmentResweepSeconds * 1000);
  await tx.query(progressSql, [segment.id, reached, tx.now, again]);
  return Math.max(1, customers.length);
}
