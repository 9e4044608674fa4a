import { randomUUID } from 'node:crypto';
import type { CommandTransaction } from '../platform/database/command';
import type { ReadSession } from '../platform/database/read-session';
import type { JobContext } from '../platform/feature';
import type { ExportPartName } from './export-part';
import { tellFinished } from './tell-finished';

/** An export that is this process's to write, and the snapshot it is written from. UUIDs. */
export interface Lease {
  id: string;
  brandId: string;
  parts: readonly ExportPartName[];
  token: string;
  reads: ReadSession;
}

interface Due {
  id: string;
  brand_id: string;
  parts: ExportPartName[];
  attempts: number;
}

const dueSql = `
  SELECT e.id, e.brand_id, e.parts, e.attempts FROM exports e
  WHERE e.status IN ('QUEUED', 'RUNNING') AND (e.leased_until IS NULL OR e.leased_until <= $1)
  ORDER BY e.id LIMIT 1`;

/** Refused while somebody of the brand is being erased: the next turn comes soon. */
const lockSql = `SELECT pg_try_advisory_xact_lock(export_lock($1)) AS locked`;

const takeSql = `
  UPDATE exports e SET status = $4, lease = $5, leased_until = $6, attempts = e.attempts + 1, rows = 0,
    bytes = 0, finished_at = $7
  WHERE e.id = $1 AND e.brand_id = $2 AND e.status IN ('QUEUED', 'RUNNING')
    AND (e.leased_until IS NULL OR e.leased_until <= $3)
  RETURNING e.id`;

const asOfSql = `UPDATE exports e SET as_of = $3 WHERE e.id = $1 AND e.brand_id = $2`;

/** What an earlier attempt has left. */
const clearSql = `
  WITH chunks AS (DELETE FROM export_chunks c WHERE c.export_id = $1 AND c.brand_id = $2)
  DELETE FROM export_files f WHERE f.export_id = $1 AND f.brand_id = $2`;

/** When a lease that is taken or renewed now is over. */
export function leaseEnd({ now, limits }: CommandTransaction): Date {
  return new Date(now.getTime() + limits.exportLeaseSeconds * 1000);
}

/**
 * Takes the export that has waited longest, or whose writer has died, and opens its snapshot; null when
 * there is none. One that was tried too often fails instead.
 */
export async function takeLease(context: JobContext): Promise<Lease | 'FAILED' | null> {
  const { database, clock } = context;
  let reads: ReadSession | null = null;
  try {
    return await database.transact(clock, async (tx) => {
      const [due] = await tx.query<Due>(dueSql, [tx.now]);
      if (due === undefined) return null;
      const { id, brand_id: brandId, parts } = due;
      const [lock] = await tx.query<{ locked: boolean }>(lockSql, [brandId]);
      if (lock?.locked !== true) return null;
      const failed = due.attempts >= tx.limits.exportAttempts;
      const token = randomUUID();
      const how = failed ? ['FAILED', null, null, tx.now] : ['RUNNING', token, leaseEnd(tx), null];
      const taken = await tx.query(takeSql, [id, brandId, tx.now, ...how]);
      if (taken.length === 0) return null;
      await tx.query(clearSql, [id, brandId]);
      if (failed) {
        tellFinished(tx, { id, brandId, status: 'FAILED', rows: 0, bytes: 0 });
        return 'FAILED';
      }
      const scope = { tenants: [brandId], subject: null, everything: false, directory: false };
      reads = database.reads(scope);
      // The snapshot is taken by this statement, while nobody of the brand can be erased.
      const [opened] = await reads.query<{ now: Date }>('SELECT now() AS now');
      await tx.query(asOfSql, [id, brandId, clock.now((opened as { now: Date }).now)]);
      return { id, brandId, parts, token, reads };
    });
  } catch (error) {
    await (reads as ReadSession | null)?.close();
    throw error;
  }
}

const giveBackSql = `
  UPDATE exports e SET status = 'QUEUED', lease = NULL, leased_until = NULL,
    attempts = greatest(e.attempts - 1, 0)
  WHERE e.id = $1 AND e.brand_id = $2 AND e.lease = $3 AND e.status = 'RUNNING'`;

/** Leaves an export to another process at once, because this one stops. */
export async function giveBack(context: JobContext, lease: Lease): Promise<void> {
  const { id, brandId, token } = lease;
  await context.database.transact(context.clock, (tx) =>
    tx.query(giveBackSql, [id, brandId, token]),
  );
}
