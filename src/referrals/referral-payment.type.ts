import { Field, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { DateTime, Mu } from '../platform/graphql/scalars';
import { enumOf } from '../platform/graphql/described-enum';

const purposes = {
  REFERRER: 'To the referrer, for the friend’s activation.',
  FRIEND: 'To the friend, for coming.',
  SHARE: 'To the referrer: a share of what the friend earned.',
} as const;

export type PaymentPurpose = keyof typeof purposes;

export const PaymentPurposeEnum = enumOf(
  'ReferralPaymentPurpose',
  'Whom a referral paid, and for what.',
  purposes,
);

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
