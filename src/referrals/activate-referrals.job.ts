import type { CommandTransaction } from '../platform/database/command';
import { inTurn } from '../platform/database/turn';
import type { Job } from '../platform/feature';
import { activateAll } from './activation';

const atOnce = 200;

/** Advisory lock of whoever activates referrals. */
const turnLock = 7_219_340_555;

// Those the reserve cannot pay wait until it is filled again, those of whom one has opted out of Mu
// until they are back.
const dueSql = `
  SELECT r.id, r.brand_id AS "brandId" FROM referrals r
  JOIN accounts a ON a.kind = 'RESERVE' AND a.owner = r.program_id
    AND a.balance >= r.referrer_mu + r.friend_mu
  WHERE r.state = 'PENDING' AND EXISTS (
    SELECT FROM brand_identities i
    WHERE i.customer_id = r.friend_id AND i.brand_id = r.brand_id AND i.confirmed_at IS NOT NULL)
    AND NOT EXISTS (SELECT FROM accounts w WHERE w.kind = 'WALLET'
      AND w.owner IN (r.referrer_id, r.friend_id) AND w.closed_at IS NOT NULL)
  ORDER BY r.id LIMIT $1`;

/**
 * Activates referrals whose friend has been confirmed, in whatever way that came about. What is due
 * stays due until it is done, so a crash only delays it; a referral is activated once.
 */
export const activateReferrals: Job = {
  name: 'activate-referrals',
  run: (context) => inTurn(context, turnLock, activateDue),
};

async function activateDue(tx: CommandTransaction): Promise<number> {
  const due = await tx.query<{ id: string; brandId: string }>(dueSql, [atOnce]);
  if (due.length === 0) return 0;
  const activated = await activateAll(tx, due);
  return activated.filter((one) => typeof one === 'object').length;
}
