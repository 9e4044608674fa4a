import { viewer } from '../platform/auth/caller';
import { toEntities } from '../platform/database/rows';
import type { Context } from '../platform/graphql/context';
import { commitmentOf, wins } from './draw';
import { SurpriseDrawEntity } from './surprise-draw.entity';
import type { SurprisePoolEntity } from './surprise-pool.entity';

/** What recomputing the draws of a closed pool found. */
export interface AuditResult {
  pool: SurprisePoolEntity;
  drawCount: number;
  wins: number;
  paidMu: number;
  /** The first draws that are not what the seed says; empty when all are. */
  mismatches: SurpriseDrawEntity[];
  verified: boolean;
}

/** Draws read in one statement; between two of them other requests have their turn. */
const atOnce = 2000;
const mismatchesShown = 100;

const drawsSql = `
  SELECT d.* FROM surprise_draws d
  WHERE d.pool_id = $3 AND ($1::uuid IS NULL OR d.brand_id = $1)
    AND ($2::uuid IS NULL OR d.customer_id = $2) AND ($4::uuid IS NULL OR d.id > $4)
  ORDER BY d.id LIMIT $5`;

/** Draws every ticket of a closed pool again that the caller may see; null while the seed is secret. */
export async function auditPool(
  context: Context,
  pool: SurprisePoolEntity,
): Promise<AuditResult | null> {
  if (pool.seed === null) return null;
  const seed = Buffer.from(pool.seed, 'hex');
  const result = { pool, drawCount: 0, wins: 0, paidMu: 0, mismatches: [] as SurpriseDrawEntity[] };
  let verified = commitmentOf(seed).toString('hex') === pool.commitment;
  let after: string | null = null;
  for (;;) {
    const values: unknown[] = [...viewer(context.caller), pool.uuid, after, atOnce];
    const rows = toEntities(SurpriseDrawEntity, await context.reads.query(drawsSql, values));
    for (const row of rows) {
      result.drawCount += 1;
      result.wins += row.won ? 1 : 0;
      result.paidMu += row.amount;
      if (isAsDrawn(row, pool, seed)) continue;
      verified = false;
      if (result.mismatches.length < mismatchesShown) result.mismatches.push(row);
    }
    if (rows.length < atOnce) return { ...result, verified };
    after = rows.at(-1)?.uuid ?? null;
  }
}

function isAsDrawn(row: SurpriseDrawEntity, pool: SurprisePoolEntity, seed: Buffer): boolean {
  const won = wins(seed, row, pool.oddsOneIn);
  return row.won === won && row.amount === (won ? pool.prizeMu : 0);
}
