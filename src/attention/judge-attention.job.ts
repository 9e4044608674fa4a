import { customerZones } from '../customers';
import type { CommandTransaction } from '../platform/database/command';
import { inTurn } from '../platform/database/turn';
import type { Job } from '../platform/feature';
import type { Pair } from './attention-state.store';
import { judgeAgain } from './keep-attention';

const attentionJudgeLock = 7_219_340_561;

interface PairRow {
  brand_id: string;
  customer_id: string;
}

// Somebody an event is just being stored of is skipped; whoever stores it judges, too.
const dueSql = `
  SELECT s.brand_id, s.customer_id FROM attention_states s
  WHERE s.check_at <= $1 ORDER BY s.check_at LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED`;

/**
 * Finds out whose dormancy or band time alone has changed, and says so once. A read or an event that
 * comes first finds the same by itself.
 */
export const judgeAttention: Job = {
  name: 'judge-attention',
  run: (context) =>
    inTurn(context, attentionJudgeLock, async (tx) => {
      const due = await tx.query<PairRow>(dueSql, [tx.now, tx.limits.attentionJudged]);
      await judgeRows(tx, due);
      return due.length > 0 ? due.length : judgeByNewPolicy(tx);
    }),
};

async function judgeRows(tx: CommandTransaction, rows: readonly PairRow[]): Promise<void> {
  const pairs = rows.map(({ brand_id, customer_id }): Pair => ({
    brandId: brand_id,
    customerId: customer_id,
  }));
  await judgeAgain(tx, pairs, await customerZones(tx, pairs));
}

const policySql = `
  SELECT p.brand_id, p.judged_to FROM dormancy_policies p
  WHERE p.judged_to IS NOT NULL ORDER BY p.changed_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED`;

const nextSql = `
  SELECT s.brand_id, s.customer_id FROM attention_states s
  WHERE s.brand_id = $1 AND s.customer_id > $2 ORDER BY s.customer_id LIMIT $3`;

const judgedSql = `UPDATE dormancy_policies p SET judged_to = $2 WHERE p.brand_id = $1`;

/** Judges the next customers of a brand that calls silence otherwise now; answers how many. */
async function judgeByNewPolicy(tx: CommandTransaction): Promise<number> {
  const [policy] = await tx.query<{ brand_id: string; judged_to: string }>(policySql);
  if (policy === undefined) return 0;
  const { brand_id, judged_to } = policy;
  const rows = await tx.query<PairRow>(nextSql, [brand_id, judged_to, tx.limits.attentionJudged]);
  await judgeRows(tx, rows);
  await tx.query(judgedSql, [brand_id, rows.at(-1)?.customer_id ?? null]);
  return Math.max(1, rows.length);
}
