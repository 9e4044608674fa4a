import { Field, ID, InputType, Int } from 'type-graphql';
import {
  AttentionActionEnum,
  FunnelStage,
  type AttentionAction,
  type FunnelStageName,
} from '../attention';
import { CustomerBy } from '../customers';
import { Channel, type ChannelName } from '../messages';
import { DateTime, JSONObject } from '../platform/graphql/scalars';

@InputType({ description: 'Something a customer might do.' })
export class SimulateEarnInput {
  @Field(() => CustomerBy, { description: 'Who did it.' })
  customer!: CustomerBy;

  @Field(() => ID, { nullable: true, description: 'The message it was done to, if any.' })
  messageId?: string | null;

  @Field(() => AttentionActionEnum, { description: 'What they did.' })
  action!: AttentionAction;

  @Field(() => String, {
    nullable: true,
    description:
      'Which of the brand’s own actions, for the action CUSTOM; required once it has registered any.',
  })
  customAction?: string | null;

  @Field(() => FunnelStage, {
    nullable: true,
    description: 'How far along the customer is, where you know it.',
  })
  stage?: FunnelStageName | null;

  @Field(() => Channel, {
    nullable: true,
    description: 'Where; the message’s channel when left out.',
  })
  channel?: ChannelName | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When, as you saw it; now when left out. At most 5 minutes ahead, 30 days back.',
  })
  occurredAt?: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Your mail provider says a machine fetched it: stored, pays nothing.',
  })
  machineOpen?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'The client’s User-Agent, to tell machines.',
  })
  userAgent?: string | null;

  @Field(() => Int, { nullable: true, description: 'How long it took, in milliseconds.' })
  durationMs?: number | null;

  @Field(() => JSONObject, { nullable: true, description: 'Anything else about the event.' })
  properties?: Record<string, unknown> | null;
}
