import type { CommandTransaction } from '../../platform/database/command';
import { inBrandTurn, notSetBack, type BrandWork } from '../../platform/database/brand-turn';
import { inTurn, takeTime } from '../../platform/database/turn';
import type { Job } from '../../platform/feature';
import { nilUuid } from '../../platform/ids';
import { bandFactsOf, cutsOfBrand } from './band-facts';
import { askForSegmentations, usualTrailingDays } from './segmentation.store';
import { storeBands, type Segmentation } from './store-bands';

const dayMs = 86_400_000;
const minuteMs = 60_000;
const brandsAtOnce = 100;

// One process divides at a time, so that a customer's bands are found in the order of the divisions.
const job = { name: 'segment-customers', lock: 7_219_340_606 };

// A base that has outgrown its bands is not left with them for a month: an import, a good first week.
const outgrown = 2;
const restMinutes = 10;

const dueSql = `
  SELECT b.id FROM brands b LEFT JOIN brand_purchase_totals t ON t.brand_id = b.id
  WHERE NOT EXISTS (SELECT FROM segmentations s
      WHERE s.brand_id = b.id AND (s.done_at IS NULL OR s.as_of > $2
        OR s.as_of > $1 AND coalesce(t.customers, 0) <= ${outgrown} * coalesce(s.ordering, t.customers, 0)))
    AND EXISTS (SELECT FROM relationships r WHERE r.brand_id = b.id)
  ORDER BY b.id LIMIT ${brandsAtOnce}`;

const runningSql = `
  SELECT s.id, s.brand_id, s.as_of, s.trailing_days, s.best_cut, s.rest_cut, s.ordering, s.reached
  FROM segmentations s
  WHERE s.done_at IS NULL AND ${notSetBack(job.name, 's.brand_id', '$1')} ORDER BY s.as_of, s.id LIMIT 1
  FOR NO KEY UPDATE OF s`;

const progressSql = `
  UPDATE segmentations SET best_cut = $2, rest_cut = $3, ordering = $4, reached = $5,
    done_at = CASE WHEN $5::uuid IS NULL THEN $6::timestamptz END
  WHERE id = $1`;

/**
 * Divides the customers of every brand into bands, once in so many days, when twice as many have ordered
 * as had when it was divided last, and whenever a brand asks: a bounded number of customers at a time, all by the cuts as they were when it began.
 */
export const segmentCustomers: Job = {
  name: job.name,
  async run(context) {
    const done = await inBrandTurn(context, job, nextDivision);
    return done === 0 ? inTurn(context, job.lock, beginDue) : done;
  },
};

async function nextDivision(tx: CommandTransaction): Promise<BrandWork | null> {
  const [running] = await tx.query<Segmentation>(runningSql, [tx.now]);
  return running === undefined
    ? null
    : { brandId: running.brand_id, work: () => divide(tx, running) };
}

async function divide(tx: CommandTransaction, running: Segmentation): Promise<number> {
  if (running.reached === nilUuid) {
    // Everybody who ever ordered is put in order of worth.
    await takeTime(tx);
    const { best, rest, ordering } = await cutsOfBrand(tx, running.brand_id);
    Object.assign(running, { best_cut: best, rest_cut: rest, ordering });
  }
  const most = tx.limits.segmentSweep;
  const facts = await bandFactsOf(tx, running, most);
  await storeBands(tx, running, facts);
  const reached = facts.length < most ? null : (facts.at(-1)?.customerId ?? null);
  const { id, best_cut, rest_cut, ordering } = running;
  await tx.query(progressSql, [id, best_cut, rest_cut, ordering, reached, tx.now]);
  return Math.max(1, facts.length);
}

async function beginDue(tx: CommandTransaction): Promise<number> {
  const since = new Date(tx.now.getTime() - tx.limits.segmentationDays * dayMs);
  const lately = new Date(tx.now.getTime() - restMinutes * minuteMs);
  const due = await tx.query<{ id: string }>(dueSql, [since, lately]);
  if (due.length === 0) return 0;
  await askForSegmentations(
    tx,
    due.map(({ id }) => ({ brandId: id, trailingDays: usualTrailingDays })),
  );
  return due.length;
}
