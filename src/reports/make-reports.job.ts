import { brandLoader, type BrandEntity } from '../brands';
import { boardModel, isOfDays, readBoardFigures } from '../economics';
import type { CommandTransaction } from '../platform/database/command';
import { inBrandTurn, notSetBack, type BrandWork } from '../platform/database/brand-turn';
import type { Job, JobContext } from '../platform/feature';
import { readAsPlatform } from '../platform/graphql/job-reads';
import { localDay, startOfDay } from '../platform/local-day';
import { daysOf, endOf, firstMadeUp, periodOf } from './period';
import { reportId } from './report.id';
import type { ReportFigure } from './report.type';
import type { ScheduleRow } from './report-schedule.entity';

const job = { name: 'make-reports', lock: 7_219_340_603 };

const dueSql = `
  SELECT s.* FROM report_schedules s
  WHERE s.due_at <= $1 AND s.deleted_at IS NULL AND ${notSetBack(job.name, 's.brand_id', '$1')}
  ORDER BY s.due_at, s.id LIMIT 1 FOR NO KEY UPDATE OF s SKIP LOCKED`;

const storeSql = `
  INSERT INTO reports (id, brand_id, schedule_id, kind, every, first_day, last_day, from_at, until_at,
    computed_at, model_version, figures)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
  ON CONFLICT (brand_id, schedule_id, first_day) DO NOTHING RETURNING 1`;

const advanceSql = `UPDATE report_schedules SET next_day = $2, due_at = $3 WHERE id = $1`;

/** Makes reports of periods that are over, one a turn, the oldest first. */
export const makeReports: Job = {
  name: job.name,
  leisurely: true,
  run: (context) => inBrandTurn(context, job, (tx) => nextSchedule(context, tx)),
};

async function nextSchedule(
  context: JobContext,
  tx: CommandTransaction,
): Promise<BrandWork | null> {
  const [schedule] = await tx.query<ScheduleRow>(dueSql, [tx.now]);
  if (schedule === undefined) return null;
  return { brandId: schedule.brand_id, work: () => makeDue(context, tx, schedule) };
}

async function makeDue(
  context: JobContext,
  tx: CommandTransaction,
  schedule: ScheduleRow,
): Promise<number> {
  const { id, every } = schedule;
  const brand = await readAsPlatform(context, (reading) =>
    brandLoader(reading).load(schedule.brand_id),
  );
  const { timezone } = brand as BrandEntity;
  const today = localDay(tx.now, timezone);
  const firstDay = firstMadeUp(schedule.next_day, {
    every,
    today,
    most: tx.limits.reportsMadeUp,
  });
  // A brand that has moved to another time zone may have to wait a little longer.
  const isOver = endOf(firstDay, every, timezone) <= tx.now;
  if (isOver) await make(context, tx, { schedule, brand: brand as BrandEntity, firstDay });
  const next = isOver ? periodOf(firstDay, every, 1) : firstDay;
  await tx.query(advanceSql, [id, next, endOf(next, every, timezone)]);
  return 1;
}

/** Which report is made, of the period that begins on a day. */
interface Making {
  schedule: ScheduleRow;
  brand: BrandEntity;
  firstDay: string;
}

async function make(context: JobContext, tx: CommandTransaction, making: Making): Promise<void> {
  const { schedule, brand, firstDay } = making;
  const { kind, every } = schedule;
  const days = daysOf(firstDay, every);
  const figures = await figuresOf(context, tx, making);
  const id = reportId.create();
  const stored = await tx.query(storeSql, [
    id,
    brand.uuid,
    schedule.id,
    kind,
    every,
    days.firstDay,
    days.lastDay,
    startOfDay(days.firstDay, brand.timezone),
    endOf(firstDay, every, brand.timezone),
    tx.now,
    boardModel,
    JSON.stringify(figures),
  ]);
  if (stored.length === 0) return;
  tx.announce({
    topic: 'report.ready',
    brandId: brand.uuid,
    customerId: null,
    payload: { reportId: reportId.encode(id), kind, every, ...days },
  });
}

/** The figures of a period, each beside that of the period before. */
function figuresOf(
  context: JobContext,
  tx: CommandTransaction,
  { schedule: { every }, brand, firstDay }: Making,
): Promise<ReportFigure[]> {
  const asked = (first: string) => ({ brand, days: daysOf(first, every), now: tx.now });
  return readAsPlatform(context, async (reading) => {
    const own = await readBoardFigures(reading, asked(firstDay));
    const before = await readBoardFigures(reading, asked(periodOf(firstDay, every, -1)));
    return own.map((figure, at): ReportFigure => {
      const other = isOfDays(figure.name) ? before[at] : undefined;
      const [previousValue, previousAmount] = [other?.value ?? null, other?.amount ?? null];
      return { ...figure, previousValue, previousAmount };
    });
  });
}
