import { Field, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { enumOf } from '../platform/graphql/described-enum';
import { DateTime } from '../platform/graphql/scalars';

/** What people are told apart by, with what the schema says of each. */
export const identityKinds = {
  EMAIL: 'An e-mail address.',
  PHONE: 'A phone number.',
  DEVICE: 'A device or browser, by the id the brand gave it; known to that brand only.',
  APP: 'An installation of an app, by the id the brand gave it; known to that brand only.',
} as const;

export type IdentityKind = keyof typeof identityKinds;

export const IdentityKindEnum = enumOf(
  'IdentityKind',
  'What people are told apart by.',
  identityKinds,
);

/** How sure it is that an identity is the customer's. */
export const identityLevels = {
  CLAIMED: 'The brand named it.',
  CONFIRMED: 'The brand says it has verified it with the person.',
  PROVEN: 'A code that was sent there was given back.',
} as const;

export type IdentityLevel = keyof typeof identityLevels;

export const IdentityLevelEnum = enumOf(
  'IdentityLevel',
  'How sure it is that an identity is the customer’s.',
  identityLevels,
);

@ObjectType({
  simpleResolvers: true,
  description: 'An address, a number, a device or an app of a customer, as a brand named it.',
})
export class Identity {
  @Field(() => IdentityKindEnum, { description: 'What kind of identity it is.' })
  kind!: IdentityKind;

  @Field(() => String, {
    description:
      'The canonical e-mail address, the phone number in E.164 form, or the id the brand gave.',
  })
  value!: string;

  @Field(() => IdentityLevelEnum, { description: 'How sure it is that it is the customer’s.' })
  level!: IdentityLevel;

  @Field(() => Date, {
    nullable: true,
    description: 'When a brand first said it has verified the identity with the person.',
  })
  confirmedAt!: Date | null;

  @Field(() => Date, { description: 'When it was first named.' })
  createdAt!: Date;
}

export const identityChanges = {
  LINKED: 'It became the customer’s.',
  CONFIRMED: 'It became surer that it is the customer’s.',
  MOVED: 'It came from a customer who was merged into this one.',
  RETURNED: 'It came back when that merge was undone.',
  TAKEN: 'It became somebody else’s: they proved it, or a merge was undone.',
} as const;

export const IdentityChangeKindEnum = enumOf(
  'IdentityChangeKind',
  'What happened to an identity.',
  identityChanges,
);

export const identitySources = {
  BRAND: 'The brand said so.',
  PROOF: 'The person gave back a code.',
  MERGE: 'Two customers were merged, or parted again.',
} as const;

export const IdentitySourceEnum = enumOf(
  'IdentitySource',
  'Why an identity changed.',
  identitySources,
);

@ObjectType({
  simpleResolvers: true,
  description: 'Something that happened to an identity of a customer with a brand.',
})
export class IdentityChange {
  @Field(() => IdentityKindEnum, { description: 'What kind of identity it is.' })
  kind!: IdentityKind;

  @Field(() => String, { description: 'The identity, in the form `Identity.value` has.' })
  value!: string;

  @Field(() => IdentityChangeKindEnum, { description: 'What happened to it.' })
  change!: keyof typeof identityChanges;

  @Field(() => IdentityLevelEnum, { description: 'How sure it was from then on.' })
  level!: IdentityLevel;

  @Field(() => IdentitySourceEnum, { description: 'Why it happened.' })
  source!: keyof typeof identitySources;

  @Field(() => DateTime, { description: 'When it happened.' })
  happenedAt!: Date;
}

export const { Connection: IdentityChangeConnection } = connectionTypes(
  IdentityChange,
  'IdentityChange',
);
