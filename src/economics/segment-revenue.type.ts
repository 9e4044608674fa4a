import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { BrandEntity } from '../brands';
import { Measure } from '../platform/graphql/measure.type';
import { MonetaryAmount } from '../platform/graphql/money.type';
import { BandEnum, SegmentationModelEnum, type Band, type SegmentationModel } from '../segments';

const retentionText =
  'Revenue of those of them who had bought in the month before, by what all of them brought then; null when ' +
  'that was nothing.';

@ObjectType({ simpleResolvers: true, description: 'What the customers of a band brought.' })
export class RevenueOfBand {
  @Field(() => BandEnum, {
    nullable: true,
    description: 'The band; null of customers whom no division has come to yet.',
  })
  band!: Band | null;

  @Field(() => Int, {
    description:
      'How many are in it; of no band, those who bought in this month or the one before.',
  })
  customers!: number;

  @Field(() => Int, { description: 'How many of them bought.' })
  buyers!: number;

  @Field(() => Int, { description: 'Their orders in the brand’s currency.' })
  orders!: number;

  @Field(() => MonetaryAmount, { description: 'What these brought, after refunds.' })
  revenue!: MonetaryAmount;

  @Field(() => Float, {
    nullable: true,
    description: 'Its part of the revenue of all, from 0 to 1; null when there is none.',
  })
  share!: number | null;

  @Field(() => MonetaryAmount, {
    description: 'What the same customers brought in the month before.',
  })
  revenueBefore!: MonetaryAmount;

  @Field(() => Float, { nullable: true, description: retentionText })
  netRevenueRetention!: number | null;
}

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description:
    'What each band of customers brought in a month. Customers are counted in the band they were in when the ' +
    'month began; those whose band then is not known, in the one they are in now.',
})
export class SegmentRevenue extends Measure {
  @Field(() => String, { description: 'The first day of the month, as 2026-11-01.' })
  month!: string;

  @Field(() => SegmentationModelEnum, { description: 'By which model.' })
  model!: SegmentationModel;

  @Field(() => [RevenueOfBand], {
    description: 'All four bands, and those in none where there are any.',
  })
  bands!: RevenueOfBand[];

  @Field(() => Int, {
    description: 'Of how many customers the band is known in which they were when the month began.',
  })
  bandsKnown!: number;

  @Field(() => Int, { description: 'All orders in the brand’s currency.' })
  orders!: number;

  @Field(() => MonetaryAmount, { description: 'What all of them brought, after refunds.' })
  revenue!: MonetaryAmount;

  @Field(() => MonetaryAmount, { description: 'What the month before brought.' })
  revenueBefore!: MonetaryAmount;

  @Field(() => Float, { nullable: true, description: retentionText })
  netRevenueRetention!: number | null;

  brand!: BrandEntity;
}
