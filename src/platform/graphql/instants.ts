import { GraphQLDateTime } from 'graphql-scalars';

const longestInstant = 64;
const earliest = Date.parse('0001-01-01T00:00:00Z');
const latest = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * Reads an RFC 3339 instant with its zone, to the millisecond; null for everything else: a day the
 * calendar lacks, a leap second, no zone, and a year outside 1 to 9999 in UTC, which PostgreSQL
 * would not read in the form JavaScript writes it.
 */
export function parseInstant(text: string): Date | null {
  if (text.length > longestInstant) return null;
  try {
    const instant = GraphQLDateTime.parseValue(text);
    return isStorable(instant) ? instant : null;
  } catch {
    return null;
  }
}

/** Whether a Date is valid and within the years 1 to 9999. */
export function isStorable(instant: Date): boolean {
  const time = instant.getTime();
  return time >= earliest && time <= latest;
}
