import { setMaxListeners } from 'node:events';
import type { Feature, JobContext } from '../platform/feature';

/** The background jobs of this process. */
export interface RunningJobs {
  /** Lets the running jobs finish and starts none anew. */
  stop(): Promise<void>;
}

/**
 * Runs every feature's jobs, again and again with a pause, each on its own. A job that fails is logged
 * and tried at the next turn; what is due is in the database, so restarts lose nothing.
 */
export function startJobs(features: readonly Feature[], context: JobContext): RunningJobs {
  const stopping = new AbortController();
  // Every job listens for the end of its pause.
  setMaxListeners(0, stopping.signal);
  const { jobIntervalMs, leisurelyJobIntervalMs } = context.limits;
  const loops = features
    .flatMap((feature) => feature.jobs)
    .map(async (job) => {
      const intervalMs =
        job.leisurely === true ? Math.max(leisurelyJobIntervalMs, jobIntervalMs) : jobIntervalMs;
      while (!stopping.signal.aborted) {
        let done = 0;
        try {
          done = await job.run(context);
        } catch (error) {
          context.log.warn(
            { job: job.name, code: (error as { code?: string }).code },
            'job failed',
          );
        }
        if (done === 0) await pause(intervalMs, stopping.signal);
      }
      await job.stop?.(context);
    });
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
