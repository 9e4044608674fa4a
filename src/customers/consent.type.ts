import { Field, ObjectType, registerEnumType } from 'type-graphql';

/** What a customer can consent to, with what the schema says of each. */
export const consentPurposes = {
  MESSAGES: 'The brand may send the customer messages.',
  BALANCE_VISIBLE:
    "The brand may see the customer's whole Mu balance, other brands' part included.",
  NETWORK_STREAK:
    'Days on which the customer gave attention to any brand count in their streaks with this one.',
  DATA_SHARING: 'The brand may hand what it knows of the customer to its partners.',
} as const;

export type ConsentPurpose = keyof typeof consentPurposes;

export const ConsentPurposeEnum: { [Purpose in ConsentPurpose]: Purpose } = {
  MESSAGES: 'MESSAGES',
  BALANCE_VISIBLE: 'BALANCE_VISIBLE',
  NETWORK_STREAK: 'NETWORK_STREAK',
  DATA_SHARING: 'DATA_SHARING',
};

registerEnumType(ConsentPurposeEnum, {
  name: 'ConsentPurpose',
  description: 'What a customer allows a brand, or not.',
  valuesConfig: {
    MESSAGES: { description: consentPurposes.MESSAGES },
    BALANCE_VISIBLE: { description: consentPurposes.BALANCE_VISIBLE },
    NETWORK_STREAK: { description: consentPurposes.NETWORK_STREAK },
    DATA_SHARING: { description: consentPurposes.DATA_SHARING },
  },
});

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
