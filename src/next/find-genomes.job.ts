import type { CommandTransaction } from '../platform/database/command';
import { inTurn } from '../platform/database/turn';
import type { Job } from '../platform/feature';
import { beginGenome, forgetGenome, scoreNext, type RunningGenome } from './genome.store';

/** Advisory lock of whoever finds genomes. */
const lock = 7_219_340_601;
const hourMs = 3_600_000;

const runningSql = `
  SELECT g.id, g.brand_id, g.reached FROM genomes g WHERE g.done_at IS NULL
  ORDER BY g.computed_at, g.id LIMIT 1`;

const replacedSql = `
  SELECT g.id FROM genomes g WHERE g.done_at IS NOT NULL AND EXISTS (SELECT FROM genomes n
    WHERE n.brand_id = g.brand_id AND n.done_at IS NOT NULL AND n.computed_at > g.computed_at)
  LIMIT 1`;

// Whenever a brand has been divided anew, and once in so many hours because people change.
const dueSql = `
  SELECT b.id, s.as_of FROM brands b
  CROSS JOIN LATERAL (SELECT x.as_of FROM segmentations x
    WHERE x.brand_id = b.id AND x.done_at IS NOT NULL ORDER BY x.as_of DESC LIMIT 1) s
  LEFT JOIN LATERAL (SELECT g.computed_at, g.bands_as_of FROM genomes g
    WHERE g.brand_id = b.id ORDER BY g.computed_at DESC LIMIT 1) g ON true
  WHERE g.computed_at IS NULL OR g.bands_as_of < s.as_of OR g.computed_at <= $1
  ORDER BY g.computed_at NULLS FIRST, b.id LIMIT 1`;

/**
 * Finds what the best customers of each brand have in common and who of those who never ordered is like
 * them: a brand's base is counted in one statement, the scores come a bounded number at a time.
 */
export const findGenomes: Job = {
  name: 'find-genomes',
  run: (context) => inTurn(context, lock, step),
};

async function step(tx: CommandTransaction): Promise<number> {
  const [running] = await tx.query<RunningGenome>(runningSql);
  if (running !== undefined) return Math.max(1, await scoreNext(tx, running));
  const [replaced] = await tx.query<{ id: string }>(replacedSql);
  if (replaced !== undefined) return forgetGenome(tx, replaced.id);
  const before = new Date(tx.now.getTime() - tx.limits.genomeHours * hourMs);
  const [due] = await tx.query<{ id: string; as_of: Date }>(dueSql, [before]);
  if (due === undefined) return 0;
  // All customers of the brand in one statement, which no request waits for.
  await tx.query(`SET LOCAL statement_timeout = '60s'`);
  await beginGenome(tx, due.id, due.as_of);
  return 1;
}
