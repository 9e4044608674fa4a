import type { BrandEntity } from '../brands';
import { RequestError } from '../platform/errors';
import type { Context } from '../platform/graphql/context';
import { monetaryAmount } from '../platform/graphql/money.type';
import { dayAfter, daysIn, localDay, startOfDay } from '../platform/local-day';
import { dayCountsLoader } from './day-counts.loader';
import { counters, isLevel, levels, type CounterName, type MetricName } from './metric';
import type { MetricBucket, MetricSeries, MetricValue } from './metric-series.type';
import { dayFiguresLoader, type DayFigures } from './standing.loader';
import { nextBucket, type TimeBucketName } from './time-bucket';

/** What series are asked for. */
export interface SeriesAsked {
  names: readonly MetricName[];
  bucket: TimeBucketName;
  last: number;
}

/** A value of a local day. */
interface OfDay {
  day: string;
  value: number;
}

interface Stretches {
  /** The first day of the first bucket, and of the one after the last. */
  first: string;
  end: string;
  /** The days that are compared with. */
  before: string;
  beforeLast: string;
  today: string;
}

/** The buckets asked for and those before, of which the last is only as far on as today is in its own. */
export function stretchesOf(
  today: string,
  { bucket, last }: Omit<SeriesAsked, 'names'>,
): Stretches {
  const first = nextBucket(today, bucket, 1 - last);
  const running = nextBucket(today, bucket, 0);
  const counterpart = nextBucket(today, bucket, -last);
  const into = daysIn({ firstDay: running, lastDay: today }) - 1;
  const reached = dayAfter(counterpart, into);
  const beforeLast = reached < first ? reached : dayAfter(first, -1);
  const before = nextBucket(first, bucket, -last);
  return { first, end: nextBucket(today, bucket), before, beforeLast, today };
}

/** Reads series, each name once. Throws RequestError BAD_USER_INPUT for too many or too few buckets. */
export async function readSeries(
  context: Context,
  brand: BrandEntity,
  asked: SeriesAsked,
): Promise<MetricSeries[]> {
  const most = context.config.limits.metricBuckets;
  if (asked.last < 1 || asked.last > most) {
    throw new RequestError('BAD_USER_INPUT', `last must be from 1 to ${most}`);
  }
  const now = context.clock.now(new Date());
  const stretches = stretchesOf(localDay(now, brand.timezone), asked);
  const days = { firstDay: stretches.before, lastDay: stretches.today };
  const all = [...new Set(asked.names)];
  const names = all.filter((name): name is CounterName => !isLevel(name)).sort();
  const [counts, snapshots] = await Promise.all([
    names.length === 0 ? [] : dayCountsLoader(context, { ...days, names }).load(brand.uuid),
    names.length === all.length ? [] : dayFiguresLoader(context, days).load(brand.uuid),
  ]);
  return all.map((name) => {
    const own = isLevel(name)
      ? snapshots.map(({ day, figures }) => ({ day, value: levels[name].of(figures) }))
      : counts.filter((count) => count.name === name);
    const asOf = isLevel(name) ? lookedAt(snapshots, now) : now;
    const window = { from: startOfDay(stretches.first, brand.timezone), until: asOf };
    const modelVersion = isLevel(name) ? levels[name].model : counters[name].model;
    const measured = { asOf, window, modelVersion, name, bucket: asked.bucket };
    return { ...measured, ...seriesOf(name, own, stretches, asked.bucket, brand.currency) };
  });
}

function lookedAt(snapshots: readonly DayFigures[], now: Date): Date {
  return snapshots.at(-1)?.computedAt ?? now;
}

function seriesOf(
  name: MetricName,
  own: readonly OfDay[],
  { first, end, before, beforeLast, today }: Stretches,
  bucket: TimeBucketName,
  currency: string,
): Pick<MetricSeries, 'buckets' | 'total' | 'previous' | 'change'> {
  const between = (from: string, to: string): number | null => {
    const found = own.filter(({ day }) => day >= from && day <= to);
    if (isLevel(name)) return found.at(-1)?.value ?? null;
    return found.reduce((sum, { value }) => sum + value, 0);
  };
  const told = (value: number | null): Pick<MetricValue, keyof MetricValue> =>
    isMoney(name)
      ? { value: null, amount: monetaryAmount({ minor: value ?? 0, currency }) }
      : { value, amount: null };
  const buckets: MetricBucket[] = [];
  for (let firstDay = first; firstDay < end; firstDay = nextBucket(firstDay, bucket)) {
    const lastDay = dayAfter(nextBucket(firstDay, bucket), -1);
    buckets.push({
      ...told(between(firstDay, lastDay)),
      firstDay,
      lastDay,
      complete: lastDay < today,
    });
  }
  const total = between(first, today);
  const previous = between(before, beforeLast);
  const isComparable = total !== null && previous !== null && previous !== 0;
  const change = isComparable ? total / previous - 1 : null;
  return { buckets, total: told(total), previous: told(previous), change };
}

function isMoney(name: MetricName): boolean {
  return !isLevel(name) && 'isMoney' in counters[name];
}
