import { accounts, Posting } from '../ledger';
import type { CommandTransaction } from '../platform/database/command';
import { inTurn } from '../platform/database/turn';
import type { Job } from '../platform/feature';

interface DueMessage {
  id: string;
  brand_id: string;
  external_id: string;
}

const atOnce = 200;

/** Advisory lock of whoever expires messages; a tool that plays past days holds it meanwhile. */
export const messageExpiryLock = 7_219_340_552;

// A message is due while its reserve account is open.
const dueSql = `
  SELECT m.id, m.brand_id, m.external_id FROM messages m
  JOIN accounts a ON a.kind = 'RESERVE' AND a.owner = m.id AND a.closed_at IS NULL
  WHERE m.audience IS NOT NULL AND m.expires_at <= $1
  ORDER BY m.expires_at LIMIT $2`;

/**
 * Gives the unused rest of expired messages back to their budgets, exactly, and closes the reserves.
 * What is due stays due until it is done, so a restart or a crash only delays it.
 */
export const expireMessages: Job = {
  name: 'expire-messages',
  run: (context) => inTurn(context, messageExpiryLock, releaseDue),
};

async function releaseDue(tx: CommandTransaction): Promise<number> {
  const due = await tx.query<DueMessage>(dueSql, [tx.now, atOnce]);
  if (due.length === 0) return 0;
  const refs = due.flatMap((message) => [
    accounts.reserve(message.brand_id, message.id),
    accounts.budget(message.brand_id),
  ]);
  const posting = await Posting.open(tx, refs, []);
  for (const message of due) release(posting, message);
  await posting.flush();
  return due.length;
}

function release(posting: Posting, message: DueMessage): void {
  const reserve = accounts.reserve(message.brand_id, message.id);
  if (posting.isClosed(reserve)) return;
  const amount = posting.balanceOf(reserve);
  if (amount > 0) {
    const posted = posting.transfer({
      kind: 'RESERVE_RELEASE',
      debit: reserve,
      credit: accounts.budget(message.brand_id),
      amount,
      reason: `Unused rest of ${message.external_id}`,
      brandId: message.brand_id,
      messageId: message.id,
    });
    if (typeof posted === 'string') throw new Error('a reserve could not be released');
  }
  posting.close(reserve);
}
