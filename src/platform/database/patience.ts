import type { Log } from '../log';
import { codeOf, isLost } from './errors';

const attempts = 8;

/**
 * Does a step of the start, again with growing pauses while the database is starting, full or away: a
 * quarter of a minute in all. Any other failure, and the last one, is thrown.
 */
export async function patiently<T>(log: Log, step: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await step();
    } catch (error) {
      if (attempt === attempts || !isLost(error)) throw error;
      const wait = Math.min(4000, 100 * 2 ** attempt);
      log.warn({ attempt, wait, code: codeOf(error) }, 'database not reachable yet');
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}
