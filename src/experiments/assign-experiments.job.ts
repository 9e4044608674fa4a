import { armOf, experimentId } from '../holdouts';
import type { CommandTransaction } from '../platform/database/command';
import { inTurn } from '../platform/database/turn';
import type { Job } from '../platform/feature';
import { belongsSql } from './audience';
import type { ExperimentRow } from './experiment.entity';

/** Advisory lock of whoever puts customers into arms. */
const lock = 7_219_340_591;

// Nobody is looked for in a segment that is still being filled.
const dueSql = `
  SELECT e.* FROM experiments e
  WHERE e.ended_at IS NULL AND e.sweep_at <= $1 AND e.ends_at > $1
    AND NOT EXISTS (SELECT FROM segments g
      WHERE g.id = e.segment_id AND g.filling AND g.deleted_at IS NULL)
  ORDER BY e.sweep_at, e.id LIMIT 1 FOR NO KEY UPDATE`;

// The customers are gone through by id, so that a step takes as long whether many or few belong.
const candidatesSql = `
  SELECT r.customer_id, s.dormancy,
    coalesce(${belongsSql} AND m.customer_id IS NULL AND c.merged_into IS NULL, false) AS belongs
  FROM experiments e
  CROSS JOIN LATERAL (
    SELECT x.* FROM relationships x
    WHERE x.brand_id = e.brand_id AND ($3::uuid IS NULL OR x.customer_id > $3)
    ORDER BY x.customer_id LIMIT $4) r
  JOIN customers c ON c.id = r.customer_id
  LEFT JOIN attention_states s ON s.brand_id = r.brand_id AND s.customer_id = r.customer_id
  LEFT JOIN experiment_members m ON m.experiment_id = e.id AND m.customer_id = r.customer_id
  WHERE e.id = $1 AND e.brand_id = $2 ORDER BY r.customer_id`;

const insertSql = `
  INSERT INTO experiment_members (experiment_id, customer_id, brand_id, arm, dormancy, entered_at)
  SELECT $1, t.customer_id, $2, t.arm, t.dormancy, $6
  FROM unnest($3::uuid[], $4::text[], $5::text[]) AS t(customer_id, arm, dormancy)
  ON CONFLICT DO NOTHING`;

const advanceSql = `
  UPDATE experiments e SET sweep_after = $2, sweep_at = $3,
    assigned_at = coalesce(e.assigned_at, $4) WHERE e.id = $1`;

interface Candidate {
  customer_id: string;
  dormancy: string | null;
  belongs: boolean;
}

/**
 * Puts the customers of running experiments into their arms, a step of one sweep at a time; and again
 * every few minutes those who have come to belong since.
 */
export const assignExperiments: Job = {
  name: 'assign-experiments',
  run: (context) => inTurn(context, lock, step),
};

async function step(tx: CommandTransaction): Promise<number> {
  const [experiment] = await tx.query<ExperimentRow>(dueSql, [tx.now]);
  if (experiment === undefined) return 0;
  const { id, brand_id: brandId, sweep_after: after } = experiment;
  const most = tx.limits.experimentSweep;
  const candidates = await tx.query<Candidate>(candidatesSql, [id, brandId, after, most]);
  await putIntoArms(
    tx,
    experiment,
    candidates.filter(({ belongs }) => belongs),
  );
  await advance(tx, experiment, candidates.length < most ? null : candidates.at(-1));
  return 1;
}

async function putIntoArms(
  tx: CommandTransaction,
  { id, brand_id: brandId, key, holdout_bp: share }: ExperimentRow,
  joining: readonly Candidate[],
): Promise<void> {
  if (joining.length === 0) return;
  await tx.query(insertSql, [
    id,
    brandId,
    joining.map(({ customer_id: customer }) => customer),
    joining.map(({ customer_id: customer }) => armOf(key, customer, share)),
    joining.map(({ dormancy }) => dormancy),
    tx.now,
  ]);
}

/** Goes on behind the last candidate, or begins anew after a while when there was none left. */
async function advance(
  tx: CommandTransaction,
  experiment: ExperimentRow,
  last: Candidate | null | undefined,
): Promise<void> {
  const { id, brand_id: brandId, assigned_at: assigned } = experiment;
  const through = last == null;
  const pause = through ? tx.limits.experimentSweepMinutes * 60_000 : 0;
  const due = new Date(tx.now.getTime() + pause);
  await tx.query(advanceSql, [id, last?.customer_id ?? null, due, through ? tx.now : null]);
  if (!through || assigned !== null) return;
  tx.announce({
    topic: 'experiment.assigned',
    brandId,
    customerId: null,
    payload: { experimentId: experimentId.encode(id) },
  });
}
