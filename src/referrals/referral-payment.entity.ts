import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PaymentPurpose, ReferralPayment } from './referral-payment.type';

/** Columns of the referral_payments table. */
export interface ReferralPaymentRow {
  transfer_id: string;
  brand_id: string;
  referral_id: string;
  customer_id: string;
  purpose: PaymentPurpose;
  amount: number;
  paid_at: Date;
}

@Entity('referral_payments')
export class ReferralPaymentEntity implements ReferralPayment {
  @PrimaryColumn({ type: 'uuid', name: 'transfer_id' })
  transferUuid!: string;

  @Column({ type: 'uuid', name: 'referral_id' })
  referralUuid!: string;

  @Column({ type: 'text', name: 'purpose' })
  purpose!: PaymentPurpose;

  @Column({ type: 'bigint', name: 'amount' })
  amount!: number;

  @Column({ type: 'timestamptz', name: 'paid_at' })
  paidAt!: Date;
}
