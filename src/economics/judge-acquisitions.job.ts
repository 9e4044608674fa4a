import type { CommandTransaction } from '../platform/database/command';
import type { Job } from '../platform/feature';
import type { AcquisitionRow } from './acquisition.entity';
import { countOnDays } from './acquisition-days';
import { brandBooks } from './brand-books';
import type { VerdictName } from './marketing';

interface Due extends AcquisitionRow {
  stayed: boolean;
  bought: boolean;
}

// What came within a day belongs to their coming; to stay is to be heard of after it.
const dueSql = `
  WITH due AS MATERIALIZED (
    SELECT a.* FROM acquisitions a WHERE a.verdict = 'WATCHED' AND a.judge_at <= $1
    ORDER BY a.judge_at LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED)
  SELECT a.*,
    EXISTS (SELECT FROM attention_events e WHERE e.brand_id = a.brand_id
        AND e.customer_id = a.customer_id AND e.confidence >= 50 AND NOT e.duplicate
        AND e.occurred_at > a.acquired_at + interval '1 day' AND e.occurred_at <= a.judge_at)
      OR EXISTS (SELECT FROM purchases p WHERE p.brand_id = a.brand_id
        AND p.customer_id = a.customer_id
        AND p.purchased_at > a.acquired_at + interval '1 day' AND p.purchased_at <= a.judge_at) AS stayed,
    EXISTS (SELECT FROM purchases p WHERE p.brand_id = a.brand_id AND p.customer_id = a.customer_id
        AND p.purchased_at >= a.acquired_at - interval '30 minutes' AND p.purchased_at <= a.judge_at) AS bought
  FROM due a`;

const judgeSql = `
  UPDATE acquisitions a SET verdict = t.verdict, ordered = t.ordered, judge_at = NULL, judged_at = $4
  FROM unnest($1::uuid[], $2::text[], $3::boolean[]) AS t(id, verdict, ordered) WHERE a.id = t.id`;

/** Says of those who were new and paid for whether they stayed, once their time to show it is over. */
export const judgeAcquisitions: Job = {
  name: 'judge-acquisitions',
  leisurely: true,
  run: ({ database, clock }) => database.transact(clock, judgeDue),
};

async function judgeDue(tx: CommandTransaction): Promise<number> {
  const due = await tx.query<Due>(dueSql, [tx.now, tx.limits.acquisitionsJudged]);
  if (due.length === 0) return 0;
  const books = await brandBooks(
    tx,
    due.map((row) => row.brand_id),
  );
  const verdictOf = ({ stayed }: Due): VerdictName => (stayed ? 'TRUE_NEW' : 'WRONG');
  await tx.query(judgeSql, [
    due.map(({ id }) => id),
    due.map(verdictOf),
    due.map(({ bought }) => bought),
    tx.now,
  ]);
  const changes = due.flatMap((row) => [
    { row, verdict: 'WATCHED' as const, times: -1 as const },
    { row, verdict: verdictOf(row), times: 1 as const, ordered: row.bought },
  ]);
  await countOnDays(tx, changes, books);
  return due.length;
}
