import { Directive, Field, ID, InputType, Int } from 'type-graphql';
import {
  AttentionActionEnum,
  AttentionBand,
  DormancyState,
  type AttentionAction,
  type AttentionBandName,
  type DormancyStateName,
} from '../attention';
import { BandCondition } from '../segments';
import type { ExitName } from './definition';
import { JourneyExit } from './journey.type';

@Directive('@oneOf')
@InputType({ description: 'What lets a customer in on a journey, by exactly one of its fields.' })
export class JourneyTriggerInput {
  @Field(() => [DormancyState], {
    nullable: true,
    description: 'They come to be one of these; who is already comes in when it is published.',
  })
  dormancy?: DormancyStateName[] | null;

  @Field(() => AttentionActionEnum, {
    nullable: true,
    description: 'They do this, with a confidence of at least 0.5.',
  })
  event?: AttentionAction | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'They enter this saved segment, `seg_…`; who is in it already comes in when it is published.',
  })
  segment?: string | null;

  @Field(() => BandCondition, {
    nullable: true,
    description:
      'A model puts them into one of these bands; who is in one already comes in when it is published.',
  })
  band?: BandCondition | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Nothing does; you let them in by `enterJourney`. Say true.',
  })
  byHand?: boolean | null;
}

@InputType({ description: 'What a branch asks of a customer; all that is given must hold.' })
export class JourneyConditionInput {
  @Field(() => [DormancyState], { nullable: true, description: 'They are one of these now.' })
  dormancy?: DormancyStateName[] | null;

  @Field(() => [AttentionBand], {
    nullable: true,
    description: 'Their attention is in one of these bands now.',
  })
  attentionBand?: AttentionBandName[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The longest of their living streaks is at least so long.',
  })
  streakAtLeast?: number | null;

  @Field(() => ID, { nullable: true, description: 'They are in this saved segment now, `seg_…`.' })
  segment?: string | null;

  @Field(() => BandCondition, {
    nullable: true,
    description: 'The newest division by a model has put them into one of these bands.',
  })
  band?: BandCondition | null;
}

@InputType({ description: 'Where a step leads by what is known of the customer.' })
export class JourneyBranchInput {
  @Field(() => JourneyConditionInput, { description: 'What is asked.' })
  when!: JourneyConditionInput;

  @Field(() => String, { description: 'Key of the later step where it holds, or END.' })
  then!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Key of the later step where it does not; END when left out.',
  })
  otherwise?: string | null;
}

@InputType({
  description: 'One step: besides its key, exactly one of waitHours, messageId and branch.',
})
export class JourneyStepInput {
  @Field(() => String, {
    description: 'Its name in the journey: 1 to 63 lower case letters, digits and hyphens.',
  })
  key!: string;

  @Field(() => Int, { nullable: true, description: 'Wait so many hours, from 1 to 8,784.' })
  waitHours?: number | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Ask your stack to send this message, `msg_…`, by `journey.step_reached`.',
  })
  messageId?: string | null;

  @Field(() => JourneyBranchInput, { nullable: true, description: 'Lead on by a condition.' })
  branch?: JourneyBranchInput | null;
}

@InputType({ description: 'What a version of a journey does.' })
export class JourneyDefinitionInput {
  @Field(() => JourneyTriggerInput, { description: 'What lets a customer in.' })
  trigger!: JourneyTriggerInput;

  @Field(() => [JourneyExit], {
    nullable: true,
    description: 'What ends a run before its last step; nothing when left out.',
  })
  exits?: ExitName[] | null;

  @Field(() => [JourneyStepInput], { description: 'Its steps in order.' })
  steps!: JourneyStepInput[];
}
