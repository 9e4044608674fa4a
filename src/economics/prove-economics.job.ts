import type { CommandTransaction } from '../platform/database/command';
import { inTurn } from '../platform/database/turn';
import type { Job, JobContext } from '../platform/feature';
import { proofs } from './prove-economics.sql';

const proofLock = 7_219_340_731;
const dayMs = 86_400_000;

const turnSql = `
  SELECT b.id FROM brands b LEFT JOIN economy_proofs p ON p.brand_id = b.id
  WHERE p.proven_at IS NULL OR p.proven_at < $1
  ORDER BY p.proven_at NULLS FIRST, b.id LIMIT 1`;

const storeSql = `
  INSERT INTO economy_proofs AS p (brand_id, proven_at) VALUES ($1, $2)
  ON CONFLICT (brand_id) DO UPDATE SET proven_at = excluded.proven_at`;

/**
 * Counts what is kept of each brand's money anew from what was recorded, a brand a run and each once a day:
 * spend, acquisitions, campaigns and years whole, messages and Mu of the day before. It mends nothing; what
 * differs is logged as an error and in the metrics.
 */
export const proveEconomics: Job = {
  name: 'prove-economics',
  run: (context) => inTurn(context, proofLock, (tx) => proveNext(tx, context)),
};

async function proveNext(tx: CommandTransaction, { log, report }: JobContext): Promise<number> {
  const [brand] = await tx.query<{ id: string }>(turnSql, [new Date(tx.now.getTime() - dayMs)]);
  if (brand === undefined) return 0;
  await tx.query(`SET LOCAL statement_timeout = '60s'`);
  const outcomes = { agree: 0, differ: 0 };
  for (const [of, sql] of Object.entries(proofs)) {
    const [row] = await tx.query<{ differ: number }>(sql, [brand.id]);
    const rows = row?.differ ?? 0;
    outcomes[rows === 0 ? 'agree' : 'differ'] += 1;
    if (rows > 0) log.error({ brandId: brand.id, of, rows }, 'money is not what is kept of it');
  }
  report?.({ job: proveEconomics.name, outcomes });
  await tx.query(storeSql, [brand.id, tx.now]);
  return 1;
}
