import { brandOf } from '../platform/auth/caller';
import type { Context } from '../platform/graphql/context';
import { monetaryAmount } from '../platform/graphql/money.type';
import { defineListLoader } from '../platform/graphql/loaders';
import { foretell, type RhythmRow, type WorthModels } from './bg-nbd-worth';
import type { PredictedWorth } from './predicted-worth.type';
import { foretoldBy } from './worth-model.loader';
import { termsOf, type TermsRow } from './worth-terms';

interface Row extends RhythmRow, WorthModels, TermsRow {
  place: number;
  version: number;
}

const rhythmsSql = `
  SELECT x.place::int AS place, r.days, r.first_day::text, r.last_day::text, r.repeat_minor, m.version,
    m.buying, m.spending, w.*, ($4::timestamptz AT TIME ZONE b.timezone)::date::text AS today
  FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS x(brand_id, customer_id, place)
  JOIN purchase_rhythms r ON r.brand_id = x.brand_id AND r.customer_id = x.customer_id
  JOIN brands b ON b.id = r.brand_id
  CROSS JOIN LATERAL (SELECT v.* FROM worth_models v WHERE v.brand_id = r.brand_id
    ORDER BY v.version DESC LIMIT 1) m
  JOIN worth_terms($1::uuid[]) w ON w.brand_id = r.brand_id
  WHERE $3::uuid IS NULL OR x.brand_id = $3`;

const weekMs = 7 * 86_400_000;

const foretoldLoader = defineListLoader<{ weeks: number }, PredictedWorth | null>(
  async (context, keys, { weeks }) => {
    const asOf = context.clock.now(new Date());
    const [brands, people] = [0, 1].map((part) => keys.map((key) => key.split(' ')[part]));
    const values = [brands, people, brandOf(context.caller), asOf];
    const worths = keys.map((): PredictedWorth | null => null);
    for (const row of await context.reads.query<Row>(rhythmsSql, values)) {
      worths[row.place - 1] = predicted(row, weeks, asOf);
    }
    return worths;
  },
);

/**
 * What is foretold of a customer of a brand, reckoned from what is kept of them and the parameters; no order is
 * read. Null without orders, without a model, and to a customer of any brand but the one that signed them in.
 */
export function predictedWorth(
  context: Context,
  { brandUuid, customerUuid }: { brandUuid: string; customerUuid: string },
  weeks: number,
): Promise<PredictedWorth | null> {
  return foretoldLoader(context, { weeks }).load(`${brandUuid} ${customerUuid}`);
}

function predicted(row: Row, weeks: number, asOf: Date): PredictedWorth {
  const { currency } = row;
  const money = (minor: number) => monetaryAmount({ minor, currency });
  const { pAlive, orders, ...minor } = foretell(row, row, weeks, termsOf(row));
  return {
    asOf,
    window: { from: asOf, until: new Date(asOf.getTime() + weeks * weekMs) },
    modelVersion: `${foretoldBy}/${row.version}`,
    pAlive,
    orders,
    orderValue: money(minor.orderMinor),
    revenue: money(minor.revenueMinor),
    value: money(minor.valueMinor),
  };
}
