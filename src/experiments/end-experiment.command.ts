import { experimentId } from '../holdouts';
import { refused, type CommandHandler } from '../platform/database/command';
import { userError } from '../platform/errors';
import type { ExperimentAnswer } from './create-experiment.command';
import { endExperiments } from './end-experiments';
import { snapshotOf, type ExperimentRow } from './experiment.entity';

/** The experiment that shall end now. */
export interface EndExperiment {
  id: string;
}

const lockSql = `
  SELECT e.* FROM unnest($1::uuid[], $2::uuid[]) AS t(id, brand_id)
  JOIN experiments e ON e.id = t.id AND e.brand_id = t.brand_id
  ORDER BY e.id FOR NO KEY UPDATE OF e`;

/** Ends experiments before their time. */
export const endExperiment: CommandHandler<EndExperiment, ExperimentAnswer> = {
  kind: 'endExperiment',
  async execute(tx, commands) {
    const ids = commands.map(({ input }) => experimentId.decode(input.id));
    const rows = await tx.query<ExperimentRow>(lockSql, [
      ids,
      commands.map(({ tenant }) => tenant),
    ]);
    const found = new Map(rows.map((row) => [row.id, row]));
    const running = [...found.values()].filter((row) => row.ended_at === null);
    const ended = new Map((await endExperiments(tx, running)).map((row) => [row.id, row]));
    return commands.map(({ tenant }, at): ExperimentAnswer => {
      const id = ids[at] ?? '';
      if (found.get(id)?.brand_id !== tenant) return refused(userError('NOT_FOUND', ['id']));
      const row = ended.get(id);
      // Each is ended once, also within one list.
      if (row === undefined) return refused(userError('ALREADY_RESOLVED', ['id']));
      ended.delete(id);
      return { experiment: snapshotOf(row), userErrors: [] };
    });
  },
};
