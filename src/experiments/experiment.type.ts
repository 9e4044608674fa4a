import { Directive, Field, Float, ObjectType } from 'type-graphql';
import { DormancyState, type DormancyStateName } from '../attention';
import { Node } from '../platform/graphql/node';
import { connectionTypes } from '../platform/graphql/connection';
import { DateTime, Mu } from '../platform/graphql/scalars';
import { TraitEquals } from '../rewards';
import { BandEnum, SegmentationModelEnum, type Band, type SegmentationModel } from '../segments';
import type { BandOfModel } from './audience';
import { ExperimentOutcome, type OutcomeName } from './experiment-outcome';

@ObjectType({ simpleResolvers: true, description: 'Bands of a model, of which they are in one.' })
export class ExperimentBand {
  @Field(() => SegmentationModelEnum, { description: 'The model.' })
  model!: SegmentationModel;

  @Field(() => [BandEnum], { description: 'The bands.' })
  in!: readonly Band[];
}

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'A trial of something on some customers, a share of whom is held out: the difference is what it did.',
})
export class Experiment extends Node {
  @Field(() => String, { description: 'Its id in the brand’s own systems; once per brand.' })
  externalId!: string;

  @Field(() => ExperimentOutcome, { description: 'What customers are wanted to do.' })
  outcome!: OutcomeName;

  @Field(() => [DormancyState], {
    nullable: true,
    description: 'How silent customers need to be to come in; null when it asks for nothing.',
  })
  dormancies!: DormancyStateName[] | null;

  @Field(() => ExperimentBand, {
    nullable: true,
    description: 'The bands customers need to be in; null when it asks for none.',
  })
  band!: BandOfModel | null;

  @Field(() => TraitEquals, {
    nullable: true,
    description: 'The trait customers need to be in it; null when it asks for none.',
  })
  trait!: { name: string; value: string } | null;

  @Field(() => Float, { description: 'The share held out, from 0 to 1.' })
  holdoutShare!: number;

  @Field(() => Mu, { description: 'What was set aside for it.' })
  reserveMu!: number;

  @Field(() => Mu, {
    nullable: true,
    description: 'What went back to the budget at its end; null before.',
  })
  releasedMu!: number | null;

  @Field(() => DateTime, { description: 'When it begins.' })
  startsAt!: Date;

  @Field(() => DateTime, { description: 'When it ends; what happens later does not count.' })
  endsAt!: Date;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When every customer of its audience had an arm; null before.',
  })
  assignedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was ended; null before.' })
  endedAt!: Date | null;
}

export const { Connection: ExperimentConnection } = connectionTypes(Experiment, 'Experiment');
