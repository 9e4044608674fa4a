import type { CommandTransaction } from '../platform/database/command';
import type { UserErrorShape } from '../platform/errors';
import { noEnds, storeRefusals } from './import.store';
import type { DueImport } from './record-events.job';
import type { QueuedEvent } from './recording';

/** What came of an event, or which stage is its next. */
export type Settled =
  { end: 'recorded' | 'duplicates' } | { end: 'refused'; error: UserErrorShape } | { next: number };

const advanceSql = `
  UPDATE import_rows r SET stage = t.next FROM unnest($3::smallint[], $4::integer[], $5::smallint[])
    AS t(stage, index, next)
  WHERE r.brand_id = $1 AND r.job_id = $2 AND r.stage = t.stage AND r.index = t.index`;

const removeSql = `
  DELETE FROM import_rows r USING unnest($3::smallint[], $4::integer[]) AS t(stage, index)
  WHERE r.brand_id = $1 AND r.job_id = $2 AND r.stage = t.stage AND r.index = t.index`;

// What was refused may be sent again.
const releaseSql = `
  DELETE FROM import_messages m WHERE m.brand_id = $1 AND m.digest = ANY ($2::uuid[])`;

const countSql = `
  UPDATE import_jobs j SET recorded = j.recorded + $3, duplicates = j.duplicates + $4,
    refused = j.refused + $5, served_at = $6, finished_at = CASE WHEN NOT EXISTS (
      SELECT FROM import_rows r WHERE r.job_id = j.id AND r.brand_id = j.brand_id) THEN $6::timestamptz END
  WHERE j.brand_id = $1 AND j.id = $2`;

/** Writes down what came of a set of events: what is done leaves the queue, what was refused is kept apart. */
export async function settleSet(
  tx: CommandTransaction,
  due: DueImport,
  rows: readonly QueuedEvent[],
  settled: readonly Settled[],
): Promise<void> {
  const all = rows.map((row, at) => ({ row, settled: settled[at] as Settled }));
  const counts = noEnds();
  const gone: QueuedEvent[] = [];
  const moved: { row: QueuedEvent; next: number }[] = [];
  const refused: { row: QueuedEvent; error: UserErrorShape }[] = [];
  for (const { row, settled: how } of all) {
    if ('next' in how) {
      moved.push({ row, next: how.next });
      continue;
    }
    counts[how.end] += 1;
    gone.push(row);
    if (how.end === 'refused') refused.push({ row, error: how.error });
  }
  const of = [due.brand_id, due.id];
  await advance(tx, of, moved);
  if (gone.length > 0) await tx.query(removeSql, [...of, ...placesOf(gone)]);
  await refuse(tx, due, refused);
  const { recorded, duplicates, refused: refusals } = counts;
  await tx.query(countSql, [...of, recorded, duplicates, refusals, tx.now]);
}

function placesOf(rows: readonly QueuedEvent[]): number[][] {
  return [rows.map(({ stage }) => stage), rows.map(({ index }) => index)];
}

async function advance(
  tx: CommandTransaction,
  of: readonly string[],
  moved: readonly { row: QueuedEvent; next: number }[],
): Promise<void> {
  if (moved.length === 0) return;
  const places = placesOf(moved.map(({ row }) => row));
  await tx.query(advanceSql, [...of, ...places, moved.map(({ next }) => next)]);
}

async function refuse(
  tx: CommandTransaction,
  { id, brand_id: brandId }: DueImport,
  refused: readonly { row: QueuedEvent; error: UserErrorShape }[],
): Promise<void> {
  if (refused.length === 0) return;
  await tx.query(releaseSql, [brandId, refused.map(({ row }) => row.digest)]);
  const rows = refused.map(({ row: { index, keys, event }, error: { code, field, message } }) => ({
    ...{ job_id: id, brand_id: brandId, index },
    ...{ code, field, message, keys, event },
  }));
  await storeRefusals(tx, rows);
}
