import { Posting } from '../ledger';
import type { CommandTransaction } from '../platform/database/command';
import type { Job } from '../platform/feature';
import { accountsOfReserve, closeReserve } from './claim-reserve';
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
  const posting = await Posting.open(tx, pending.flatMap(accountsOfReserve), []);
  for (const claim of pending) closeReserve(posting, claim, 'A claim nobody said was theirs');
  for (const claim of due) expire(tx, claim);
  await storeClaims(tx, due);
  await posting.flush();
  return due.length;
}

function expire(tx: CommandTransaction, claim: ClaimRow): void {
  claim.state = 'EXPIRED';
  const payload = { claimId: claimId.encode(claim.id), mu: claim.mu };
  tx.announce({ topic: 'claim.expired', brandId: claim.brand_id, customerId: null, payload });
}
