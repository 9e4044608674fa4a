import type { Posted } from '../ledger';
import type { CommandTransaction } from '../platform/database/command';
import type { PaymentPurpose } from './referral-payment.type';
import type { ReferralPaymentRow } from './referral-payment.entity';
import type { ReferralRow } from './referral.entity';

/** A transfer that was posted for a referral. */
export interface Payment {
  row: Pick<ReferralRow, 'id' | 'brand_id' | 'friend_id' | 'referrer_id'>;
  purpose: PaymentPurpose;
  posted: Posted;
}

const insertSql = `
  INSERT INTO referral_payments
  SELECT * FROM jsonb_populate_recordset(NULL::referral_payments, $1::jsonb)`;

/** Remembers which transfers a referral led to, so that they can be found and taken back. */
export async function storePayments(
  tx: CommandTransaction,
  payments: readonly Payment[],
): Promise<void> {
  if (payments.length === 0) return;
  const rows = payments.map(({ row, purpose, posted }): ReferralPaymentRow => {
    return {
      transfer_id: posted.transfer.id,
      brand_id: row.brand_id,
      referral_id: row.id,
      customer_id: purpose === 'FRIEND' ? row.friend_id : row.referrer_id,
      purpose,
      amount: posted.transfer.amount,
      paid_at: tx.now,
    };
  });
  await tx.query(insertSql, [JSON.stringify(rows)]);
}
