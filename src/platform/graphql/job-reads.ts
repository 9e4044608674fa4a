import { randomUUID } from 'node:crypto';
import type { JobContext } from '../feature';
import type { Context } from './context';

const refuse = (): never => {
  throw new Error('a job reads through this, and writes by transactions of its own');
};

/**
 * Lets a job read what the graph shows the platform, by the same loaders and in one snapshot, which ends
 * with the work.
 */
export async function readAsPlatform<T>(
  { config, database, clock, log }: JobContext,
  work: (context: Context) => Promise<T>,
): Promise<T> {
  const scope = { tenants: [], subject: null, everything: true, directory: false };
  const reads = database.reads(scope);
  try {
    return await work({
      caller: { kind: 'platform' },
      config,
      clock,
      log,
      requestId: randomUUID(),
      reads,
      get commands() {
        return refuse();
      },
      get announcements() {
        return refuse();
      },
    });
  } finally {
    await reads.close();
  }
}
