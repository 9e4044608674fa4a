import { Field, Int, ObjectType } from 'type-graphql';
import { Measure } from '../platform/graphql/measure.type';
import { DormancyState, type DormancyPolicy, type DormancyStateName } from './dormancy';

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description:
    'How long a customer has been silent to a brand, and when that will have another name.',
})
export class Dormancy extends Measure {
  @Field(() => DormancyState, { description: 'The state.' })
  state!: DormancyStateName;

  @Field(() => Date, { description: 'Since when.' })
  since!: Date;

  @Field(() => Int, {
    nullable: true,
    description: 'Whole days since the last event that is at least half sure; null without one.',
  })
  daysSilent!: number | null;

  @Field(() => Int, { description: 'Messages that reached them since.' })
  messagesSince!: number;

  @Field(() => DormancyState, {
    nullable: true,
    description: 'What silence makes of it next; null when time alone changes nothing.',
  })
  nextState!: DormancyStateName | null;

  @Field(() => Date, { nullable: true, description: 'When, unless something is heard of them.' })
  nextAt!: Date | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'When they last came back from DORMANT or LOST by a verified event nobody paid for.',
  })
  reactivatedAt!: Date | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'After how many whole days of silence a brand calls a customer what.',
})
export class BrandDormancyPolicy implements DormancyPolicy {
  @Field(() => Int, { description: 'Silent for at most so many days is ACTIVE.' })
  activeDays!: number;

  @Field(() => Int, { description: 'For at most so many DRIFTING.' })
  driftingDays!: number;

  @Field(() => Int, { description: 'For at most so many INACTIVE.' })
  inactiveDays!: number;

  @Field(() => Int, { description: 'For at most so many DORMANT, for more LOST.' })
  dormantDays!: number;

  @Field(() => Int, {
    description: 'With fewer messages since, silence beyond ACTIVE says nothing: NOT_TESTED.',
  })
  minMessages!: number;
}
