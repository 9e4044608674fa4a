import { Field, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node';
import { DateTime } from '../platform/graphql/scalars';
import { enumOf } from '../platform/graphql/described-enum';

const statuses = {
  INVITED: 'The brand has invited the customer, who has not answered yet.',
  ACTIVE: 'The customer has accepted.',
  REVOKED: 'The brand has taken it back; it may invite again.',
} as const;

export type VelvetStatus = keyof typeof statuses;

const kinds = {
  EXCLUSIVITY: 'Something others do not get.',
  EASE: 'Something made easier: no queue, a person to call.',
  ACCESS: 'Something others get later, or not there.',
} as const;

export type PerkKind = keyof typeof kinds;

export const VelvetStatusEnum = enumOf(
  'VelvetStatus',
  'Where a customer stands behind the velvet rope.',
  statuses,
);
export const PerkKindEnum = enumOf('VelvetPerkKind', 'What a perk is made of.', kinds);

@ObjectType('VelvetPerk', {
  implements: Node,
  simpleResolvers: true,
  description: 'Something a brand does for one of its best customers, once.',
})
export class VelvetPerk extends Node {
  @Field(() => PerkKindEnum, { description: 'What it is made of.' })
  kind!: PerkKind;

  @Field(() => String, { description: 'What it is.' })
  name!: string;

  @Field(() => DateTime, { description: 'When it was granted.' })
  grantedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was used; null before.' })
  redeemedAt!: Date | null;
}

export const { Connection: VelvetPerkConnection } = connectionTypes(VelvetPerk, 'VelvetPerk');

@ObjectType('VelvetMember', {
  implements: Node,
  simpleResolvers: true,
  description: 'A customer among a brand’s best, by its invitation; a status, and no Mu.',
})
export class VelvetMember extends Node {
  @Field(() => VelvetStatusEnum, { description: 'Where they stand.' })
  status!: VelvetStatus;

  @Field(() => DateTime, { description: 'When they were invited last.' })
  invitedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Since when they have accepted.' })
  since!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was taken back.' })
  revokedAt!: Date | null;
}

@ObjectType('VelvetArrival', {
  implements: Node,
  simpleResolvers: true,
  description: 'A member who came to a store and was recognised there.',
})
export class VelvetArrival extends Node {
  @Field(() => String, { description: 'The store, as the brand calls it.' })
  storeId!: string;

  @Field(() => DateTime, { description: 'When they came.' })
  arrivedAt!: Date;
}
