import type { CommandTransaction } from './command';
import { inTurn } from './turn';
import type { JobContext } from '../feature';

/** A job that works for one brand at a time. */
interface BrandJob {
  name: string;
  /** Its own number of an advisory lock. */
  lock: number;
}

/** What is due for a brand. */
export interface BrandWork {
  brandId: string;
  /** Does it in the transaction it was found in, and answers how much that was. */
  work(): Promise<number>;
}

const lateSql = `
  INSERT INTO job_setbacks AS s (brand_id, job, failures, failed_at, retry_at)
  VALUES ($1, $2, 1, $3::timestamptz, $3::timestamptz + interval '1 minute')
  ON CONFLICT (brand_id, job) DO UPDATE SET failures = s.failures + 1, failed_at = excluded.failed_at,
    retry_at = excluded.failed_at + least(interval '1 day', interval '1 minute' * 2 ^ least(s.failures, 11))
  RETURNING s.failures, s.retry_at`;

const doneSql = 'DELETE FROM job_setbacks s WHERE s.brand_id = $1 AND s.job = $2';

/**
 * A condition of a job's search for work: the brand has not failed it lately. `brand` is a column, `now` the
 * place of the parameter with the time.
 */
export function notSetBack(job: string, brand: string, now: string): string {
  return `NOT EXISTS (SELECT FROM job_setbacks k
    WHERE k.brand_id = ${brand} AND k.job = '${job}' AND k.retry_at > ${now})`;
}

/**
 * As `inTurn`, for what `next` finds to do for a brand. When that fails the brand waits a minute, then two, then
 * four, at most a day, so that a base too large for its statement costs the other brands nothing; `next` must
 * leave out who waits by `notSetBack`. Throws what the work threw.
 */
export async function inBrandTurn(
  context: JobContext,
  { name, lock }: BrandJob,
  next: (tx: CommandTransaction) => Promise<BrandWork | null>,
): Promise<number> {
  let brandId: string | undefined;
  try {
    return await inTurn(context, lock, async (tx) => {
      const found = await next(tx);
      if (found === null) return 0;
      brandId = found.brandId;
      const done = await found.work();
      await tx.query(doneSql, [brandId, name]);
      return done;
    });
  } catch (error) {
    if (brandId !== undefined) await setBack(context, name, brandId);
    throw error;
  }
}

async function setBack(
  { database, clock, log }: JobContext,
  job: string,
  brandId: string,
): Promise<void> {
  const [setback] = await database
    .transact(clock, (tx) => tx.query(lateSql, [brandId, job, tx.now]))
    // Without a database there is nothing to go on with either; what failed first is what is told.
    .catch(() => []);
  log.warn({ job, brandId, ...setback }, 'a job failed for a brand, which waits');
}
