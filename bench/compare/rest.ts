import type { WorkMeter } from './work';

const looksEveryMs = 2000;
const longestMs = 60_000;
/** Of one core; what jobs take that find nothing to do. */
const restful = 0.3;

/**
 * Waits until new brands have been reckoned for the first time and the server and PostgreSQL work no more
 * than they do without requests; a minute at most, and so long where nobody can look.
 */
export async function untilAtRest(meter: WorkMeter | null, pids: readonly number[]): Promise<void> {
  const began = performance.now();
  let calm = 0;
  let before = meter?.(pids);
  while (calm < 2 && performance.now() - began < longestMs) {
    await new Promise((resolve) => setTimeout(resolve, looksEveryMs));
    const after = meter?.(pids);
    if (before === undefined || after === undefined) continue;
    const worked = after.server - before.server + after.database - before.database;
    calm = worked < restful * looksEveryMs * 1000 ? calm + 1 : 0;
    before = after;
  }
}
