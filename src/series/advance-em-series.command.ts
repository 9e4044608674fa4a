import { resolveCustomers, type CustomerBy } from '../customers';
import { refused, type CommandHandler } from '../platform/database/command';
import { userError } from '../platform/errors';
import type { SeriesAnswer } from './create-em-series.command';
import { emSeriesId } from './series.id';
import { lockSeries } from './series.service';

export interface AdvanceEmSeries {
  seriesId: string;
  customer: CustomerBy;
  position: number;
}

const lastSql = `
  SELECT i.series_id, max(i.position) AS position FROM em_series_items i
  WHERE i.series_id = ANY ($1::uuid[]) GROUP BY i.series_id`;

// The furthest of several; a cursor never goes back, as a delivered em cannot be taken back.
const storeSql = `
  INSERT INTO em_series_cursors AS c (brand_id, series_id, customer_id, position, moved_at)
  SELECT t.brand_id, t.series_id, t.customer_id, max(t.position), $5
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::integer[])
    AS t(brand_id, series_id, customer_id, position)
  GROUP BY t.brand_id, t.series_id, t.customer_id
  ORDER BY t.brand_id, t.series_id, t.customer_id
  ON CONFLICT (brand_id, series_id, customer_id)
  DO UPDATE SET position = greatest(c.position, excluded.position), moved_at = excluded.moved_at`;

/** Moves customers on in their series, as if they had been sent everything up to an item. */
export const advanceEmSeries: CommandHandler<AdvanceEmSeries, SeriesAnswer> = {
  kind: 'advanceEmSeries',
  async execute(tx, commands) {
    const ids = commands.map(({ input }) => emSeriesId.decode(input.seriesId));
    const brandIds = commands.map(({ tenant }) => tenant as string);
    const found = await lockSeries(tx, ids, brandIds);
    const lasts = await tx.query<{ series_id: string; position: number }>(lastSql, [ids]);
    const last = new Map(lasts.map((row) => [row.series_id, row.position]));
    const customers = await resolveCustomers(
      tx,
      commands.map(({ input }, at) => ({ brandId: brandIds[at] as string, by: input.customer })),
    );
    const moves: [brand: string, series: string, customer: string, position: number][] = [];
    const answers = commands.map(({ input: { position } }, at) => {
      const series = found.get(`${brandIds[at]} ${ids[at]}`);
      if (series === undefined) return refused(userError('NOT_FOUND', ['seriesId']));
      const customer = customers[at] ?? null;
      if (customer === null) return refused(userError('NOT_FOUND', ['customer']));
      const most = last.get(series.id) ?? 0;
      if (position < 1 || position > most) {
        const message = `Must be from 1 to ${most}, the last item.`;
        return refused(userError('INVALID_VALUE', ['position'], message));
      }
      moves.push([series.brand_id, series.id, customer, position]);
      return { seriesId: series.id, userErrors: [] };
    });
    if (moves.length > 0) {
      await tx.query(storeSql, [...[0, 1, 2, 3].map((n) => moves.map((move) => move[n])), tx.now]);
    }
    return answers;
  },
};
