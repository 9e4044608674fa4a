import { Field, ObjectType } from 'type-graphql';
import { Channel, type ChannelName } from '../messages';
import { enumOf } from '../platform/graphql/described-enum';
import { Measure } from '../platform/graphql/measure.type';
import { DateTime } from '../platform/graphql/scalars';
import { hotlineStates, type HotlineStateName } from './hotline';

export const HotlineState = enumOf(
  'HotlineState',
  'How alive the line between a brand and a customer is.',
  hotlineStates,
);

const causes = {
  CONSENT: 'The customer took back their leave to send them messages.',
  CHANNELS: 'The last channel that worked was denied, or its address bounced.',
  SILENCE: 'Nothing was heard of them for too long.',
} as const;

export type HotlineCauseName = keyof typeof causes;

export const HotlineCause = enumOf('HotlineCause', 'What ended a line to a customer.', causes);

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description: 'The line between a brand and a customer: can it reach them, and do they answer?',
})
export class Hotline extends Measure {
  @Field(() => HotlineState, { description: 'How alive it is.' })
  state!: HotlineStateName;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the customer last did something that only a person does; null for never.',
  })
  lastHeard!: Date | null;

  @Field(() => [Channel], {
    description:
      'The channels on which a message would arrive now; none without consent to MESSAGES.',
  })
  channels!: ChannelName[];
}
