import { Field, Int, ObjectType } from 'type-graphql';
import {
  AttentionBand,
  DormancyState,
  type AttentionBandName,
  type DormancyStateName,
} from '../attention';
import { DateTime } from '../platform/graphql/scalars';
import { Update } from './updates';

@ObjectType({
  simpleResolvers: true,
  description: 'A customer who has just fallen silent for longer, was heard of again, or is back.',
})
export class DormancyUpdate extends Update {
  @Field(() => DormancyState, { description: 'The state before.' })
  get from(): DormancyStateName {
    return this.payload['from'] as DormancyStateName;
  }

  @Field(() => DormancyState, { description: 'The state now.' })
  get to(): DormancyStateName {
    return this.payload['to'] as DormancyStateName;
  }

  @Field(() => Boolean, {
    description:
      'Whether a verified event nobody paid for proves that they are back from DORMANT or LOST. An ' +
      'open that was not sure may have woken them before: then both states are ACTIVE.',
  })
  get reactivated(): boolean {
    return this.payload['reactivated'] as boolean;
  }

  @Field(() => DormancyState, {
    nullable: true,
    description: 'The sleep a reactivation ends; null when it is none.',
  })
  get wokenFrom(): DormancyStateName | null {
    return this.payload['wokenFrom'] as DormancyStateName | null;
  }

  @Field(() => DateTime, { description: 'When it was found out.' })
  override get at(): Date {
    return super.at;
  }
}

@ObjectType({
  simpleResolvers: true,
  description: 'A customer whose attention has just risen or fallen to another band.',
})
export class AttentionScoreUpdate extends Update {
  @Field(() => AttentionBand, { description: 'The band before.' })
  get from(): AttentionBandName {
    return this.payload['from'] as AttentionBandName;
  }

  @Field(() => AttentionBand, { description: 'The band now.' })
  get to(): AttentionBandName {
    return this.payload['to'] as AttentionBandName;
  }

  @Field(() => Int, { description: 'The index that put them there.' })
  get index(): number {
    return this.payload['index'] as number;
  }

  @Field(() => DateTime, { description: 'When it was found out.' })
  override get at(): Date {
    return super.at;
  }
}
