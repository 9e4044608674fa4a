import { Args, ArgsType, Ctx, Field, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Brand, isOwnBrand, type BrandEntity } from '../brands';
import type { Context } from '../platform/graphql/context';
import { MetricEnum, type MetricName } from './metric';
import { readSeries } from './metric-series';
import { MetricSeries } from './metric-series.type';
import { TimeBucket, type TimeBucketName } from './time-bucket';

@ArgsType()
export class MetricsArgs {
  @Field(() => [MetricEnum], { description: 'Which metrics; each is told once.' })
  names!: MetricName[];

  @Field(() => TimeBucket, { defaultValue: 'DAY', description: 'What to divide the time into.' })
  bucket!: TimeBucketName;

  @Field(() => Int, {
    defaultValue: 30,
    description: 'How many buckets, from 1 to the limit (100); the last holds today.',
  })
  last!: number;
}

@Resolver(() => Brand)
export class MetricsOfBrand {
  @FieldResolver(() => [MetricSeries], {
    nullable: true,
    description:
      'Figures over time, compared with the time before, in the order of the names. What is counted is of ' +
      'this moment. Null to everybody but the platform and the brand’s own keys with the scope READ.',
  })
  async metrics(
    @Root() brand: BrandEntity,
    @Args(() => MetricsArgs) args: MetricsArgs,
    @Ctx() context: Context,
  ): Promise<MetricSeries[] | null> {
    return isOwnBrand(brand, context.caller) ? readSeries(context, brand, args) : null;
  }
}
