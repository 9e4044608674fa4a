import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node';
import { DateTime } from '../platform/graphql/scalars';

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

function namesOf<Name extends string>(words: Record<Name, string>): { [N in Name]: N } {
  return Object.fromEntries(Object.keys(words).map((name) => [name, name])) as { [N in Name]: N };
}

function valuesOf(words: Record<string, string>): Record<string, { description: string }> {
  return Object.fromEntries(
    Object.entries(words).map(([name, description]) => [name, { description }]),
  );
}

export const VelvetStatusEnum = namesOf(statuses);
export const PerkKindEnum = namesOf(kinds);

registerEnumType(VelvetStatusEnum, {
  name: 'VelvetStatus',
  description: 'Where a customer stands behind the velvet rope.',
  valuesConfig: valuesOf(statuses),
});

registerEnumType(PerkKindEnum, {
  name: 'VelvetPerkKind',
  description: 'What a perk is made of.',
  valuesConfig: valuesOf(kinds),
});

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
