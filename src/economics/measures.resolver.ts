import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Brand, type BrandEntity } from '../brands';
import type { Context } from '../platform/graphql/context';
import { readAdWaste } from './ad-waste.loader';
import { AdWaste } from './ad-waste.type';
import { readBudgetSplit, readSpendRatio } from './budget.loader';
import { BudgetSplit, MarketingSpendRatio } from './budget.type';
import { FundingSource, readFundingSource } from './funding-source';
import { OrderBuckets, readOrderBuckets } from './order-buckets';
import { previousOf } from './over-days';
import { mayReadBooks } from './own-books';
import { askedOf, PeriodArgs, type Asked } from './period';

const forWhom =
  'Only the platform and the brand’s own keys with the scope READ see it; null for all others.';

/** Reads a figure for who may see it; null for all others. */
export async function figureFor<Figure>(
  brand: BrandEntity,
  { period }: PeriodArgs,
  context: Context,
  read: (context: Context, asked: Asked) => Promise<Figure>,
): Promise<Figure | null> {
  if (!mayReadBooks(context.caller, brand.uuid)) return null;
  return read(context, askedOf(brand, period, context));
}

@Resolver(() => Brand)
export class MeasuresOnBrand {
  @FieldResolver(() => AdWaste, {
    nullable: true,
    description: `What of the money for new customers bought none. ${forWhom}`,
  })
  adWaste(
    @Root() brand: BrandEntity,
    @Args(() => PeriodArgs) args: PeriodArgs,
    @Ctx() context: Context,
  ): Promise<AdWaste | null> {
    return figureFor(brand, args, context, readAdWaste);
  }

  @FieldResolver(() => BudgetSplit, {
    nullable: true,
    description: `Marketing money by purpose and route, spent and planned. ${forWhom}`,
  })
  budgetSplit(
    @Root() brand: BrandEntity,
    @Args(() => PeriodArgs) args: PeriodArgs,
    @Ctx() context: Context,
  ): Promise<BudgetSplit | null> {
    return figureFor(brand, args, context, readBudgetSplit);
  }

  @FieldResolver(() => MarketingSpendRatio, {
    nullable: true,
    description: `The part of marketing spend that goes to existing customers. ${forWhom}`,
  })
  marketingSpendRatio(
    @Root() brand: BrandEntity,
    @Args(() => PeriodArgs) args: PeriodArgs,
    @Ctx() context: Context,
  ): Promise<MarketingSpendRatio | null> {
    return figureFor(brand, args, context, readSpendRatio);
  }

  @FieldResolver(() => OrderBuckets, {
    nullable: true,
    description: `Orders by where they were made, what drove them and whose they were. ${forWhom}`,
  })
  orderBuckets(
    @Root() brand: BrandEntity,
    @Args(() => PeriodArgs) args: PeriodArgs,
    @Ctx() context: Context,
  ): Promise<OrderBuckets | null> {
    return figureFor(brand, args, context, readOrderBuckets);
  }

  @FieldResolver(() => FundingSource, {
    nullable: true,
    description: `Where its Mu came from. ${forWhom}`,
  })
  fundingSource(
    @Root() brand: BrandEntity,
    @Args(() => PeriodArgs) args: PeriodArgs,
    @Ctx() context: Context,
  ): Promise<FundingSource | null> {
    return figureFor(brand, args, context, readFundingSource);
  }
}

/** The figures of the days before, for each figure. */
export const previousFigures = [
  previousOf(AdWaste, readAdWaste),
  previousOf(BudgetSplit, readBudgetSplit),
  previousOf(MarketingSpendRatio, readSpendRatio),
  previousOf(OrderBuckets, readOrderBuckets),
  previousOf(FundingSource, readFundingSource),
];
