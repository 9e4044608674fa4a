import type { CommandTransaction } from '../platform/database/command';
import { inDueBrandTurn } from '../platform/database/brand-turn';
import { takeTime } from '../platform/database/turn';
import type { Job, JobContext } from '../platform/feature';
import { proofs } from './prove-economics.sql';

const job = { name: 'prove-economics', lock: 7_219_340_731 };
const dayMs = 86_400_000;

const dueSql = (more: string, most: number) => `
  SELECT b.id FROM brands b LEFT JOIN economy_proofs p ON p.brand_id = b.id
  WHERE (p.proven_at IS NULL OR p.proven_at < $1) AND ${more}
  ORDER BY p.proven_at NULLS FIRST, b.id LIMIT ${most}`;

const storeSql = `
  INSERT INTO economy_proofs AS p (brand_id, proven_at) VALUES ($1, $2)
  ON CONFLICT (brand_id) DO UPDATE SET proven_at = excluded.proven_at`;

/**
 * Counts what is kept of each brand's money anew from what was recorded, a brand a run and each once a day:
 * spend, acquisitions, campaigns and years whole, messages and Mu of the day before. It mends nothing; what
 * differs is logged as an error and in the metrics.
 */
export const proveEconomics: Job = {
  name: job.name,
  leisurely: true,
  run: (context) =>
    inDueBrandTurn<{ id: string }>(context, job, {
      sql: dueSql,
      values: ({ now }) => [new Date(now.getTime() - dayMs)],
      work: (tx, { id }) => prove(tx, id, context),
    }),
};

async function prove(
  tx: CommandTransaction,
  brandId: string,
  { log, report }: JobContext,
): Promise<number> {
  await takeTime(tx);
  const outcomes = { agree: 0, differ: 0 };
  for (const [of, sql] of Object.entries(proofs)) {
    const [row] = await tx.query<{ differ: number }>(sql, [brandId]);
    const rows = row?.differ ?? 0;
    outcomes[rows === 0 ? 'agree' : 'differ'] += 1;
    if (rows > 0) log.error({ brandId, of, rows }, 'money is not what is kept of it');
  }
  report?.({ job: job.name, outcomes });
  await tx.query(storeSql, [brandId, tx.now]);
  return 1;
}
