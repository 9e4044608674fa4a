import type { CommandTransaction } from '../platform/database/command';
import { journeyRunId } from './journey.id';
import { meantSql } from './meant.sql';

/** Somebody to let in on a journey. */
export interface Entry {
  brandId: string;
  journeyId: string;
  customerId: string;
}

// The journeys are locked first, so that nobody comes in while one is stopped or published anew.
const lockSql = `
  SELECT j.id FROM journeys j WHERE j.id = ANY ($1::uuid[]) ORDER BY j.id FOR NO KEY UPDATE`;

const letInSql = `
  INSERT INTO journey_runs (id, brand_id, journey_id, version, customer_id, dormancy, state, due_at,
    check_at, entered_at)
  SELECT t.id, j.brand_id, j.id, j.version, t.customer_id, s.dormancy, 'ACTIVE', $5, $5, $5
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) AS t(id, brand_id, journey_id, customer_id)
  JOIN journeys j ON j.id = t.journey_id AND j.brand_id = t.brand_id
    AND j.version IS NOT NULL AND j.stopped_at IS NULL
  JOIN relationships r ON r.brand_id = t.brand_id AND r.customer_id = t.customer_id
  LEFT JOIN attention_states s ON s.brand_id = t.brand_id AND s.customer_id = t.customer_id
  WHERE (j.experiment_id IS NULL OR EXISTS (
      SELECT FROM experiment_members m WHERE m.brand_id = j.brand_id
        AND m.experiment_id = j.experiment_id AND m.customer_id = t.customer_id AND m.arm = 'TREATED'))
    AND ($6 OR coalesce(${meantSql('t.customer_id')}, true))
  ORDER BY t.journey_id, t.customer_id
  ON CONFLICT (brand_id, journey_id, customer_id) DO NOTHING
  RETURNING journey_id, customer_id`;

/**
 * Lets customers in who have not been on the journey before, whom its experiment treats if it has one and
 * (unless let in by hand) whom its trigger still means. Answers who came in, as `journey customer`.
 */
export async function letIn(
  tx: CommandTransaction,
  entries: readonly Entry[],
  { byHand }: { byHand: boolean },
): Promise<Set<string>> {
  if (entries.length === 0) return new Set();
  await tx.query(lockSql, [[...new Set(entries.map(({ journeyId }) => journeyId))]]);
  const rows = await tx.query<{ journey_id: string; customer_id: string }>(letInSql, [
    entries.map(() => journeyRunId.create()),
    entries.map(({ brandId }) => brandId),
    entries.map(({ journeyId }) => journeyId),
    entries.map(({ customerId }) => customerId),
    tx.now,
    byHand,
  ]);
  return new Set(rows.map((row) => `${row.journey_id} ${row.customer_id}`));
}
