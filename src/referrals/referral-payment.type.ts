import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { DateTime, Mu } from '../platform/graphql/scalars';

const purposes = {
  REFERRER: 'To the referrer, for the friend’s activation.',
  FRIEND: 'To the friend, for coming.',
  SHARE: 'To the referrer: a share of what the friend earned.',
} as const;

export type PaymentPurpose = keyof typeof purposes;

export const PaymentPurposeEnum = Object.fromEntries(
  Object.keys(purposes).map((purpose) => [purpose, purpose]),
) as { [Purpose in PaymentPurpose]: Purpose };

registerEnumType(PaymentPurposeEnum, {
  name: 'ReferralPaymentPurpose',
  description: 'Whom a referral paid, and for what.',
  valuesConfig: Object.fromEntries(
    Object.entries(purposes).map(([purpose, description]) => [purpose, { description }]),
  ),
});

@ObjectType({ simpleResolvers: true, description: 'One payment a referral led to.' })
export class ReferralPayment {
  @Field(() => PaymentPurposeEnum, { description: 'Whom it was paid to, and for what.' })
  purpose!: PaymentPurpose;

  @Field(() => Mu, { description: 'How much.' })
  amount!: number;

  @Field(() => DateTime, { description: 'When it was paid.' })
  paidAt!: Date;
}

export const { Connection: ReferralPaymentConnection } = connectionTypes(
  ReferralPayment,
  'ReferralPayment',
);
