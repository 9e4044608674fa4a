import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { BrandEntity } from '../brands';
import type { Context } from '../platform/graphql/context';
import { defineLoader } from '../platform/graphql/loaders';
import { Measure } from '../platform/graphql/measure.type';
import { MonetaryAmount } from '../platform/graphql/money.type';
import { moneyOf, sum } from './figures';
import { booksSeen } from './own-books';

const model = 'profit-concentration-1';

@ObjectType({
  simpleResolvers: true,
  description: 'A tenth of a brand’s customers, by their profit.',
})
export class ProfitTenth {
  @Field(() => Int, { description: '1 for those who bring most, to 10.' })
  rank!: number;

  @Field(() => Int, { description: 'How many they are.' })
  customers!: number;

  @Field(() => MonetaryAmount, { description: 'What they bring together.' })
  profit!: MonetaryAmount;

  @Field(() => Float, {
    nullable: true,
    description:
      'Its part of all profit; above 1 where others lose money, null without any profit.',
  })
  share!: number | null;
}

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description: 'How a brand’s profit lies with few of its customers. Reckoned once a day.',
})
export class ProfitConcentration extends Measure {
  @Field(() => [ProfitTenth], { description: 'Tenths of the customers, the best first.' })
  tenths!: ProfitTenth[];

  @Field(() => Float, {
    nullable: true,
    description: 'The part of all profit that the best fifth brings; often above 1.',
  })
  bestFifthShare!: number | null;

  @Field(() => MonetaryAmount, { description: 'The profit of all customers.' })
  profit!: MonetaryAmount;

  @Field(() => Int, { description: 'How many customers there are.' })
  customers!: number;
}

/** A tenth as a job reckoned it, in coins. */
export interface StoredTenth {
  rank: number;
  customers: number;
  profit: number;
}

interface SnapshotRow {
  brand_id: string;
  computed_at: Date;
  customers: number;
  profit_deciles: StoredTenth[];
}

const snapshotSql = `
  SELECT s.brand_id, s.computed_at, s.customers, s.profit_deciles FROM economy_snapshots s
  WHERE s.brand_id = ANY ($2::uuid[]) AND ($1::uuid IS NULL OR s.brand_id = $1)`;

const snapshotLoader = defineLoader<string, SnapshotRow | null>(async (context, brands) => {
  const rows = await context.reads.query<SnapshotRow & Record<string, unknown>>(snapshotSql, [
    booksSeen(context.caller),
    brands,
  ]);
  return brands.map((brand) => rows.find((row) => row.brand_id === brand) ?? null);
});

/** The concentration a job last reckoned; null before the first time. */
export async function readConcentration(
  context: Context,
  brand: BrandEntity,
): Promise<ProfitConcentration | null> {
  const row = await snapshotLoader(context).load(brand.uuid);
  if (row === null) return null;
  const money = moneyOf(brand.currency);
  const tenths = row.profit_deciles;
  const all = sum(tenths.map(({ profit }) => profit));
  const share = (profit: number) => (all > 0 ? profit / all : null);
  const best = sum(tenths.filter(({ rank }) => rank <= 2).map(({ profit }) => profit));
  return {
    asOf: row.computed_at,
    window: { from: null, until: row.computed_at },
    modelVersion: model,
    tenths: tenths.map(({ rank, customers, profit }) => ({
      rank,
      customers,
      profit: money(profit),
      share: share(profit),
    })),
    bestFifthShare: share(best),
    profit: money(all),
    customers: row.customers,
  };
}
