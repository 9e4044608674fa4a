import type { CommandTransaction } from '../platform/database/command';
import type { RedemptionRow } from './redemption.entity';
import { redemptionId } from './shop.id';

export const redemptionTopics = {
  'redemption.changed':
    'A redemption was made, captured, cancelled, has expired or was refunded; `state` says which.',
};

/** Announces the state redemptions have come to. */
export function announceRedemptions(tx: CommandTransaction, rows: readonly RedemptionRow[]): void {
  for (const row of rows) {
    tx.announce({
      topic: 'redemption.changed',
      brandId: row.brand_id,
      customerId: row.customer_id,
      payload: { redemptionId: redemptionId.encode(row.id), state: row.state, amount: row.amount },
    });
  }
}
