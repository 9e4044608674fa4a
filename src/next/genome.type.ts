import { Field, Float, Int, ObjectType } from 'type-graphql';
import { enumOf } from '../platform/graphql/described-enum';
import { Measure } from '../platform/graphql/measure.type';
import { SegmentationModelEnum, type SegmentationModel } from '../segments';
import { featureKinds, type FeatureKind } from './genome';

/** The kinds of features as a GraphQL enum; values equal names. */
export const FeatureKindEnum = enumOf(
  'GenomeFeatureKind',
  'What kind of thing customers may have in common.',
  featureKinds,
);

@ObjectType({
  simpleResolvers: true,
  description: 'Something that is more or less frequent among the best customers.',
})
export class GenomeFeature {
  @Field(() => FeatureKindEnum, { description: 'What kind of thing it is.' })
  kind!: FeatureKind;

  @Field(() => String, {
    nullable: true,
    description: 'The name of the trait; null of all others.',
  })
  name!: string | null;

  @Field(() => String, { description: 'What it is.' })
  value!: string;

  @Field(() => Int, { description: 'How many of the best have it.' })
  best!: number;

  @Field(() => Int, { description: 'How many of all who ordered have it: the support.' })
  customers!: number;

  @Field(() => Float, { description: 'The part of the best who have it.' })
  shareOfBest!: number;

  @Field(() => Float, { description: 'The part of all who ordered who have it.' })
  shareOfAll!: number;

  @Field(() => Float, {
    description:
      'By how much more frequent it is among the best, smoothed: above 1 it speaks for them, below 1 against.',
  })
  lift!: number;

  @Field(() => Float, {
    description: 'The natural logarithm of the lift, which scores are sums of.',
  })
  weight!: number;
}

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description:
    'What tells a brand’s best customers from all who ordered. It says what goes together, and not what makes ' +
    'anybody a best customer.',
})
export class BestCustomerGenome extends Measure {
  @Field(() => SegmentationModelEnum, { description: 'By which model they are the best.' })
  model!: SegmentationModel;

  @Field(() => Date, { description: 'As of when the bands were.' })
  bandsAsOf!: Date;

  @Field(() => Int, { description: 'How many were best.' })
  best!: number;

  @Field(() => Int, { description: 'How many ordered, the best among them.' })
  customers!: number;

  @Field(() => Int, { description: 'How many customers like all were added to the best.' })
  smoothing!: number;

  @Field(() => Int, { description: 'How many must have a feature for it to be told.' })
  leastSupport!: number;

  @Field(() => [GenomeFeature], {
    description:
      'What speaks for the best, then what speaks against; the most telling at both ends.',
  })
  features!: GenomeFeature[];
}
