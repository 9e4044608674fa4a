import type { CommandTransaction } from './command';
import type { Database } from './database';
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

/** A row of a search for brands, and whatever else the search tells of the brand. */
interface DueBrand {
  /** The brand's UUID. */
  id: string;
}

/** How a job that is due now and then finds the brands whose turn it is. */
export interface DueBrands<Row extends DueBrand> {
  /** Finds rows with `more` as one more condition of brands `b`, those who waited longest first. */
  sql: (more: string, most: number) => string;
  /** What the search takes, before what `more` takes: that the brand is not set back is said there. */
  values: (tx: CommandTransaction) => unknown[];
  /** Does what is due, and answers how much that was. */
  work: (tx: CommandTransaction, brand: Row) => Promise<number>;
}

const foundAtOnce = 100;
const found = new WeakMap<Database, Map<string, string[]>>();

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

/**
 * As `inBrandTurn`, for what every brand has to have done from time to time. A hundred are looked for at once
 * and then each by its id, in the transaction of its own turn: looking for the next one each time would read
 * all brands for every brand.
 */
export function inDueBrandTurn<Row extends DueBrand>(
  context: JobContext,
  job: BrandJob,
  due: DueBrands<Row>,
): Promise<number> {
  const waiting = waitingOf(context.database, job);
  return inBrandTurn(context, job, async (tx) => {
    const brand = await nextDue(tx, job.name, waiting, due);
    return brand === undefined ? null : { brandId: brand.id, work: () => due.work(tx, brand) };
  });
}

function waitingOf(database: Database, { name }: BrandJob): string[] {
  const byJob = found.get(database) ?? new Map<string, string[]>();
  found.set(database, byJob);
  const waiting = byJob.get(name) ?? [];
  byJob.set(name, waiting);
  return waiting;
}

async function nextDue<Row extends DueBrand>(
  tx: CommandTransaction,
  job: string,
  waiting: string[],
  { sql, values }: DueBrands<Row>,
): Promise<Row | undefined> {
  const given = [...values(tx), tx.now];
  const sound = notSetBack(job, 'b.id', `$${given.length}`);
  const again = sql(`${sound} AND b.id = $${given.length + 1}`, 1);
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    const [brand] = await tx.query<Row>(again, [...given, id]);
    if (brand !== undefined) return brand;
  }
  const [first, ...rest] = await tx.query<Row>(sql(sound, foundAtOnce), given);
  waiting.push(...rest.map(({ id }) => id));
  return first;
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
