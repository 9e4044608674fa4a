import type { BrandEntity } from '../brands';
import { RequestError } from '../platform/errors';
import type { Context } from '../platform/graphql/context';
import { defineListLoader } from '../platform/graphql/loaders';
import { isDay, localDay, startOfDay } from '../platform/local-day';
import { BandEnum, type Band, type SegmentationModel } from '../segments';
import { moneyOf, shareOf, sum } from './figures';
import { booksSeen } from './own-books';
import { monthAfter } from './reckon-segment-revenue.job';
import type { RevenueOfBand, SegmentRevenue } from './segment-revenue.type';

const modelVersion = 'segment-revenue-1';

/** What the customers of a band brought, in coins: in a month, and in the one before. */
interface Brought {
  model: SegmentationModel;
  band: Band | null;
  customers: number;
  known: number;
  buyers: number;
  orders: number;
  net: number;
  before: number;
  /** In the month, by those who had bought in the one before. */
  kept: number;
}

/** Net revenue retention; of 200 before, 184 by the same customers are 0.92. */
export function retentionOf({ before, kept }: Pick<Brought, 'before' | 'kept'>): number | null {
  return before > 0 ? kept / before : null;
}

interface KeptMonth {
  brand_id: string;
  computed_at: Date;
  bands: Brought[];
}

const keptSql = `
  SELECT r.brand_id, r.computed_at, r.bands FROM segment_revenues r
  WHERE r.brand_id = ANY ($2::uuid[]) AND ($1::uuid IS NULL OR r.brand_id = $1) AND r.month = $3`;

const keptLoader = defineListLoader<{ month: string }, KeptMonth | null>(
  async ({ caller, reads }, brands, { month }) => {
    const rows = await reads.query<KeptMonth>(keptSql, [booksSeen(caller), brands, month]);
    return brands.map((brand) => rows.find(({ brand_id }) => brand_id === brand) ?? null);
  },
);

/** The month a figure is asked of, by its first day; throws RequestError BAD_USER_INPUT for what is none. */
export function monthAsked(
  brand: BrandEntity,
  month: string | null | undefined,
  now: Date,
): string {
  if (month == null) return `${localDay(now, brand.timezone).slice(0, 8)}01`;
  if (isDay(month) && month.endsWith('-01')) return month;
  throw new RequestError(
    'BAD_USER_INPUT',
    'month must be the first day of one, such as 2026-11-01',
  );
}

/** What each band of a brand's customers brought in a month; null of months that are not kept. */
export async function readSegmentRevenue(
  context: Context,
  brand: BrandEntity,
  { month, model }: { month: string; model: SegmentationModel },
): Promise<SegmentRevenue | null> {
  const kept = await keptLoader(context, { month }).load(brand.uuid);
  if (kept === null) return null;
  const rows = kept.bands.filter((row) => row.model === model);
  const total = (name: 'known' | 'orders' | 'net' | 'before' | 'kept'): number =>
    sum(rows.map((row) => row[name]));
  const money = moneyOf(brand.currency);
  const bandOf = (band: Band | null): RevenueOfBand => {
    const row = rows.find((one) => one.band === band) ?? nothing;
    const { customers, buyers, orders, net, before } = row;
    return {
      band,
      customers,
      buyers,
      orders,
      revenue: money(net),
      share: shareOf(net, total('net')),
      revenueBefore: money(before),
      netRevenueRetention: retentionOf(row),
    };
  };
  const placeless = rows.some(({ band }) => band === null) ? [null] : [];
  const end = startOfDay(monthAfter(month, 1), brand.timezone);
  return {
    asOf: kept.computed_at,
    window: {
      from: startOfDay(month, brand.timezone),
      until: end < kept.computed_at ? end : kept.computed_at,
    },
    modelVersion,
    month,
    model,
    bands: [...(Object.keys(BandEnum) as Band[]), ...placeless].map(bandOf),
    bandsKnown: total('known'),
    orders: total('orders'),
    revenue: money(total('net')),
    revenueBefore: money(total('before')),
    netRevenueRetention: retentionOf({ before: total('before'), kept: total('kept') }),
    brand,
  };
}

const nothing = { customers: 0, buyers: 0, orders: 0, net: 0, before: 0, kept: 0 };
