import { DateTime } from 'luxon';
import { enumOf } from '../platform/graphql/described-enum';

const buckets = {
  DAY: 'Local days.',
  WEEK: 'Weeks, which begin on Monday.',
  MONTH: 'Months of the calendar.',
} as const;

export type TimeBucketName = keyof typeof buckets;

/** The buckets as a GraphQL enum; values equal names. */
export const TimeBucket = enumOf('TimeBucket', 'What a series is divided into.', buckets);

type Stretch = TimeBucketName | 'QUARTER';

const units = { DAY: 'day', WEEK: 'week', MONTH: 'month', QUARTER: 'quarter' } as const;

function startOf(day: string, stretch: Stretch): DateTime {
  return DateTime.fromISO(day, { zone: 'utc' }).startOf(units[stretch]);
}

const named = (time: DateTime): string => time.toFormat('yyyy-MM-dd');

/** The first day of the quarter a day lies in. */
export function startOfQuarter(day: string): string {
  return named(startOf(day, 'QUARTER'));
}

/** The first day of the month a day lies in. */
export function startOfMonth(day: string): string {
  return named(startOf(day, 'MONTH'));
}

/** The first day of the bucket after the one a day lies in, or of one so many further on or back. */
export function nextBucket(day: string, stretch: Stretch, count = 1): string {
  return named(startOf(day, stretch).plus({ [units[stretch]]: count }));
}
