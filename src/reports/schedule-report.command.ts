import { brandClocks, type BrandClock } from '../brands';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { isDay, localDay } from '../platform/local-day';
import { endOf, periodOf, type ReportKindName, type ReportPeriodName } from './period';
import { reportScheduleId } from './report.id';
import type { ScheduleRow } from './report-schedule.entity';

/** A report that shall come by itself. */
export interface ScheduleReport {
  kind: ReportKindName;
  every: ReportPeriodName;
  firstDay?: string | null;
}

/** The UUID of the schedule. */
export interface ScheduleAnswer extends Answer {
  schedule?: string;
}

const insertSql = `
  INSERT INTO report_schedules (id, brand_id, kind, every, next_day, due_at, created_at)
  SELECT t.id, t.brand_id, t.kind, t.every, t.next_day, t.due_at, $7
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::date[], $6::timestamptz[])
    AS t(id, brand_id, kind, every, next_day, due_at)
  ORDER BY t.brand_id, t.kind, t.every
  ON CONFLICT (brand_id, kind, every) WHERE deleted_at IS NULL DO NOTHING`;

const standingSql = `
  SELECT s.id, s.brand_id, s.kind, s.every FROM report_schedules s
  WHERE s.brand_id = ANY ($1::uuid[]) AND s.deleted_at IS NULL`;

type Standing = Pick<ScheduleRow, 'id' | 'brand_id' | 'kind' | 'every'>;

/** A schedule that is asked for, with the first period it reports. */
type Draft = Omit<ScheduleRow, 'created_at' | 'deleted_at'>;

/** Has reports come by themselves; one that comes already is answered as it is. */
export const scheduleReport: CommandHandler<ScheduleReport, ScheduleAnswer> = {
  kind: 'scheduleReport',
  async execute(tx, commands) {
    const brands = [...new Set(commands.map(({ tenant }) => tenant as string))];
    const clocks = await brandClocks(tx, brands);
    const judged = commands.map((command) =>
      judge(tx, command, clocks.get(command.tenant as string) as BrandClock),
    );
    const drafts = judged.filter((one): one is Draft => 'id' in one);
    if (drafts.length === 0) return judged.map((one) => refused(one as UserErrorShape));
    await tx.query(insertSql, [
      drafts.map(({ id }) => id),
      drafts.map(({ brand_id }) => brand_id),
      drafts.map(({ kind }) => kind),
      drafts.map(({ every }) => every),
      drafts.map(({ next_day }) => next_day),
      drafts.map(({ due_at }) => due_at),
      tx.now,
    ]);
    const standing = await tx.query<Standing>(standingSql, [brands]);
    const idOf = new Map(standing.map((row) => [nameOf(row), row.id]));
    return judged.map((one): ScheduleAnswer => {
      return 'id' in one ? { schedule: idOf.get(nameOf(one)), userErrors: [] } : refused(one);
    });
  },
};

function nameOf({ brand_id, kind, every }: Omit<Standing, 'id'>): string {
  return `${brand_id} ${kind} ${every}`;
}

function judge(
  { now, limits }: CommandTransaction,
  { input, tenant }: Command<ScheduleReport>,
  { timezone }: BrandClock,
): Draft | UserErrorShape {
  const { kind, every } = input;
  const today = localDay(now, timezone);
  const day = input.firstDay ?? today;
  if (!isDay(day)) {
    return userError(
      'INVALID_VALUE',
      ['firstDay'],
      'Not a day of the calendar, such as 2026-11-21.',
    );
  }
  const next_day = periodOf(day, every);
  if (day > today || next_day < periodOf(today, every, -limits.reportsMadeUp)) {
    const message = `Must lie in the running period or in one of the ${limits.reportsMadeUp} before.`;
    return userError('INVALID_VALUE', ['firstDay'], message);
  }
  const due_at = endOf(next_day, every, timezone);
  return {
    id: reportScheduleId.create(),
    brand_id: tenant as string,
    kind,
    every,
    next_day,
    due_at,
  };
}
