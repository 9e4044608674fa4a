import type { Context } from '../platform/graphql/context';
import { defineListLoader } from '../platform/graphql/loaders';
import type { Days } from '../platform/local-day';
import { booksSeen } from './own-books';

/**
 * Sums over local days: $1 is the brand whose books the caller may see (null for all), $2 the brands,
 * $3 and $4 the first and the last day. Each row names its `brand_id`. One statement for all brands
 * asked for the same days.
 */
export function byDays<Row>(
  sql: string,
): (context: Context, brand: string, days: Days) => Promise<Row[]> {
  const loader = defineListLoader<Days, Row[]>(async (context, brands, { firstDay, lastDay }) => {
    const values = [booksSeen(context.caller), brands, firstDay, lastDay];
    const rows = await context.reads.query<Row & { brand_id: string }>(sql, values);
    return brands.map((brand) => rows.filter((row) => row.brand_id === brand));
  });
  return (context, brand, days) => loader(context, days).load(brand);
}
