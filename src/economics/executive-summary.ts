import { Ctx, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import type { Context } from '../platform/graphql/context';
import { Measure } from '../platform/graphql/measure.type';
import { readAdWaste } from './ad-waste.loader';
import { AdWaste } from './ad-waste.type';
import { AttentionVsAuction, readAttentionVsAuction } from './attention-vs-auction';
import { readBudgetSplit, readSpendRatio } from './budget.loader';
import { BudgetSplit, MarketingSpendRatio } from './budget.type';
import { EarnedGrowth, readEarnedGrowth } from './earned-growth';
import { readMuEconomy } from './mu-economy.loader';
import { MuEconomy } from './mu-economy.type';
import { OrderBuckets, readOrderBuckets } from './order-buckets';
import { OverDays } from './over-days';
import { measured, type Asked } from './period';
import { ProfitConcentration, readConcentration } from './profit-concentration';

const model = 'executive-summary-1';

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description: 'What a board asks of a brand’s customers and its money, of the same days.',
})
export class ExecutiveSummary extends OverDays {}

/** The summary of some days; each of its figures is read when it is selected. */
export function readSummary(_context: Context, asked: Asked): Promise<ExecutiveSummary> {
  return Promise.resolve(measured(asked, model));
}

@Resolver(() => ExecutiveSummary)
export class FiguresOfSummary {
  @FieldResolver(() => AdWaste, { description: 'What of the money for new customers bought none.' })
  adWaste(@Root() { asked }: ExecutiveSummary, @Ctx() context: Context): Promise<AdWaste> {
    return readAdWaste(context, asked);
  }

  @FieldResolver(() => BudgetSplit, { description: 'Where the money goes.' })
  budgetSplit(@Root() { asked }: ExecutiveSummary, @Ctx() context: Context): Promise<BudgetSplit> {
    return readBudgetSplit(context, asked);
  }

  @FieldResolver(() => MarketingSpendRatio, {
    description: 'The part of it that goes to existing customers.',
  })
  marketingSpendRatio(
    @Root() { asked }: ExecutiveSummary,
    @Ctx() context: Context,
  ): Promise<MarketingSpendRatio> {
    return readSpendRatio(context, asked);
  }

  @FieldResolver(() => OrderBuckets, { description: 'Orders by what drove them.' })
  orderBuckets(
    @Root() { asked }: ExecutiveSummary,
    @Ctx() context: Context,
  ): Promise<OrderBuckets> {
    return readOrderBuckets(context, asked);
  }

  @FieldResolver(() => AttentionVsAuction, {
    description: 'What own customers’ attention costs beside buying them back.',
  })
  attentionVsAuction(
    @Root() { asked }: ExecutiveSummary,
    @Ctx() context: Context,
  ): Promise<AttentionVsAuction> {
    return readAttentionVsAuction(context, asked);
  }

  @FieldResolver(() => MuEconomy, { description: 'What the brand’s Mu do.' })
  muEconomy(@Root() { asked }: ExecutiveSummary, @Ctx() context: Context): Promise<MuEconomy> {
    return readMuEconomy(context, asked);
  }

  @FieldResolver(() => EarnedGrowth, {
    nullable: true,
    description:
      'Growth by customers who stay and friends they bring, of the year of the last day.',
  })
  earnedGrowth(
    @Root() { asked }: ExecutiveSummary,
    @Ctx() context: Context,
  ): Promise<EarnedGrowth | null> {
    return readEarnedGrowth(context, asked.brand, Number(asked.days.lastDay.slice(0, 4)));
  }

  @FieldResolver(() => ProfitConcentration, {
    nullable: true,
    description: 'How the profit lies with few customers; null before it was first reckoned.',
  })
  profitConcentration(
    @Root() { asked }: ExecutiveSummary,
    @Ctx() context: Context,
  ): Promise<ProfitConcentration | null> {
    return readConcentration(context, asked.brand);
  }
}
