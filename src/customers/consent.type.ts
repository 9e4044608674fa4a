import { Field, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { enumOf } from '../platform/graphql/described-enum';

/** What a customer can consent to, with what the schema says of each. */
export const consentPurposes = {
  MESSAGES: 'The brand may send the customer messages.',
  MARKETING: 'The brand may send the customer promotions; only with MESSAGES.',
  PERSONALISATION: 'The brand may choose what it shows the customer by what it knows of them.',
  PROFILING: 'The brand may foretell what the customer will do: scores, worth, segments.',
  BALANCE_VISIBLE:
    "The brand may see the customer's whole Mu balance, other brands' part included.",
  NETWORK_STREAK:
    'Days on which the customer gave attention to any brand count in their streaks with this one.',
  DATA_SHARING: 'The brand may hand what it knows of the customer to its partners.',
} as const;

export type ConsentPurpose = keyof typeof consentPurposes;

export const ConsentPurposeEnum = enumOf(
  'ConsentPurpose',
  'What a customer allows a brand, or not.',
  consentPurposes,
);

const tellers = {
  BRAND: 'The brand, by one of its keys.',
  CUSTOMER: 'The customer, by a token of their own.',
} as const;

/** Who told us something a customer wants or does not want. */
export type Teller = keyof typeof tellers;

export const TellerEnum = enumOf('Teller', 'Who told us what a customer wants.', tellers);

@ObjectType({
  simpleResolvers: true,
  description: "A customer's word to one brand, as the brand recorded it; the last one counts.",
})
export class Consent {
  @Field(() => ConsentPurposeEnum, { description: 'What it is about.' })
  purpose!: ConsentPurpose;

  @Field(() => Boolean, { description: 'Whether the customer allows it.' })
  granted!: boolean;

  @Field(() => Date, { description: 'When the brand recorded it last.' })
  recordedAt!: Date;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'One word of a customer to one brand, kept for good: what counts is the newest of them.',
})
export class ConsentChange {
  @Field(() => ConsentPurposeEnum, { description: 'What it is about.' })
  purpose!: ConsentPurpose;

  @Field(() => Boolean, { description: 'Whether the customer allowed it, or withdrew it.' })
  granted!: boolean;

  @Field(() => TellerEnum, { description: 'Who told us.' })
  toldBy!: Teller;

  @Field(() => String, {
    nullable: true,
    description: 'Where the customer said so, as the teller names it: a form, a shop, a call.',
  })
  source!: string | null;

  @Field(() => Date, { description: 'When the customer said so, as the teller says.' })
  givenAt!: Date;

  @Field(() => Date, { description: 'When it was recorded.' })
  recordedAt!: Date;
}

export const { Connection: ConsentChangeConnection } = connectionTypes(
  ConsentChange,
  'ConsentChange',
);
