import { brandOf } from '../platform/auth/caller';
import { defineListLoader } from '../platform/graphql/loaders';
import type { Days } from '../platform/local-day';
import { counters, type CounterName } from './metric';

/** What was counted of a day. */
export interface DayCount {
  day: string;
  name: CounterName;
  value: number;
}

const tables = [...new Set(Object.values(counters).map(({ table }) => table))];

/** Sums by day of the tables that are needed: $1 brands, $2 whose may be seen, $3 and $4 the days. */
function countsSql(names: readonly CounterName[]): string {
  const parts = tables.flatMap((table) => {
    const own = names.filter((name) => counters[name].table === table);
    if (own.length === 0) return [];
    const sums = own.map((name) => `'${name}', sum(${counters[name].sum})`).join(', ');
    return `
      SELECT d.brand_id, d.local_day, jsonb_build_object(${sums}) AS sums FROM ${table} d
      WHERE d.brand_id = ANY ($1::uuid[]) AND ($2::uuid IS NULL OR d.brand_id = $2)
        AND d.local_day BETWEEN $3 AND $4
      GROUP BY d.brand_id, d.local_day`;
  });
  return `
    SELECT x.brand_id, x.local_day::text AS day, s.key AS name, s.value::text::bigint AS value
    FROM (${parts.join(' UNION ALL ')}) x CROSS JOIN LATERAL jsonb_each(x.sums) s`;
}

/** What was counted of each of some days, days without anything left out; one statement for all names. */
export const dayCountsLoader = defineListLoader<Days & { names: CounterName[] }, DayCount[]>(
  async ({ caller, reads }, brands, { names, firstDay, lastDay }) => {
    const values = [brands, brandOf(caller), firstDay, lastDay];
    const rows = await reads.query<DayCount & { brand_id: string }>(countsSql(names), values);
    return brands.map((brand) => rows.filter((row) => row.brand_id === brand));
  },
);
