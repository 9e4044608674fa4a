import { Field, ObjectType, registerEnumType } from 'type-graphql';

/** What people are told apart by, with what the schema says of each. */
export const identityKinds = {
  EMAIL: 'An e-mail address.',
  PHONE: 'A phone number.',
} as const;

export type IdentityKind = keyof typeof identityKinds;

export const IdentityKindEnum: { [Kind in IdentityKind]: Kind } = {
  EMAIL: 'EMAIL',
  PHONE: 'PHONE',
};

registerEnumType(IdentityKindEnum, {
  name: 'IdentityKind',
  description: 'What people are told apart by.',
  valuesConfig: {
    EMAIL: { description: identityKinds.EMAIL },
    PHONE: { description: identityKinds.PHONE },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: 'An address or number of a customer, as a brand named it.',
})
export class Identity {
  @Field(() => IdentityKindEnum, { description: 'What kind of identity it is.' })
  kind!: IdentityKind;

  @Field(() => String, {
    description: 'The canonical e-mail address, or the phone number in E.164 form.',
  })
  value!: string;

  @Field(() => Date, {
    nullable: true,
    description: 'When a brand first said it has verified the identity with the person.',
  })
  confirmedAt!: Date | null;

  @Field(() => Date, { description: 'When it was first named.' })
  createdAt!: Date;
}
