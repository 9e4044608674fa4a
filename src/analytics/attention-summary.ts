import { Field, Float, Int, ObjectType } from 'type-graphql';
import { AttentionBand, type AttentionBandName } from '../attention';
import type { BrandEntity } from '../brands';
import type { Context } from '../platform/graphql/context';
import { Measure } from '../platform/graphql/measure.type';
import { measuredOf, partOf } from './of-standing';
import type { Figures, Standing } from './standing';
import { dayFiguresLoader } from './standing.loader';
import { nextBucket, startOfMonth } from './time-bucket';

/** Which definition made a brand's attention. */
export const summaryModel = 'attention-summary-1';

const trendMonths = 6;
const growthGoal = 0.06;

@ObjectType({ simpleResolvers: true, description: 'Customers in a band of attention.' })
export class AttentionBandCount {
  @Field(() => AttentionBand, { description: 'The band.' })
  band!: AttentionBandName;

  @Field(() => Int, { description: 'How many are in it.' })
  customers!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Their part of all customers; null when there are none.',
  })
  share!: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'A brand’s attention as a month ended.' })
export class MonthOfAttention {
  @Field(() => String, { description: 'The first day of the month, as 2026-11-01.' })
  firstDay!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The indexes of all customers together; null when nobody looked in that month.',
  })
  sum!: number | null;

  @Field(() => Float, { nullable: true, description: 'Their mean; null without customers, too.' })
  mean!: number | null;
}

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description:
    'How attentive a brand’s customers are together: their attention indexes, 0 for whoever was never ' +
    'heard of. The day is the brand’s own.',
})
export class AttentionSummary extends Measure {
  @Field(() => Int, { description: 'How many customers the brand has.' })
  customers!: number;

  @Field(() => Int, { description: 'Their indexes together: the brand’s attention.' })
  sum!: number;

  @Field(() => Float, { nullable: true, description: 'The mean; null without customers.' })
  mean!: number | null;

  @Field(() => Float, { nullable: true, description: 'The median; null without customers.' })
  median!: number | null;

  @Field(() => [AttentionBandCount], { description: 'All five bands, also empty ones.' })
  bands!: AttentionBandCount[];

  @Field(() => [MonthOfAttention], {
    description: 'The last six months, oldest first; the last is the running one.',
  })
  trend!: MonthOfAttention[];

  @Field(() => Float, {
    nullable: true,
    description:
      'By how much the sum grew a month, on average from the first month of the trend that has one: 0.06 is ' +
      '6 %. Null before there are two.',
  })
  monthlyGrowth!: number | null;

  @Field(() => Float, { description: 'What it is to grow by a month.' })
  growthGoal!: number;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it grows as much; null while that is unknown.',
  })
  reachesGoal!: boolean | null;
}

/** The growth a month between the first and the last of some months with a sum; null of fewer than two. */
export function monthlyGrowthOf(sums: readonly (number | null)[]): number | null {
  const first = sums.findIndex((sum) => sum !== null && sum > 0);
  const months = sums.length - 1 - first;
  const [from, to] = [sums[first], sums.at(-1)];
  if (first < 0 || months < 1 || from == null || to == null) return null;
  return (to / from) ** (1 / months) - 1;
}

/** The attention of a standing, with the months that led to it. */
export async function readAttentionSummary(
  context: Context,
  standing: Standing,
  brand: BrandEntity,
): Promise<AttentionSummary> {
  const { customers, attentionSum, attentionMedian, bands } = standing.figures;
  const firstDay = nextBucket(standing.today, 'MONTH', 1 - trendMonths);
  const days = { firstDay, lastDay: standing.today };
  const kept = await dayFiguresLoader(context, days).load(brand.uuid);
  const running = startOfMonth(standing.today);
  const byMonth = new Map(kept.map(({ day, figures }) => [startOfMonth(day), figures]));
  byMonth.set(running, standing.figures);
  const trend: MonthOfAttention[] = [];
  for (let month = firstDay; month <= running; month = nextBucket(month, 'MONTH')) {
    trend.push(monthOf(month, byMonth.get(month)));
  }
  const monthlyGrowth = monthlyGrowthOf(trend.map(({ sum }) => sum));
  return {
    ...measuredOf(standing, summaryModel, { brand, firstDay }),
    customers,
    sum: attentionSum,
    mean: partOf(attentionSum, customers),
    median: customers > 0 ? attentionMedian : null,
    bands: (Object.keys(AttentionBand) as AttentionBandName[]).map((band) => {
      return { band, customers: bands[band], share: partOf(bands[band], customers) };
    }),
    trend,
    monthlyGrowth,
    growthGoal,
    reachesGoal: monthlyGrowth === null ? null : monthlyGrowth >= growthGoal,
  };
}

function monthOf(firstDay: string, figures: Figures | undefined): MonthOfAttention {
  if (figures === undefined) return { firstDay, sum: null, mean: null };
  const { attentionSum, customers } = figures;
  return { firstDay, sum: attentionSum, mean: partOf(attentionSum, customers) };
}
