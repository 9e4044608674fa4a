import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { Context } from '../platform/graphql/context';
import { Measure } from '../platform/graphql/measure.type';
import { MonetaryAmount } from '../platform/graphql/money.type';
import { Mu } from '../platform/graphql/scalars';
import { byDays } from './by-days';
import { moneyOf, shareOf, sum } from './figures';
import { purposeNames, SpendPurpose, type SpendPurposeName } from './marketing';
import { readMuEconomy } from './mu-economy.loader';
import { OverDays } from './over-days';
import { measured, type Asked } from './period';

const model = 'funding-source-1';

@ObjectType({ simpleResolvers: true, description: 'Money that was decided to pay for Mu.' })
export class FundingFrom {
  @Field(() => SpendPurpose, { description: 'What it was for before.' })
  purpose!: SpendPurposeName;

  @Field(() => MonetaryAmount, { description: 'How much.' })
  amount!: MonetaryAmount;

  @Field(() => Float, {
    nullable: true,
    description: 'Its part of all that was decided, from 0 to 1; null when nothing was.',
  })
  share!: number | null;

  @Field(() => Mu, { description: 'What it bought at the brand’s price of a Mu on each day.' })
  mu!: number;

  @Field(() => Int, { description: 'How many decisions of `reallocateToMu` it was.' })
  decisions!: number;
}

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description:
    'Where a brand’s Mu came from: what it was issued, and the budgets it decided to pay for Mu with instead.',
})
export class FundingSource extends OverDays {
  @Field(() => Mu, { description: 'Mu the brand was issued in these days.' })
  issued!: number;

  @Field(() => [FundingFrom], {
    description: 'By what the money was for; purposes nothing was taken from are left out.',
  })
  decided!: FundingFrom[];

  @Field(() => MonetaryAmount, { description: 'All that was decided.' })
  amount!: MonetaryAmount;

  @Field(() => Mu, { description: 'What all of it bought.' })
  mu!: number;
}

interface Decided {
  purpose: SpendPurposeName;
  minor: number;
  mu: number;
  decisions: number;
}

const readDecided = byDays<Decided>(`
  SELECT s.brand_id, s.from_purpose AS purpose, sum(s.amount_minor)::bigint AS minor,
    coalesce(sum(s.mu), 0)::bigint AS mu, count(*)::integer AS decisions
  FROM budget_shifts s
  WHERE s.brand_id = ANY ($2::uuid[]) AND ($1::uuid IS NULL OR s.brand_id = $1)
    AND s.local_day BETWEEN $3 AND $4
  GROUP BY s.brand_id, s.from_purpose`);

/** Where a brand's Mu of some days came from. */
export async function readFundingSource(context: Context, asked: Asked): Promise<FundingSource> {
  const decided = await readDecided(context, asked.brand.uuid, asked.days);
  const { purchased } = await readMuEconomy(context, asked);
  const money = moneyOf(asked.brand.currency);
  const all = sum(decided.map(({ minor }) => minor));
  const inOrder = purposeNames.flatMap(
    (name) => decided.find(({ purpose }) => purpose === name) ?? [],
  );
  return {
    ...measured(asked, model),
    issued: purchased,
    decided: inOrder.map(({ purpose, minor, mu, decisions }) => {
      return { purpose, amount: money(minor), share: shareOf(minor, all), mu, decisions };
    }),
    amount: money(all),
    mu: sum(decided.map(({ mu }) => mu)),
  };
}
