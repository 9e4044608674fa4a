import { brandOf } from '../platform/auth/caller';
import type { Context } from '../platform/graphql/context';
import { defineLoader } from '../platform/graphql/loaders';
import type { WorthRefusal } from './fit-worth';
import type { BuyingParameters, SpendingParameters, WorthModel } from './worth-model.type';

/** The definition predictions are made by; a fitted model adds its number. */
export const foretoldBy = 'bg-nbd-1';

interface TurnRow {
  brand_id: string;
  tried_at: Date;
  refusal: WorthRefusal | null;
  customers: number;
  spenders: number;
  version: number | null;
  fitted_at: Date | null;
  buying: BuyingParameters | null;
  spending: SpendingParameters | null;
}

const turnsSql = `
  SELECT t.brand_id, t.tried_at, t.refusal, t.customers, t.spenders, m.version, m.fitted_at, m.buying,
    m.spending
  FROM worth_turns t
  LEFT JOIN worth_models m ON m.brand_id = t.brand_id AND m.version = t.version
  WHERE t.brand_id = ANY ($1::uuid[]) AND ($2::uuid IS NULL OR t.brand_id = $2)
    AND t.tried_at IS NOT NULL`;

/** The models of brands by UUID; null where no fit was tried yet. Whoever asks must be allowed to. */
export const worthModelLoader = defineLoader<string, WorthModel | null>(async (context, brands) => {
  const rows = await context.reads.query<TurnRow>(turnsSql, [brands, brandOf(context.caller)]);
  const found = new Map(rows.map((row) => [row.brand_id, modelOf(row, context)]));
  return brands.map((brand) => found.get(brand) ?? null);
});

function modelOf(row: TurnRow, { config: { limits } }: Context): WorthModel {
  const asOf = row.fitted_at ?? row.tried_at;
  return {
    asOf,
    window: { from: null, until: asOf },
    modelVersion: row.version === null ? foretoldBy : `${foretoldBy}/${row.version}`,
    outcome: row.refusal ?? 'FITTED',
    triedAt: row.tried_at,
    customers: row.customers,
    repeatCustomers: row.spenders,
    leastCustomers: limits.worthModelLeastCustomers,
    leastRepeatCustomers: limits.worthModelLeastRepeating,
    version: row.version,
    fittedAt: row.fitted_at,
    buying: row.buying,
    spending: row.spending,
  };
}
