import { Field, ObjectType } from 'type-graphql';
import { FunnelStep, funnelSteps } from '../attention';
import type { BrandEntity } from '../brands';
import { enumOf } from '../platform/graphql/described-enum';
import type { Context } from '../platform/graphql/context';
import { Measure } from '../platform/graphql/measure.type';
import { dayAfter } from '../platform/local-day';
import type { FunnelDays, FunnelFigures, Standing } from './standing';
import { dayFiguresLoader } from './standing.loader';

const modelVersion = 'attention-funnel-1';
const dayMs = 86_400_000;

const windows = {
  DAYS_7: 'The last 7 days.',
  DAYS_30: 'The last 30 days.',
  DAYS_90: 'The last 90 days.',
  DAYS_365: 'The last 365 days.',
} as const;

export type FunnelWindowName = keyof typeof windows;

/** The windows as a GraphQL enum; values equal names. */
export const FunnelWindow = enumOf(
  'FunnelWindow',
  'How far back a funnel goes, from the moment it was reckoned.',
  windows,
);

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description:
    'How far a brand’s customers go, from a message that reached them to an order. Each step counts those who ' +
    'took it and all before it within the window, in whatever order; its rate is of those who were reached.',
})
export class BrandFunnel extends Measure {
  @Field(() => FunnelWindow, { description: 'How far back it goes.' })
  days!: FunnelWindowName;

  @Field(() => [FunnelStep], { description: 'All five steps, in their order.' })
  steps!: FunnelStep[];

  @Field(() => BrandFunnel, {
    nullable: true,
    description:
      'The same as it was found as many days before; null when nobody looked that day, and of one that is ' +
      'a previous one itself.',
  })
  previous!: BrandFunnel | null;
}

/** The funnel of a standing, with the one of as many days before; null before it was reckoned anew. */
export async function readFunnel(
  context: Context,
  { computedAt, today, figures }: Standing,
  { brand, days }: { brand: BrandEntity; days: FunnelWindowName },
): Promise<BrandFunnel | null> {
  const back = Number(days.slice('DAYS_'.length)) as FunnelDays;
  const day = dayAfter(today, -back);
  const kept = await dayFiguresLoader(context, { firstDay: day, lastDay: day }).load(brand.uuid);
  const funnelOf = (
    counts: FunnelFigures | undefined,
    asOf: Date,
    previous: BrandFunnel | null,
  ): BrandFunnel | null => {
    if (counts === undefined) return null;
    const from = new Date(asOf.getTime() - back * dayMs);
    const steps = funnelSteps(counts, counts.delivered);
    return { asOf, window: { from, until: asOf }, modelVersion, days, steps, previous };
  };
  const before = kept[0];
  const previous = before && funnelOf(before.figures.funnels?.[back], before.computedAt, null);
  return funnelOf(figures.funnels?.[back], computedAt, previous ?? null);
}
