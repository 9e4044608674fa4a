import { customerId as customerIds } from '../customers';
import type { CommandTransaction } from '../platform/database/command';

export const walletsTopics = {
  'customer.opted_out':
    'A customer wants no Mu any more: their wallet is empty and closed; show them no Mu.',
  'customer.opted_in': 'A customer who had opted out takes Mu again, beginning at zero.',
  'decay.notice':
    'A customer has long been silent: from decaysAt on, percent of their wallet decays each month.',
};

/** Tells each of these brands, once, that a customer has opted out or in. */
export function announceStanding(
  tx: CommandTransaction,
  topic: keyof typeof walletsTopics,
  customerId: string,
  brandIds: readonly string[],
): void {
  for (const brandId of new Set(brandIds)) {
    tx.announce({
      topic,
      brandId,
      customerId,
      payload: { customerId: customerIds.encode(customerId) },
    });
  }
}
