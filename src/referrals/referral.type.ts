import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node';
import { DateTime, Mu } from '../platform/graphql/scalars';
import { enumOf } from '../platform/graphql/described-enum';

const states = {
  PENDING: 'The friend came by the link; nothing has been paid yet.',
  ACTIVE: 'The friend is known for sure, and both have been paid.',
  REVERSED: 'What was paid for it has been taken back; the share has ended.',
} as const;

export type ReferralState = keyof typeof states;

export const ReferralStateEnum = enumOf('ReferralState', 'Where a referral stands.', states);

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A friend who came to a brand by a customer’s link. A friend comes once.',
})
export class Referral extends Node {
  @Field(() => ReferralStateEnum, { description: 'Where it stands.' })
  state!: ReferralState;

  @Field(() => Mu, { description: 'What the activation pays the referrer.' })
  referrerMu!: number;

  @Field(() => Mu, { description: 'What the activation pays the friend.' })
  friendMu!: number;

  @Field(() => Int, { description: 'The referrer’s share of what the friend earns, in percent.' })
  sharePercent!: number;

  @Field(() => Mu, { description: 'What the share comes to at most.' })
  shareCapMu!: number;

  @Field(() => Mu, { description: 'What the share has come to so far.' })
  sharedMu!: number;

  @Field(() => DateTime, { description: 'When the friend came.' })
  claimedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When both were paid; null before.' })
  activatedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Until when the share is paid.' })
  shareEndsAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was taken back.' })
  reversedAt!: Date | null;
}

export const { Connection: ReferralConnection } = connectionTypes(Referral, 'Referral');
