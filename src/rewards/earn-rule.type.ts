import { Directive, Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { AttentionActionEnum, type AttentionAction } from '../attention';
import { Channel, type ChannelName } from '../messages';
import { Node } from '../platform/graphql/node';
import { DateTime, Mu } from '../platform/graphql/scalars';

export const StreakUnit = { DAY: 'DAY' } as const;

registerEnumType(StreakUnit, {
  name: 'StreakUnit',
  description: 'What a streak counts.',
  valuesConfig: { DAY: { description: 'Consecutive local days with a qualifying event.' } },
});

@ObjectType('StreakPolicy', {
  simpleResolvers: true,
  description:
    'How a streak is counted. Days on which the brand delivered nothing to the customer neither extend ' +
    'nor break it.',
})
export class StreakPolicyType {
  @Field(() => StreakUnit, { description: 'What is counted.' })
  unit!: 'DAY';

  @Field(() => Int, { description: 'From this length on the payment no longer grows.' })
  cap!: number;

  @Field(() => Int, { description: 'Length of a streak’s first day.' })
  startAt!: number;

  @Field(() => Int, { description: 'Length after a break.' })
  resetTo!: number;

  @Field(() => Int, { description: 'Missed days that are forgiven.' })
  graceUnits!: number;
}

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

  @Field(() => Mu, { description: 'What it pays; with a streak, what a day counts for.' })
  amount!: number;

  @Field(() => Channel, {
    nullable: true,
    description: 'Only on this channel; null for every one.',
  })
  channel!: ChannelName | null;

  @Field(() => Int, { description: 'Payments a local day to one customer, without a message.' })
  perCustomerPerDay!: number;

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
