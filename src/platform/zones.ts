import { LRUCache } from 'lru-cache';
import { DateTime as Zoned, IANAZone } from 'luxon';

/** A name begins with a letter; some versions of Node take an offset such as +05:30 for a zone, others not. */
const namePattern = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/;

/** What was asked last: a calendar is made to find out, and customers live in few zones. */
const judged = new LRUCache<string, boolean>({ max: 1000 });

/** Whether the text is the name of a time zone of the IANA database, such as Asia/Kolkata. */
export function isZoneName(text: string): boolean {
  if (!namePattern.test(text)) return false;
  let valid = judged.get(text);
  if (valid === undefined) judged.set(text, (valid = IANAZone.isValidZone(text)));
  return valid;
}

interface Span {
  from: number;
  until: number;
  day: string;
}

/** The day asked for last, by zone: events of a batch are mostly of one day, and calendars take time. */
const lastSpans = new Map<string, Span>();
const mostSpans = 1000;

/** Day of an instant in a zone, as `2026-11-21`. */
export function localDay(instant: Date, zone: string): string {
  const ms = instant.getTime();
  const known = lastSpans.get(zone);
  if (known !== undefined && known.from <= ms && ms < known.until) return known.day;
  const start = Zoned.fromJSDate(instant, { zone }).startOf('day');
  const day = start.toISODate() as string;
  if (lastSpans.size >= mostSpans) lastSpans.clear();
  lastSpans.set(zone, {
    from: start.toMillis(),
    until: start.plus({ days: 1 }).startOf('day').toMillis(),
    day,
  });
  return day;
}

/** When days begin, by zone and day: a batch asks it of the same few again and again. */
const starts = new LRUCache<string, number>({ max: 5000 });

/** The instant at which a day, as `2026-11-21`, begins in a zone. */
export function startOfDay(day: string, zone: string): Date {
  const name = `${day} ${zone}`;
  const known = starts.get(name);
  if (known !== undefined) return new Date(known);
  const start = Zoned.fromISO(day, { zone }).startOf('day').toMillis();
  starts.set(name, start);
  return new Date(start);
}
