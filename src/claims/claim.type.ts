import { Directive, Field, ObjectType } from 'type-graphql';
import { Node } from '../platform/graphql/node';
import { DateTime, Mu } from '../platform/graphql/scalars';
import { enumOf } from '../platform/graphql/described-enum';

const states = {
  OPEN: 'Somebody scanned the code; nothing waits for them yet.',
  PENDING: 'What the code asks for was done: the Mu waits for them to say who they are.',
  BOUND: 'They said who they are, and the Mu is in their wallet.',
  EXPIRED: 'They never said so: the Mu went back to where it came from.',
} as const;

export type ClaimState = keyof typeof states;

export const ClaimStateEnum = enumOf('ClaimState', 'Where a claim stands.', states);

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'What an unknown person earned at a code; it waits until they say who they are.',
})
export class Claim extends Node {
  @Field(() => ClaimStateEnum, { description: 'Where it stands.' })
  state!: ClaimState;

  @Field(() => Mu, {
    nullable: true,
    description: 'The Mu set aside for it, or paid; null while nothing is.',
  })
  mu!: number | null;

  @Field(() => DateTime, { description: 'When the code was scanned.' })
  createdAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When what the code asks for was done; null until then.',
  })
  answeredAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the person said who they are; null until then.',
  })
  boundAt!: Date | null;

  @Field(() => DateTime, { description: 'Until when they may.' })
  expiresAt!: Date;
}
