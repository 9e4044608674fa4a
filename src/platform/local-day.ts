import { DateTime } from 'luxon';

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** A stretch of local days, both included, as `2026-11-21`. */
export interface Days {
  firstDay: string;
  lastDay: string;
}

/** Whether the text is a day of the calendar as `2026-11-21`, of the years 1 to 9999. */
export function isDay(text: string): boolean {
  return dayPattern.test(text) && !text.startsWith('0000') && noonOf(text).isValid;
}

/** How many days the stretch has; below 1 when it ends before it begins. */
export function daysIn({ firstDay, lastDay }: Days): number {
  return Math.round(noonOf(lastDay).diff(noonOf(firstDay), 'days').days) + 1;
}

/** The day so many days later, or earlier for a number below 0. */
export function dayAfter(day: string, days: number): string {
  return noonOf(day).plus({ days }).toFormat('yyyy-MM-dd');
}

/** The stretch of the same length that ends the day before. */
export function stretchBefore(days: Days): Days {
  const length = daysIn(days);
  return { firstDay: dayAfter(days.firstDay, -length), lastDay: dayAfter(days.firstDay, -1) };
}

/** The local day of an instant in a time zone. */
export function localDay(instant: Date, zone: string): string {
  return DateTime.fromJSDate(instant, { zone }).toFormat('yyyy-MM-dd');
}

/** When a local day begins in a time zone; where a clock change leaves out its midnight, the first instant after. */
export function startOfDay(day: string, zone: string): Date {
  return DateTime.fromISO(day, { zone }).startOf('day').toJSDate();
}

function noonOf(day: string): DateTime {
  return DateTime.fromISO(`${day}T12:00:00`, { zone: 'utc' });
}
