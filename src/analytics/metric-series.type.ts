import { Field, Float, ObjectType } from 'type-graphql';
import { Measure } from '../platform/graphql/measure.type';
import { MonetaryAmount } from '../platform/graphql/money.type';
import { MetricEnum, type MetricName } from './metric';
import { TimeBucket, type TimeBucketName } from './time-bucket';

@ObjectType({
  simpleResolvers: true,
  description: 'How much of a metric, in one way of telling it.',
})
export class MetricValue {
  @Field(() => Float, {
    nullable: true,
    description: 'The number; null of money, and where nobody looked.',
  })
  value!: number | null;

  @Field(() => MonetaryAmount, { nullable: true, description: 'The money; null of anything else.' })
  amount!: MonetaryAmount | null;
}

@ObjectType({ simpleResolvers: true, description: 'A day, week or month of a series.' })
export class MetricBucket extends MetricValue {
  @Field(() => String, { description: 'Its first local day, as 2026-11-21.' })
  firstDay!: string;

  @Field(() => String, { description: 'Its last local day.' })
  lastDay!: string;

  @Field(() => Boolean, {
    description: 'Whether it is over; the figures of the last one still grow.',
  })
  complete!: boolean;
}

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description: 'A metric over time: every bucket, also those in which nothing happened.',
})
export class MetricSeries extends Measure {
  @Field(() => MetricEnum, { description: 'The metric.' })
  name!: MetricName;

  @Field(() => TimeBucket, { description: 'What it is divided into.' })
  bucket!: TimeBucketName;

  @Field(() => [MetricBucket], { description: 'Oldest first; the last holds today.' })
  buckets!: MetricBucket[];

  @Field(() => MetricValue, {
    description: 'All buckets together; of what is looked at and not added up, the last known.',
  })
  total!: MetricValue;

  @Field(() => MetricValue, {
    description:
      'The same of as many buckets just before, the last of them only as far as today is into its own.',
  })
  previous!: MetricValue;

  @Field(() => Float, {
    nullable: true,
    description: 'By which part the total has changed: 0.25 is a quarter more. Null from nothing.',
  })
  change!: number | null;
}
