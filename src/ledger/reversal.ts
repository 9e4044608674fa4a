import type { CommandTransaction } from '../platform/database/command';
import type { UserErrorCode } from '../platform/errors';
import { budget, burn, hold, mint, reserve, wallet, type AccountRef } from './account';
import type { Posting } from './posting';
import type { Posted, TransferKind, TransferRow } from './transfer';

/** A transfer that might be reversed: its columns, its accounts by name, and whether it has been. */
export interface Reversible {
  transfer: TransferRow;
  debit: AccountRef;
  credit: AccountRef;
  reversed: boolean;
}

const readSql = `
  SELECT t.*, d.kind AS debit_kind, d.owner AS debit_owner, c.kind AS credit_kind, c.owner AS credit_owner,
    EXISTS (SELECT FROM transfers r WHERE r.reverses = t.id) AS reversed
  FROM transfers t
  JOIN accounts d ON d.id = t.debit_account
  JOIN accounts c ON c.id = t.credit_account
  WHERE t.id = ANY ($1::uuid[])`;

type Row = TransferRow & {
  debit_kind: AccountRef['kind'];
  debit_owner: string;
  credit_kind: AccountRef['kind'];
  credit_owner: string;
  reversed: boolean;
};

/** Reads transfers to be reversed, by UUID. `reversed` is true to the moment only under the accounts' locks. */
export async function readReversals(
  tx: CommandTransaction,
  ids: readonly string[],
): Promise<Map<string, Reversible>> {
  const rows = await tx.query<Row>(readSql, [ids]);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        transfer: row,
        debit: refOf(row.debit_kind, row.debit_owner, row.brand_id),
        credit: refOf(row.credit_kind, row.credit_owner, row.brand_id),
        reversed: row.reversed,
      },
    ]),
  );
}

function refOf(kind: AccountRef['kind'], owner: string, brandId: string): AccountRef {
  switch (kind) {
    case 'MINT':
      return mint;
    case 'BUDGET':
      return budget(owner);
    case 'RESERVE':
      return reserve(brandId, owner);
    case 'WALLET':
      return wallet(owner);
    case 'HOLD':
      return hold(owner);
    case 'BURN':
      return burn(owner);
  }
}

const refusalOf: Partial<Record<AccountRef['kind'], UserErrorCode>> = {
  WALLET: 'INSUFFICIENT_MU',
  HOLD: 'INSUFFICIENT_MU',
  BUDGET: 'BUDGET_EXHAUSTED',
  RESERVE: 'BUDGET_EXHAUSTED',
};

/**
 * The account a reversal pays back into. A capture is refunded to the wallet, not to the hold it came
 * from, which has ended; a grant whose message has closed goes back to the budget.
 */
function destination(posting: Posting, { transfer, debit }: Reversible): AccountRef {
  if (transfer.kind === 'HOLD_CAPTURE') return wallet(debit.owner);
  if (debit.kind === 'RESERVE' && posting.isClosed(debit)) return budget(transfer.brand_id);
  return debit;
}

/** Every account a reversal may touch. */
export function accountsToReverse({ transfer, debit, credit }: Reversible): AccountRef[] {
  const refs = [debit, credit];
  if (debit.kind === 'RESERVE') refs.push(budget(transfer.brand_id));
  if (transfer.customer_id !== null) refs.push(wallet(transfer.customer_id));
  return refs;
}

const reversibleKinds = new Set<TransferKind>([
  'ISSUE',
  'RESERVE',
  'GRANT',
  'HOLD',
  'HOLD_CAPTURE',
]);

/** Posts the inverse of a transfer, or says why not. The accounts of `accountsToReverse` are locked. */
export function reverse(
  posting: Posting,
  reversible: Reversible,
  reason: string,
): Posted | UserErrorCode {
  const { transfer, credit, reversed } = reversible;
  if (reversed) return 'ALREADY_REVERSED';
  if (!reversibleKinds.has(transfer.kind)) return 'NOT_REVERSIBLE';
  // What is set aside for anything but a message has been promised to somebody.
  if (transfer.kind === 'RESERVE' && credit.owner !== transfer.message_id) return 'NOT_REVERSIBLE';
  const posted = posting.transfer({
    kind: 'REVERSAL',
    debit: credit,
    credit: destination(posting, reversible),
    amount: transfer.amount,
    reason,
    brandId: transfer.brand_id,
    customerId: transfer.customer_id,
    eventId: transfer.event_id,
    messageId: transfer.message_id,
    ruleId: transfer.rule_id,
    holdId: transfer.hold_id,
    reverses: { id: transfer.id, kind: transfer.kind },
  });
  if (posted === 'TOO_MUCH') return 'AMOUNT_TOO_LARGE';
  if (posted === 'CLOSED') return 'CUSTOMER_OPTED_OUT';
  if (posted === 'TOO_LITTLE') return refusalOf[credit.kind] ?? 'INSUFFICIENT_MU';
  reversible.reversed = true;
  return posted;
}
