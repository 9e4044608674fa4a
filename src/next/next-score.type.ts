import { Field, Float, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { Measure } from '../platform/graphql/measure.type';
import { SegmentationModelEnum, type SegmentationModel } from '../segments';
import { GenomeFeature } from './genome.type';

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description:
    'How alike to the best customers somebody is who never ordered. A resemblance to rank by, no probability ' +
    'and no promise that anything would make them buy.',
})
export class NextScore extends Measure {
  @Field(() => SegmentationModelEnum, { description: 'By which model the best are the best.' })
  model!: SegmentationModel;

  @Field(() => Float, {
    description:
      'The weights of what they have together; 0 tells nothing, above it they are like the best.',
  })
  score!: number;

  @Field(() => [GenomeFeature], {
    description:
      'What of the genome they have, the heaviest first: their weights add up to the score.',
  })
  reasons!: GenomeFeature[];
}

@ObjectType({ simpleResolvers: true, description: 'Somebody who never ordered, and their score.' })
export class NextCandidate {
  @Field(() => NextScore, { description: 'How alike to the best they are, and why.' })
  score!: NextScore;

  customerUuid!: string;
  /** The sort key of the list: the score in millionths. */
  rank!: number;
}

export const { Connection: NextCandidateConnection } = connectionTypes(
  NextCandidate,
  'NextCandidate',
);
