import { DateTime as Zoned } from 'luxon';

/** Minutes after midnight by the clock on the wall: quiet from the one to just before the other. */
export interface QuietHours {
  from: number;
  until: number;
}

const minutesOfDay = 24 * 60;
const minute = 60_000;
const timePattern = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Minutes after midnight of a time such as 22:30; null for anything else. */
export function readTime(text: string): number | null {
  const [, hours, minutes] = timePattern.exec(text) ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
}

/** A time such as 22:30. */
export function timeText(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Whether clocks in the zone show a quiet time; equal ends are no quiet hours at all. */
export function isQuiet(at: Date, zone: string, { from, until }: QuietHours): boolean {
  const { hour, minute: past } = Zoned.fromJSDate(at, { zone });
  const shown = hour * 60 + past;
  return from <= until ? from <= shown && shown < until : shown >= from || shown < until;
}

/**
 * The first instant from `at` on at which clocks in the zone show no quiet time; null when they show none
 * now. Where clocks are put forward over the end, it is the moment they are; where they are put back
 * behind it, quiet hours come twice.
 */
export function quietUntil(at: Date, zone: string, hours: QuietHours): Date | null {
  if (!isQuiet(at, zone, hours)) return null;
  let from = at;
  for (;;) {
    const end = endWithoutChange(from, zone, hours);
    const change = firstChange(from, end, zone);
    if (change === null) return end;
    if (!isQuiet(change, zone, hours)) return change;
    from = change;
  }
}

/** When clocks that are not changed meanwhile show the end. */
function endWithoutChange(from: Date, zone: string, { until }: QuietHours): Date {
  const local = Zoned.fromJSDate(from, { zone });
  const shown = local.hour * 60 + local.minute;
  const waits = (until - shown + minutesOfDay) % minutesOfDay;
  return new Date(from.getTime() + waits * minute - local.second * 1000 - local.millisecond);
}

function offsetAt(time: number, zone: string): number {
  return Zoned.fromMillis(time, { zone }).offset;
}

/** When clocks in the zone are changed after one instant and no later than another; null if they are not. */
function firstChange(after: Date, until: Date, zone: string): Date | null {
  let [low, high] = [after.getTime(), until.getTime()];
  const before = offsetAt(low, zone);
  if (offsetAt(high, zone) === before) return null;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle, zone) === before) low = middle;
    else high = middle;
  }
  return new Date(high);
}

/** The first instant from `at` on at which clocks in the zone show this hour of the day. */
export function nextHour(at: Date, zone: string, hour: number): Date {
  let time = at.getTime();
  let local = Zoned.fromMillis(time, { zone });
  // Clocks that are put forward may skip the hour of a day, never that of two days in a row.
  for (let hours = 0; hours < 60 && local.hour !== hour; hours += 1) {
    time += (60 - local.minute) * minute - local.second * 1000 - local.millisecond;
    local = Zoned.fromMillis(time, { zone });
  }
  return new Date(time);
}
