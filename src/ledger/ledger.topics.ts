import type { CommandTransaction } from '../platform/database/command';
import { entryId, transferId } from './ledger.id';
import type { EntryRow, Posted } from './transfer';

export const ledgerTopics = {
  'mu.granted': 'Mu was paid into a customer’s wallet for something they did.',
  'wallet.changed': 'A customer’s wallet changed otherwise: held, spent, given, corrected, gone.',
};

/** Announces every line a posting wrote to a wallet, for the wallet's customer and the brand it is about. */
export function announceWallets(tx: CommandTransaction, posted: readonly Posted[]): void {
  for (const { transfer, debit, credit } of posted) {
    for (const line of [debit, credit]) {
      if (line.account_kind !== 'WALLET') continue;
      tx.announce({
        topic: transfer.kind === 'GRANT' ? 'mu.granted' : 'wallet.changed',
        brandId: line.brand_id,
        customerId: line.customer_id,
        payload: {
          ...linkOf(line),
          kind: transfer.kind,
          amount: line.amount,
          reason: transfer.reason,
        },
      });
    }
  }
}

function linkOf(line: EntryRow): { entryId: string; transferId: string } {
  return { entryId: entryId.encode(line.id), transferId: transferId.encode(line.transfer_id) };
}
