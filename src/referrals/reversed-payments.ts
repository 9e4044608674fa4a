import type { CommandTransaction } from '../platform/database/command';

// Under their row locks, for whoever takes a payment back goes on to lock accounts.
const lockSql = `
  SELECT r.id, p.transfer_id AS "transferId" FROM referrals r
  JOIN referral_payments p ON p.referral_id = r.id AND p.purpose IN ('REFERRER', 'FRIEND')
  WHERE p.transfer_id = ANY ($1::uuid[]) AND r.state = 'ACTIVE'
  ORDER BY r.id FOR NO KEY UPDATE OF r`;

const endSql = `
  UPDATE referrals r SET state = 'REVERSED', reversed_at = $2
  WHERE r.id = ANY ($1::uuid[]) AND r.state = 'ACTIVE'`;

/** Active referrals whose activation these transfers paid, by the transfer's UUID; locked. */
export async function lockReferralsPaidBy(
  tx: CommandTransaction,
  transfers: readonly string[],
): Promise<Map<string, string>> {
  if (transfers.length === 0) return new Map();
  const rows = await tx.query<{ id: string; transferId: string }>(lockSql, [transfers]);
  return new Map(rows.map(({ id, transferId }) => [transferId, id]));
}

/** Ends referrals whose payment was taken back: no share is paid for them any more. */
export async function endReferrals(tx: CommandTransaction, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.query(endSql, [ids, tx.now]);
}
