import type { CommandTransaction } from '../platform/database/command';
import {
  inBrandTurn,
  inDueBrandTurn,
  notSetBack,
  type BrandWork,
  type DueBrands,
} from '../platform/database/brand-turn';
import { takeTime } from '../platform/database/turn';
import type { Job } from '../platform/feature';
import { beginGenome, forgetGenome, scoreNext, type RunningGenome } from './genome.store';

const job = { name: 'find-genomes', lock: 7_219_340_601 };
const hourMs = 3_600_000;

const runningSql = `
  SELECT g.id, g.brand_id, g.reached FROM genomes g WHERE g.done_at IS NULL AND ${notSetBack(job.name, 'g.brand_id', '$1')}
  ORDER BY g.computed_at, g.id LIMIT 1`;

const replacedSql = `
  SELECT g.id, g.brand_id FROM genomes g WHERE g.done_at IS NOT NULL AND ${notSetBack(job.name, 'g.brand_id', '$1')} AND EXISTS (SELECT FROM genomes n
    WHERE n.brand_id = g.brand_id AND n.done_at IS NOT NULL AND n.computed_at > g.computed_at)
  LIMIT 1`;

// Whenever a brand has been divided anew, and once in so many hours because people change.
const dueSql = (more: string, most: number) => `
  SELECT b.id, s.as_of FROM brands b
  CROSS JOIN LATERAL (SELECT x.as_of FROM segmentations x
    WHERE x.brand_id = b.id AND x.done_at IS NOT NULL ORDER BY x.as_of DESC LIMIT 1) s
  LEFT JOIN LATERAL (SELECT g.computed_at, g.bands_as_of FROM genomes g
    WHERE g.brand_id = b.id ORDER BY g.computed_at DESC LIMIT 1) g ON true
  WHERE (g.computed_at IS NULL OR g.bands_as_of < s.as_of OR g.computed_at <= $1)
    AND ${more}
  ORDER BY g.computed_at NULLS FIRST, b.id LIMIT ${most}`;

/** A brand, and when its customers were divided into bands last. */
interface DividedBrand {
  id: string;
  as_of: Date;
}

const due: DueBrands<DividedBrand> = {
  sql: dueSql,
  values: ({ now, limits }) => [new Date(now.getTime() - limits.genomeHours * hourMs)],
  work: begin,
};

/**
 * Finds what the best customers of each brand have in common and who of those who never ordered is like
 * them: a brand's base is counted in one statement, the scores come a bounded number at a time.
 */
export const findGenomes: Job = {
  name: job.name,
  async run(context) {
    const done = await inBrandTurn(context, job, nextStep);
    return done === 0 ? inDueBrandTurn(context, job, due) : done;
  },
};

async function nextStep(tx: CommandTransaction): Promise<BrandWork | null> {
  const [running] = await tx.query<RunningGenome>(runningSql, [tx.now]);
  if (running !== undefined) {
    const work = async () => Math.max(1, await scoreNext(tx, running));
    return { brandId: running.brand_id, work };
  }
  const [old] = await tx.query<{ id: string; brand_id: string }>(replacedSql, [tx.now]);
  return old === undefined ? null : { brandId: old.brand_id, work: () => forgetGenome(tx, old.id) };
}

async function begin(tx: CommandTransaction, { id, as_of }: DividedBrand): Promise<number> {
  await takeTime(tx);
  await beginGenome(tx, id, as_of);
  return 1;
}
