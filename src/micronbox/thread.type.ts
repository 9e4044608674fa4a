import { Field, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { Measure } from '../platform/graphql/measure.type';
import { MicronboxRankReason, type RankReasonName } from './micronbox-enums';

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description: 'Where a brand stands in a person’s box, by the person’s own attention.',
})
export class MicronboxRank extends Measure {
  @Field(() => Int, { description: 'Its place among the threads of the folder, from 1.' })
  position!: number;

  @Field(() => Int, { description: 'The index of the person’s attention to the brand, 0 to 100.' })
  index!: number;

  @Field(() => MicronboxRankReason, { description: 'Why it stands there.' })
  reason!: RankReasonName;
}

@ObjectType({
  simpleResolvers: true,
  description: 'All that one brand has in a folder of a person’s micronbox.',
})
export class MicronboxThread {
  @Field(() => Int, { description: 'How many of its microns the person has not read.' })
  unread!: number;

  @Field(() => MicronboxRank, { description: 'Where it stands, and why.' })
  rank!: MicronboxRank;
}

export const { Connection: MicronboxThreadConnection } = connectionTypes(
  MicronboxThread,
  'MicronboxThread',
);
