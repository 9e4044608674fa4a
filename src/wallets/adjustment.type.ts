import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node';
import { DateTime, Mu } from '../platform/graphql/scalars';

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

function enumOf<Name extends string>(values: Record<Name, string>): { [Key in Name]: Key } {
  return Object.fromEntries(Object.keys(values).map((name) => [name, name])) as {
    [Key in Name]: Key;
  };
}

function described(values: Record<string, string>): Record<string, { description: string }> {
  return Object.fromEntries(
    Object.entries(values).map(([name, description]) => [name, { description }]),
  );
}

export const AdjustmentDirectionEnum = enumOf(directions);

registerEnumType(AdjustmentDirectionEnum, {
  name: 'AdjustmentDirection',
  description: 'Which way an adjustment moves Mu.',
  valuesConfig: described(directions),
});

export const AdjustmentStateEnum = enumOf(states);

registerEnumType(AdjustmentStateEnum, {
  name: 'AdjustmentState',
  description: 'Where an adjustment stands. Only PENDING is left again, and only once.',
  valuesConfig: described(states),
});

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
