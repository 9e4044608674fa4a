import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Brand, type BrandEntity } from '../brands';
import { RequestError } from '../platform/errors';
import type { Context } from '../platform/graphql/context';
import { AttentionVsAuction, readAttentionVsAuction } from './attention-vs-auction';
import { EarnedGrowth, firstYear, lastYear, readEarnedGrowth } from './earned-growth';
import { ExecutiveSummary, readSummary } from './executive-summary';
import { figureFor } from './measures.resolver';
import { readMuEconomy, unitCostsOf } from './mu-economy.loader';
import { MuEconomy } from './mu-economy.type';
import { previousOf } from './over-days';
import { mayReadBooks } from './own-books';
import { PeriodArgs } from './period';
import { ProfitConcentration, readConcentration } from './profit-concentration';
import { BudgetShiftSimulation, BudgetTargetInput, simulateShift } from './simulate-shift';
import { toUnitCosts, UnitCosts } from './unit-costs.type';

const forWhom =
  'Only the platform and the brand’s own keys with the scope READ see it; null for all others.';

@ArgsType()
class ShiftArgs extends PeriodArgs {
  @Field(() => BudgetTargetInput, { description: 'How the budget is to be split.' })
  to!: BudgetTargetInput;
}

@Resolver(() => Brand)
export class EconomyOnBrand {
  @FieldResolver(() => MuEconomy, {
    nullable: true,
    description: `What the brand’s Mu do, and what they cost. ${forWhom}`,
  })
  muEconomy(
    @Root() brand: BrandEntity,
    @Args(() => PeriodArgs) args: PeriodArgs,
    @Ctx() context: Context,
  ): Promise<MuEconomy | null> {
    return figureFor(brand, args, context, readMuEconomy);
  }

  @FieldResolver(() => AttentionVsAuction, {
    nullable: true,
    description: `What own customers’ attention costs beside buying them back. ${forWhom}`,
  })
  attentionVsAuction(
    @Root() brand: BrandEntity,
    @Args(() => PeriodArgs) args: PeriodArgs,
    @Ctx() context: Context,
  ): Promise<AttentionVsAuction | null> {
    return figureFor(brand, args, context, readAttentionVsAuction);
  }

  @FieldResolver(() => BudgetShiftSimulation, {
    nullable: true,
    description: `What would become of the budget if it were split otherwise. ${forWhom}`,
  })
  simulateBudgetShift(
    @Root() brand: BrandEntity,
    @Args(() => ShiftArgs) args: ShiftArgs,
    @Ctx() context: Context,
  ): Promise<BudgetShiftSimulation | null> {
    return figureFor(brand, args, context, (_, asked) => simulateShift(context, asked, args.to));
  }

  @FieldResolver(() => ExecutiveSummary, {
    nullable: true,
    description: `What a board asks, of the same days. ${forWhom}`,
  })
  executiveSummary(
    @Root() brand: BrandEntity,
    @Args(() => PeriodArgs) args: PeriodArgs,
    @Ctx() context: Context,
  ): Promise<ExecutiveSummary | null> {
    return figureFor(brand, args, context, readSummary);
  }

  @FieldResolver(() => EarnedGrowth, {
    nullable: true,
    description: `Growth by customers who stay and friends they bring. ${forWhom}`,
  })
  async earnedGrowth(
    @Root() brand: BrandEntity,
    @Arg('year', () => Int, {
      nullable: true,
      description: 'The year of the calendar; the running one if left out.',
    })
    year: number | null | undefined,
    @Ctx() context: Context,
  ): Promise<EarnedGrowth | null> {
    if (!mayReadBooks(context.caller, brand.uuid)) return null;
    if (year != null && (year < firstYear || year > lastYear)) {
      throw new RequestError('BAD_USER_INPUT', `year must be from ${firstYear} to ${lastYear}`);
    }
    return readEarnedGrowth(context, brand, year ?? null);
  }

  @FieldResolver(() => ProfitConcentration, {
    nullable: true,
    description: `How the profit lies with few customers; reckoned once a day. ${forWhom}`,
  })
  async profitConcentration(
    @Root() brand: BrandEntity,
    @Ctx() context: Context,
  ): Promise<ProfitConcentration | null> {
    if (!mayReadBooks(context.caller, brand.uuid)) return null;
    return readConcentration(context, brand);
  }

  @FieldResolver(() => UnitCosts, {
    nullable: true,
    description: `What single things cost the brand. ${forWhom}`,
  })
  async unitCosts(@Root() brand: BrandEntity, @Ctx() context: Context): Promise<UnitCosts | null> {
    if (!mayReadBooks(context.caller, brand.uuid)) return null;
    return toUnitCosts(await unitCostsOf(context, brand));
  }
}

/** The figures of the days before, for each figure. */
export const previousOfEconomy = [
  previousOf(MuEconomy, readMuEconomy),
  previousOf(AttentionVsAuction, readAttentionVsAuction),
  previousOf(ExecutiveSummary, readSummary),
];
