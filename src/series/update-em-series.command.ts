import { refused, type CommandHandler } from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { checkText } from '../platform/text';
import { wrongSlot, type SeriesAnswer } from './create-em-series.command';
import { isSlot } from './daily-slot';
import type { EmSeriesStateName } from './em-series.type';
import { emSeriesId } from './series.id';
import { lockSeries, type SeriesRow } from './series.service';

export interface UpdateEmSeries {
  id: string;
  name?: string | null;
  dailySlot?: string | null;
  state?: EmSeriesStateName | null;
}

const storeSql = `
  UPDATE em_series s SET name = t.name, daily_slot = t.daily_slot, state = t.state, updated_at = $5
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) AS t(id, name, daily_slot, state)
  WHERE s.id = t.id`;

/** Changes series; one that has ended stays as it is. */
export const updateEmSeries: CommandHandler<UpdateEmSeries, SeriesAnswer> = {
  kind: 'updateEmSeries',
  async execute(tx, commands) {
    const ids = commands.map(({ input }) => emSeriesId.decode(input.id));
    const brandIds = commands.map(({ tenant }) => tenant as string);
    const found = await lockSeries(tx, ids, brandIds);
    const changed = new Set<SeriesRow>();
    const answers = commands.map(({ input }, at) => {
      const row = found.get(`${brandIds[at]} ${ids[at]}`);
      if (row === undefined) return refused(userError('NOT_FOUND', ['id']));
      const refusal = change(row, input);
      if (refusal !== null) return refused(refusal);
      changed.add(row);
      return { seriesId: row.id, userErrors: [] };
    });
    const rows = [...changed];
    if (rows.length > 0) {
      await tx.query(storeSql, [
        rows.map((row) => row.id),
        rows.map((row) => row.name),
        rows.map((row) => row.daily_slot),
        rows.map((row) => row.state),
        tx.now,
      ]);
    }
    return answers;
  },
};

function change(row: SeriesRow, { name, dailySlot, state }: UpdateEmSeries): UserErrorShape | null {
  if (row.state === 'ENDED') {
    return userError('ALREADY_RESOLVED', ['id'], 'The series has ended.');
  }
  const text = name == null ? null : checkText(name, { maxBytes: 200, field: ['name'] });
  if (text?.refusal) return text.refusal;
  if (dailySlot != null && !isSlot(dailySlot)) return wrongSlot();
  row.name = text?.value ?? row.name;
  row.daily_slot = dailySlot ?? row.daily_slot;
  row.state = state ?? row.state;
  return null;
}
