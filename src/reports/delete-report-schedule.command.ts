import { refused, type CommandHandler } from '../platform/database/command';
import { userError } from '../platform/errors';
import { reportScheduleId } from './report.id';
import type { ScheduleAnswer } from './schedule-report.command';

/** A schedule whose reports nobody needs any more. */
export interface DeleteReportSchedule {
  id: string;
}

const lockSql = `
  SELECT s.id, s.brand_id FROM report_schedules s
  WHERE s.id = ANY ($1::uuid[]) AND s.brand_id = ANY ($2::uuid[]) AND s.deleted_at IS NULL
  ORDER BY s.id FOR NO KEY UPDATE OF s`;

const deleteSql = `UPDATE report_schedules SET deleted_at = $2 WHERE id = ANY ($1::uuid[])`;

/** Ends schedules; the reports that were made stay. */
export const deleteReportSchedule: CommandHandler<DeleteReportSchedule, ScheduleAnswer> = {
  kind: 'deleteReportSchedule',
  async execute(tx, commands) {
    const ids = commands.map(({ input }) => reportScheduleId.decode(input.id));
    const brands = commands.map(({ tenant }) => tenant);
    const rows = await tx.query<{ id: string; brand_id: string }>(lockSql, [ids, brands]);
    const brandOf = new Map(rows.map((row) => [row.id, row.brand_id]));
    const answers = commands.map(({ tenant }, at): ScheduleAnswer => {
      const id = ids[at] ?? '';
      if (brandOf.get(id) !== tenant) return refused(userError('NOT_FOUND', ['id']));
      // The second of two for the same one finds it gone.
      brandOf.delete(id);
      return { schedule: id, userErrors: [] };
    });
    const deleted = answers.flatMap(({ schedule }) => schedule ?? []);
    if (deleted.length > 0) await tx.query(deleteSql, [deleted, tx.now]);
    return answers;
  },
};
