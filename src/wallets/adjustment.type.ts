import { Directive, Field, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node';
import { DateTime, Mu } from '../platform/graphql/scalars';
import { enumOf } from '../platform/graphql/described-enum';

const directions = {
  CREDIT: 'Out of the brand’s budget into the wallet.',
  DEBIT: 'Out of the wallet into the brand’s budget, at most the brand’s share.',
} as const;

const states = {
  PENDING: 'Asked for; it waits for a second person.',
  APPROVED: 'A second person agreed: the Mu has moved.',
  DECLINED: 'Somebody said no: nothing has moved.',
  EXPIRED: 'Nobody decided in time: nothing has moved.',
} as const;

export type AdjustmentDirection = keyof typeof directions;
export type AdjustmentState = keyof typeof states;

export const AdjustmentDirectionEnum = enumOf(
  'AdjustmentDirection',
  'Which way an adjustment moves Mu.',
  directions,
);

export const AdjustmentStateEnum = enumOf(
  'AdjustmentState',
  'Where an adjustment stands. Only PENDING is left again, and only once.',
  states,
);

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A correction of a wallet by hand: one person asks for it, another approves it.',
})
export class Adjustment extends Node {
  @Field(() => AdjustmentDirectionEnum, { description: 'Which way the Mu moves.' })
  direction!: AdjustmentDirection;

  @Field(() => Mu, { description: 'How much.' })
  amount!: number;

  @Field(() => String, { description: 'Why; shown on the statement once it is approved.' })
  reason!: string;

  @Field(() => AdjustmentStateEnum, { description: 'Where it stands.' })
  state!: AdjustmentState;

  @Field(() => DateTime, { description: 'When it was asked for.' })
  requestedAt!: Date;

  @Field(() => DateTime, { description: 'From when on it can no longer be approved.' })
  expiresAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was decided, or expired.' })
  decidedAt!: Date | null;
}

export const { Connection: AdjustmentConnection } = connectionTypes(Adjustment, 'Adjustment');
