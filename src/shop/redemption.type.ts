import { Directive, Field, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node';
import { DateTime, Mu } from '../platform/graphql/scalars';
import { enumOf } from '../platform/graphql/described-enum';

const states = {
  PENDING: 'The Mu is on hold; it waits to be captured or cancelled.',
  CAPTURED: 'Confirmed: the Mu is spent.',
  CANCELLED: 'Called off before it was captured: the Mu went back to the wallet.',
  EXPIRED: 'Nobody captured it in time: the Mu went back to the wallet.',
  REVERSED: 'Captured and later reversed: the Mu went back to the wallet.',
} as const;

export type RedemptionState = keyof typeof states;

export const RedemptionStateEnum = enumOf(
  'RedemptionState',
  'Where a redemption stands. Only PENDING is left again, and only once.',
  states,
);

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'Mu a customer spends with a brand: put on hold, then captured or given back.',
})
export class Redemption extends Node {
  @Field(() => Mu, { description: 'How much.' })
  amount!: number;

  @Field(() => RedemptionStateEnum, { description: 'Where it stands.' })
  state!: RedemptionState;

  @Field(() => DateTime, { description: 'When the Mu was put on hold.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When the hold ends by itself unless captured before.' })
  expiresAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it came to its present state; null while it is pending.',
  })
  resolvedAt!: Date | null;
}

export const { Connection: RedemptionConnection } = connectionTypes(Redemption, 'Redemption');
