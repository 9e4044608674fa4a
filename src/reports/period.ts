import { DateTime } from 'luxon';
import { enumOf } from '../platform/graphql/described-enum';
import { dayAfter, startOfDay, type Days } from '../platform/local-day';

export const kinds = {
  EXECUTIVE_SUMMARY: 'What a board asks of a brand’s customers and its money.',
} as const;

export type ReportKindName = keyof typeof kinds;

/** The kinds as a GraphQL enum; values equal names. */
export const ReportKind = enumOf('ReportKind', 'What a report is about.', kinds);

export const periods = {
  WEEK: 'Weeks, which begin on Monday.',
  MONTH: 'Months of the calendar.',
} as const;

export type ReportPeriodName = keyof typeof periods;

/** The periods as a GraphQL enum; values equal names. */
export const ReportPeriod = enumOf('ReportPeriod', 'How often a report comes.', periods);

const units = { WEEK: 'week', MONTH: 'month' } as const;

function startOf(day: string, every: ReportPeriodName): DateTime {
  return DateTime.fromISO(day, { zone: 'utc' }).startOf(units[every]);
}

/** The first day of the period a local day lies in, or of one so many further on or back. */
export function periodOf(day: string, every: ReportPeriodName, further = 0): string {
  return startOf(day, every)
    .plus({ [units[every]]: further })
    .toFormat('yyyy-MM-dd');
}

/** The days of the period that begins on a day. */
export function daysOf(firstDay: string, every: ReportPeriodName): Days {
  return { firstDay, lastDay: dayAfter(periodOf(firstDay, every, 1), -1) };
}

/** When the period that begins on a day is over, in a time zone. */
export function endOf(firstDay: string, every: ReportPeriodName, zone: string): Date {
  return startOfDay(periodOf(firstDay, every, 1), zone);
}

/**
 * The first day of the period that is to be reported: the one that waits, or, where more are over than are
 * made up, the oldest of those. `today` is the brand's local day.
 */
export function firstMadeUp(
  waits: string,
  { every, today, most }: { every: ReportPeriodName; today: string; most: number },
): string {
  const oldest = periodOf(today, every, -most);
  return waits < oldest ? oldest : waits;
}
