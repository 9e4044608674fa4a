import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Brand, isOwnBrand, type BrandEntity } from '../brands';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { AtRiskConnection, readAtRisk, type AtRisk } from './at-risk';
import { AttentionRetention, attentionRetentionOf } from './attention-retention';
import { AttentionSummary, readAttentionSummary } from './attention-summary';
import { BrandFunnel, FunnelWindow, readFunnel, type FunnelWindowName } from './brand-funnel';
import {
  DormancyCounts,
  dormancyCountsOf,
  OpenStreakRate,
  openStreakRateOf,
} from './dormancy-counts';
import { OpportunityReport, opportunityOf } from './opportunity-report';
import { RealReach, realReachOf } from './real-reach';
import { CohortBasis, cohortsOf, RetentionCohorts } from './retention-cohorts';
import type { CohortBasisName, Standing } from './standing';
import { readStanding } from './standing.loader';

const forWhom =
  'As last reckoned, at most an hour after something happened. Null to everybody but the platform and the ' +
  'brand’s own keys with the scope READ, and for the first minutes of a large brand.';

/** A figure of how a brand stands, for who may see it. */
async function figureOf<Figure>(
  context: Context,
  brand: BrandEntity,
  of: (standing: Standing, brand: BrandEntity) => Figure | null | Promise<Figure | null>,
): Promise<Figure | null> {
  if (!isOwnBrand(brand, context.caller)) return null;
  const standing = await readStanding(context, brand);
  return standing === null ? null : of(standing, brand);
}

@Resolver(() => Brand)
export class StandingOfBrand {
  @FieldResolver(() => RealReach, {
    nullable: true,
    description: `How many customers it really reaches. ${forWhom}`,
  })
  realReach(@Root() brand: BrandEntity, @Ctx() context: Context): Promise<RealReach | null> {
    return figureOf(context, brand, realReachOf);
  }

  @FieldResolver(() => AttentionRetention, {
    nullable: true,
    description: `How many of those who clicked come back (CRR), and how many do not (ACR). ${forWhom}`,
  })
  attentionRetention(
    @Root() brand: BrandEntity,
    @Ctx() context: Context,
  ): Promise<AttentionRetention | null> {
    return figureOf(context, brand, attentionRetentionOf);
  }

  @FieldResolver(() => AttentionSummary, {
    nullable: true,
    description: `How attentive its customers are together, and where that is going. ${forWhom}`,
  })
  attentionSummary(
    @Root() brand: BrandEntity,
    @Ctx() context: Context,
  ): Promise<AttentionSummary | null> {
    return figureOf(context, brand, (standing) => readAttentionSummary(context, standing, brand));
  }

  @FieldResolver(() => OpenStreakRate, {
    nullable: true,
    description: `How many of those who attend have made a habit of it. ${forWhom}`,
  })
  openStreakRate(
    @Root() brand: BrandEntity,
    @Ctx() context: Context,
  ): Promise<OpenStreakRate | null> {
    return figureOf(context, brand, openStreakRateOf);
  }

  @FieldResolver(() => DormancyCounts, {
    nullable: true,
    description: `How long its customers have been silent. ${forWhom}`,
  })
  dormancyCounts(
    @Root() brand: BrandEntity,
    @Ctx() context: Context,
  ): Promise<DormancyCounts | null> {
    return figureOf(context, brand, dormancyCountsOf);
  }

  @FieldResolver(() => AtRiskConnection, {
    nullable: true,
    description:
      'Customers whom silence alone puts into a lower state next, soonest first: whoever has attended since ' +
      `is not among them. ${forWhom}`,
  })
  async atRisk(
    @Root() brand: BrandEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<AtRisk> | null> {
    return isOwnBrand(brand, context.caller) ? readAtRisk(context, brand, args) : null;
  }

  @FieldResolver(() => BrandFunnel, {
    nullable: true,
    description: `How far its customers go, from a message to an order. ${forWhom}`,
  })
  attentionFunnel(
    @Root() brand: BrandEntity,
    @Arg('days', () => FunnelWindow, {
      defaultValue: 'DAYS_30',
      description: 'How far back it goes.',
    })
    days: FunnelWindowName,
    @Ctx() context: Context,
  ): Promise<BrandFunnel | null> {
    return figureOf(context, brand, (standing) => readFunnel(context, standing, { brand, days }));
  }

  @FieldResolver(() => RetentionCohorts, {
    nullable: true,
    description: `Who stays, by the month they began in. ${forWhom}`,
  })
  retentionCohorts(
    @Root() brand: BrandEntity,
    @Arg('basis', () => CohortBasis, {
      defaultValue: 'FIRST_ORDER',
      description: 'What makes customers a cohort.',
    })
    basis: CohortBasisName,
    @Ctx() context: Context,
  ): Promise<RetentionCohorts | null> {
    return figureOf(context, brand, (standing) => cohortsOf(standing, basis, brand));
  }

  @FieldResolver(() => OpportunityReport, {
    nullable: true,
    description: `What it leaves on the table: silent customers it could reach. ${forWhom}`,
  })
  opportunityReport(
    @Root() brand: BrandEntity,
    @Ctx() context: Context,
  ): Promise<OpportunityReport | null> {
    return figureOf(context, brand, opportunityOf);
  }
}
