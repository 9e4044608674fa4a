import { Directive, Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  AttentionActionEnum,
  FunnelStage,
  type AttentionAction,
  type FunnelStageName,
} from '../attention';
import { Channel, MessageKind, type ChannelName, type MessageKindName } from '../messages';
import { Node } from '../platform/graphql/node';
import { DateTime, Mu } from '../platform/graphql/scalars';
import { EarnAudience, EarnMultiplier } from './earn-audience.type';
import type { Stacking } from './rules/rule';
import { StreakPolicyType } from './streaks/streak-policy.type';

const stackings = {
  EXCLUSIVE: 'Competes with the others: of the exclusive rules for an event one pays.',
  STACKS: 'Pays besides whatever else pays.',
} as const satisfies Record<Stacking, string>;

export const EarnStacking = { EXCLUSIVE: 'EXCLUSIVE', STACKS: 'STACKS' } as const;

registerEnumType(EarnStacking, {
  name: 'EarnStacking',
  description: 'Whether a rule competes with others for an event.',
  valuesConfig: Object.fromEntries(
    Object.entries(stackings).map(([name, description]) => [name, { description }]),
  ),
});

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'One version of a rule that says what an action pays. Versions never change.',
})
export class EarnRule extends Node {
  @Field(() => String, { description: 'Name within the brand; all versions share it.' })
  name!: string;

  @Field(() => Int, { description: 'Version, from 1.' })
  version!: number;

  @Field(() => AttentionActionEnum, { description: 'The action it pays.' })
  action!: AttentionAction;

  @Field(() => String, {
    nullable: true,
    description: 'Which custom action it pays; null for every one of its action.',
  })
  customAction!: string | null;

  @Field(() => Mu, { description: 'What it pays; with a streak, what a day counts for.' })
  amount!: number;

  @Field(() => Channel, {
    nullable: true,
    description: 'The one channel it was published with; `channels` has all.',
  })
  channel!: ChannelName | null;

  @Field(() => [Channel], { description: 'Only on these channels; empty for every one.' })
  channels!: ChannelName[];

  @Field(() => [MessageKind], {
    description: 'Only for messages of these kinds; empty for every event.',
  })
  messageKinds!: MessageKindName[];

  @Field(() => FunnelStage, {
    nullable: true,
    description: 'Only for events that say they are of this stage.',
  })
  stage!: FunnelStageName | null;

  @Field(() => [EarnAudience], {
    description:
      'Only for customers of whom all of this holds; empty for all. Hidden from customers.',
  })
  audience!: readonly EarnAudience[];

  @Field(() => [EarnMultiplier], {
    description: 'Who is paid another percentage of the amount. Hidden from customers.',
  })
  multipliers!: readonly EarnMultiplier[];

  @Field(() => Int, { description: 'Payments a local day to one customer, without a message.' })
  perCustomerPerDay!: number;

  @Field(() => Mu, {
    nullable: true,
    description: 'The most it pays one customer on one of their local days.',
  })
  maxMuPerCustomerPerDay!: number | null;

  @Field(() => Mu, { nullable: true, description: 'The most it pays one customer, ever.' })
  maxMuPerCustomer!: number | null;

  @Field(() => Mu, {
    nullable: true,
    description: 'The most it pays all customers together for messages of one campaign.',
  })
  maxMuPerCampaign!: number | null;

  @Field(() => Mu, {
    nullable: true,
    description: 'The most it pays all customers together, ever.',
  })
  maxMuInTotal!: number | null;

  @Field(() => Int, { description: 'Of exclusive rules that can pay, the highest priority does.' })
  priority!: number;

  @Field(() => EarnStacking, { description: 'Whether it competes with other rules.' })
  stacking!: Stacking;

  @Field(() => Boolean, { description: 'Whether it pays at all.' })
  enabled!: boolean;

  @Field(() => Float, { description: 'Events below this confidence (0–1) are not paid.' })
  minConfidence!: number;

  @Field(() => StreakPolicyType, { nullable: true, description: 'Its streak; null without one.' })
  streak!: StreakPolicyType | null;

  @Field(() => DateTime, { nullable: true, description: 'Pays events from this moment on.' })
  startsAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Pays events before this moment.' })
  endsAt!: Date | null;

  @Field(() => DateTime, { description: 'When this version was published.' })
  createdAt!: Date;
}
