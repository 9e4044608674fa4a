import { toEntity } from '../platform/database/rows';
import type { Context } from '../platform/graphql/context';
import { transferLoader } from './ledger.loader';
import type { TransferRow } from './transfer';
import { TransferEntity } from './transfer.entity';

/** A transfer as an answer keeps it: why it was made is text somebody typed, and is read anew. */
export function withoutWords(transfer: TransferRow): TransferRow {
  return { ...transfer, reason: '' };
}

/** The transfer of a stored answer with the reason its row has now; null when nothing was moved. */
export async function toldTransfer(
  context: Context,
  stored: TransferRow | undefined,
): Promise<TransferEntity | null> {
  if (stored === undefined) return null;
  const row = await transferLoader(context).load(stored.id);
  return toEntity(TransferEntity, { ...stored, reason: row?.reason ?? 'erased' });
}
