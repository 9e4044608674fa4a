import { Field, Float, Int, ObjectType } from 'type-graphql';
import { enumOf } from '../platform/graphql/described-enum';
import { Measure, type MeasureWindow } from '../platform/graphql/measure.type';
import { AttentionBand, type AttentionBandName } from './score';

export const attentionTrends = {
  RISING: 'At least a tenth more points than in the 30 days before.',
  STEADY: 'Within a tenth of the points of the 30 days before.',
  FADING: 'At least a tenth fewer points than in the 30 days before.',
} as const;

export type AttentionTrendName = keyof typeof attentionTrends;

/** The trends as a GraphQL enum; values equal names. */
export const AttentionTrend = enumOf(
  'AttentionTrend',
  'Where a customer’s attention is going: the points of 30 days beside those of the 30 before.',
  attentionTrends,
);

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description:
    'How attentive a customer is to a brand. Machines, repetitions and events that are less than half ' +
    'sure count nowhere. Days are those of the customer’s zone, else the brand’s.',
})
export class AttentionScore extends Measure {
  @Field(() => Int, { description: 'Opens and three times the clicks of the last 30 days.' })
  raw30d!: number;

  @Field(() => Float, {
    description:
      'The moving average of daily points, ten a day at most; an old point is worth half after 14 days.',
  })
  ema!: number;

  @Field(() => Int, {
    description: '0 to 100: up to 90 for the moving average, up to 10 for the streak of days.',
  })
  index!: number;

  @Field(() => AttentionBand, { description: 'The index in five steps.' })
  band!: AttentionBandName;

  @Field(() => Int, { description: 'The longest living streak of days; 0 without one.' })
  streak!: number;

  @Field(() => Float, { description: 'Points of the last 30 days, ten a day at most.' })
  points30d!: number;

  @Field(() => Float, { description: 'Points of the 30 days before those.' })
  previousPoints30d!: number;

  @Field(() => AttentionTrend, { description: 'Where it is going.' })
  trend!: AttentionTrendName;

  declare window: MeasureWindow;
}

@ObjectType({ simpleResolvers: true, description: 'A local day of a customer with a brand.' })
export class AttentionDay {
  @Field(() => String, { description: 'The day, as 2026-11-21.' })
  day!: string;

  @Field(() => Int, { description: 'Opens that are at least half sure.' })
  opens!: number;

  @Field(() => Int, { description: 'Clicks.' })
  clicks!: number;

  @Field(() => Int, { description: 'Everything that counts, opens and clicks included.' })
  events!: number;

  @Field(() => Int, { description: 'How many of them are verified.' })
  verified!: number;

  @Field(() => Float, { description: 'Points of the day as they count: ten at most.' })
  points!: number;

  @Field(() => Float, { description: 'The moving average at the end of the day.' })
  ema!: number;
}

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description: 'A customer’s attention to a brand, day by day, days without any included.',
})
export class AttentionTrajectory extends Measure {
  @Field(() => AttentionTrend, { description: 'Where it is going, by the last 60 days.' })
  trend!: AttentionTrendName;

  @Field(() => [AttentionDay], { description: 'The days, oldest first; the last is today.' })
  days!: AttentionDay[];
}
