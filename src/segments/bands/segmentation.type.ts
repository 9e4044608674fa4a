import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Measure } from '../../platform/graphql/measure.type';
import { MonetaryAmount } from '../../platform/graphql/money.type';
import { DateTime } from '../../platform/graphql/scalars';
import {
  AttentivenessEnum,
  BandEnum,
  ProgressEnum,
  SegmentationModelEnum,
  type Attentiveness,
  type Band,
  type Progress,
  type SegmentationModel,
} from './models';

@ObjectType({ simpleResolvers: true, description: 'One band of a division, with who is in it.' })
export class SegmentationBand {
  @Field(() => BandEnum, { description: 'The band.' })
  band!: Band;

  @Field(() => Int, { description: 'How many customers are in it.' })
  customers!: number;

  @Field(() => Float, { description: 'Their share of all customers, from 0 to 1.' })
  share!: number;

  @Field(() => MonetaryAmount, { description: 'What they bought in the window, less refunds.' })
  revenue!: MonetaryAmount;

  @Field(() => Float, {
    nullable: true,
    description: 'Their share of the revenue of all, from 0 to 1; null where nobody bought.',
  })
  revenueShare!: number | null;

  @Field(() => MonetaryAmount, { description: 'Their lifetime values together.' })
  lifetimeValue!: MonetaryAmount;

  @Field(() => Int, {
    nullable: true,
    description: 'How many more they are than in the division before; null without one.',
  })
  netMovement!: number | null;
}

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description: 'A brand’s customers, divided into bands by one model.',
})
export class Segmentation extends Measure {
  @Field(() => SegmentationModelEnum, {
    description: 'The model; each means other things by a band.',
  })
  model!: SegmentationModel;

  @Field(() => [SegmentationBand], { description: 'All four bands: best, rest, test, next.' })
  bands!: SegmentationBand[];

  @Field(() => DateTime, {
    nullable: true,
    description: 'As of when the division is that movements are reckoned from; null without one.',
  })
  comparedWith!: Date | null;
}

@ObjectType({ simpleResolvers: true, description: 'One cell of the Transaction–Attention Table.' })
export class TransactionAttentionCell {
  @Field(() => ProgressEnum, { description: 'Its row: how far ordering has come.' })
  progress!: Progress;

  @Field(() => AttentivenessEnum, { description: 'Its column: how attentive they are.' })
  attentiveness!: Attentiveness;

  @Field(() => BandEnum, { description: 'The band it belongs to.' })
  band!: Band;

  @Field(() => Int, { description: 'How many customers are in it.' })
  customers!: number;

  @Field(() => MonetaryAmount, { description: 'What they bought in the window, less refunds.' })
  revenue!: MonetaryAmount;

  @Field(() => MonetaryAmount, {
    description:
      'The part of the revenue that hangs on attention being won back: all of it where they drift or ' +
      'are gone, nothing where they are attentive.',
  })
  revenueAtRisk!: MonetaryAmount;

  @Field(() => Int, {
    nullable: true,
    description: 'How many more they are than in the division before; null without one.',
  })
  netMovement!: number | null;
}

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description:
    'The Transaction–Attention Table: a brand’s customers by how far ordering has come and how ' +
    'attentive they are, all twelve cells, row by row.',
})
export class TransactionAttentionTable extends Measure {
  @Field(() => SegmentationModelEnum, { description: 'The model, always TAT_2026.' })
  model!: SegmentationModel;

  @Field(() => [TransactionAttentionCell], { description: 'The cells, row by row.' })
  cells!: TransactionAttentionCell[];

  @Field(() => DateTime, {
    nullable: true,
    description: 'As of when the division is that movements are reckoned from; null without one.',
  })
  comparedWith!: Date | null;
}

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description: 'The band a model has put a customer into.',
})
export class CustomerBand extends Measure {
  @Field(() => SegmentationModelEnum, {
    description: 'The model; each means other things by a band.',
  })
  model!: SegmentationModel;

  @Field(() => BandEnum, { description: 'The band.' })
  band!: Band;

  @Field(() => ProgressEnum, { description: 'How far ordering has come.' })
  progress!: Progress;

  @Field(() => AttentivenessEnum, { description: 'How attentive they are.' })
  attentiveness!: Attentiveness;

  @Field(() => DateTime, { description: 'Since when they are in the band.' })
  since!: Date;
}
