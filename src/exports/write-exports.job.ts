import type { Database } from '../platform/database/database';
import type { Job, JobContext } from '../platform/feature';
import { giveBack, takeLease } from './export-lease';
import { ExportWriter, LeaseLostError } from './export-writer';

/** One a process, and its snapshot: what it has under way outlives a turn. */
const writers = new WeakMap<Database, ExportWriter>();

async function writerOf(context: JobContext): Promise<ExportWriter | 'FAILED' | null> {
  const known = writers.get(context.database);
  if (known !== undefined) return known;
  const lease = await takeLease(context);
  if (lease === null || lease === 'FAILED') return lease;
  const writer = new ExportWriter(context, lease);
  writers.set(context.database, writer);
  return writer;
}

async function leave({ database }: JobContext): Promise<void> {
  const writer = writers.get(database);
  writers.delete(database);
  await writer?.lease.reads.close();
}

async function turn(context: JobContext): Promise<number> {
  const writer = await writerOf(context);
  if (writer === null) return 0;
  if (writer === 'FAILED') return 1;
  try {
    if (!(await writer.step())) await leave(context);
  } catch (error) {
    // What went wrong is tried again, here or elsewhere, when the lease is over.
    await leave(context);
    if (!(error instanceof LeaseLostError)) throw error;
  }
  return 1;
}

/** Writes what brands have asked to take home, a page of rows each turn. */
export const writeExports: Job = {
  name: 'write-exports',
  run: turn,
  async stop(context) {
    const writer = writers.get(context.database);
    await leave(context);
    if (writer !== undefined) await giveBack(context, writer.lease);
  },
};
