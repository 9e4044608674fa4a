import { inTurn } from '../platform/database/turn';
import type { Job } from '../platform/feature';
import { endExperiments as endThem } from './end-experiments';
import type { ExperimentRow } from './experiment.entity';

/** Advisory lock of whoever ends experiments. */
const lock = 7_219_340_590;
const atOnce = 100;

// What the senders' servers still tell of the last hours may count, so the end is a day late.
const dueSql = `
  SELECT e.* FROM experiments e WHERE e.ended_at IS NULL AND e.ends_at <= $1
  ORDER BY e.ends_at, e.id LIMIT $2 FOR NO KEY UPDATE`;

/** Ends experiments whose time is over and that late events can no longer change. */
export const endExperimentsJob: Job = {
  name: 'end-experiments',
  run: (context) =>
    inTurn(context, lock, async (tx) => {
      const late = tx.limits.experimentLateHours * 3_600_000;
      const rows = await tx.query<ExperimentRow>(dueSql, [
        new Date(tx.now.getTime() - late),
        atOnce,
      ]);
      return (await endThem(tx, rows)).length;
    }),
};
