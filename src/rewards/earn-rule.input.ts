import { Field, Float, InputType, Int } from 'type-graphql';
import {
  AttentionActionEnum,
  FunnelStage,
  type AttentionAction,
  type FunnelStageName,
} from '../attention';
import { Channel, MessageKind, type ChannelName, type MessageKindName } from '../messages';
import { DateTime, Mu } from '../platform/graphql/scalars';
import { EarnAudienceInput, EarnMultiplierInput } from './earn-audience.type';
import { EarnStacking } from './earn-rule.type';
import type { Stacking } from './rules/rule';
import { StreakPolicyInput } from './streaks/streak-policy.type';

@InputType({ description: 'A rule to publish; a name used before gets a new version.' })
export class UpsertEarnRuleInput {
  @Field(() => String, { description: 'Name within the brand.' })
  name!: string;

  @Field(() => AttentionActionEnum, { description: 'The action it pays.' })
  action!: AttentionAction;

  @Field(() => String, {
    nullable: true,
    description: 'For the action CUSTOM: only this one of the brand’s own actions.',
  })
  customAction?: string | null;

  @Field(() => Mu, { description: 'What it pays; with a streak, what each day counts for.' })
  amount!: number;

  @Field(() => Channel, { nullable: true, description: 'Only on this channel.' })
  channel?: ChannelName | null;

  @Field(() => [Channel], {
    nullable: true,
    description: 'Only on these channels, and on `channel` if that is there too.',
  })
  channels?: ChannelName[] | null;

  @Field(() => [MessageKind], {
    nullable: true,
    description: 'Only for messages of these kinds; attention without a message then pays nothing.',
  })
  messageKinds?: MessageKindName[] | null;

  @Field(() => FunnelStage, {
    nullable: true,
    description: 'Only for events that say they are of this stage.',
  })
  stage?: FunnelStageName | null;

  @Field(() => [EarnAudienceInput], {
    nullable: true,
    description: 'Only for customers of whom all of this holds.',
  })
  audience?: EarnAudienceInput[] | null;

  @Field(() => [EarnMultiplierInput], {
    nullable: true,
    description:
      'Whom to pay another percentage of the amount; the highest that concerns a customer counts.',
  })
  multipliers?: EarnMultiplierInput[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Payments a local day to one customer for attention without a message; 1.',
  })
  perCustomerPerDay?: number | null;

  @Field(() => Mu, {
    nullable: true,
    description: 'The most it pays one customer on one of their local days, over all versions.',
  })
  maxMuPerCustomerPerDay?: number | null;

  @Field(() => Mu, {
    nullable: true,
    description: 'The most it pays one customer, over all versions.',
  })
  maxMuPerCustomer?: number | null;

  @Field(() => Mu, {
    nullable: true,
    description:
      'The most it pays all customers together for messages of one campaign, over all versions.',
  })
  maxMuPerCampaign?: number | null;

  @Field(() => Mu, {
    nullable: true,
    description: 'The most it pays all customers together, over all versions.',
  })
  maxMuInTotal?: number | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 0,
    description:
      'Of exclusive rules that can pay, the highest priority does; of equal ones the one that pays most, ' +
      'then the first by name.',
  })
  priority?: number | null;

  @Field(() => EarnStacking, {
    nullable: true,
    defaultValue: 'EXCLUSIVE',
    description: 'Whether it competes with other rules, or pays besides.',
  })
  stacking?: Stacking | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description: 'False publishes a version that pays nothing.',
  })
  enabled?: boolean | null;

  @Field(() => Float, {
    nullable: true,
    defaultValue: 0.5,
    description: 'Events below this confidence are not paid.',
  })
  minConfidence?: number | null;

  @Field(() => StreakPolicyInput, {
    nullable: true,
    description: 'Makes the amount the base of a streak; `{}` is the published default.',
  })
  streak?: StreakPolicyInput | null;

  @Field(() => DateTime, { nullable: true, description: 'Pays events from this moment on.' })
  startsAt?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Pays events before this moment.' })
  endsAt?: Date | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}
