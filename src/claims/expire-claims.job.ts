import { accounts, Posting, type AccountRef } from '../ledger';
import type { CommandTransaction } from '../platform/database/command';
import type { Job } from '../platform/feature';
import { claimColumns, type ClaimRow } from './claim.entity';
import { claimId } from './claim.id';
import { storeClaims } from './claim-rows';

const atOnce = 200;

// A row somebody else is just binding is skipped, and so shared out between processes; its state is
// read with its lock.
const dueSql = `
  SELECT ${claimColumns} FROM claims c
  WHERE c.state IN ('OPEN', 'PENDING') AND c.expires_at <= $1
  ORDER BY c.expires_at LIMIT $2
  FOR NO KEY UPDATE OF c SKIP LOCKED`;

/**
 * Ends claims nobody said were theirs, and gives their Mu back where it was taken from, exactly. What is
 * due stays due until it is done, so a restart or a crash only delays it.
 */
export const expireClaims: Job = {
  name: 'expire-claims',
  run: ({ database, clock }) => database.transact(clock, expireDue),
};

async function expireDue(tx: CommandTransaction): Promise<number> {
  const due = await tx.query<ClaimRow>(dueSql, [tx.now, atOnce]);
  if (due.length === 0) return 0;
  const pending = due.filter(({ state }) => state === 'PENDING');
  const posting = await Posting.open(tx, pending.flatMap(accountsOf), []);
  for (const claim of pending) giveBack(posting, claim);
  for (const claim of due) expire(tx, claim);
  await storeClaims(tx, due);
  await posting.flush();
  return due.length;
}

function accountsOf({ brand_id: brandId, id, message_id: message }: ClaimRow): AccountRef[] {
  const refs = [accounts.reserve(brandId, id), accounts.budget(brandId)];
  return message === null ? refs : [...refs, accounts.reserve(brandId, message)];
}

/** Into the message's reserve, or into the budget when that was the source or the message has expired. */
function giveBack(
  posting: Posting,
  { brand_id: brandId, id, message_id: message }: ClaimRow,
): void {
  const reserve = accounts.reserve(brandId, id);
  const source = message === null ? null : accounts.reserve(brandId, message);
  const amount = posting.balanceOf(reserve);
  if (amount > 0) {
    const posted = posting.transfer({
      kind: 'RESERVE_RELEASE',
      debit: reserve,
      credit: source === null || posting.isClosed(source) ? accounts.budget(brandId) : source,
      amount,
      reason: 'A claim nobody said was theirs',
      brandId,
      messageId: message,
    });
    if (typeof posted === 'string') throw new Error('a claim could not be given back');
  }
  posting.close(reserve);
}

function expire(tx: CommandTransaction, claim: ClaimRow): void {
  claim.state = 'EXPIRED';
  const payload = { claimId: claimId.encode(claim.id), mu: claim.mu };
  tx.announce({ topic: 'claim.expired', brandId: claim.brand_id, customerId: null, payload });
}
