import {
  accounts,
  pairOf,
  type AccountRef,
  type Posted,
  type Posting,
  type ShareRef,
} from '../ledger';
import type { CommandTransaction } from '../platform/database/command';
import { storePayments, type Payment } from './payments';
import type { ReferralRow } from './referral.entity';
import { shareOwed } from './share-owed';

const lockSql = `
  SELECT r.* FROM referrals r
  WHERE r.state = 'ACTIVE' AND r.share_ends_at > $3 AND (r.brand_id, r.friend_id) IN
    (SELECT t.brand_id, t.friend_id FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, friend_id))
  ORDER BY r.id FOR NO KEY UPDATE OF r`;

const storeSql = `
  UPDATE referrals r SET earned_mu = t.earned_mu, shared_mu = t.shared_mu
  FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS t(id, earned_mu, shared_mu)
  WHERE r.id = t.id`;

/**
 * Shares that are to be paid in the transaction that pays friends. Opened before the accounts are
 * locked, whose list it adds to; told of every grant; stored at the end.
 */
export class TrailingShares {
  private readonly byFriend: ReadonlyMap<string, ReferralRow>;
  private readonly changed = new Set<ReferralRow>();
  private readonly payments: Payment[] = [];

  constructor(rows: readonly ReferralRow[]) {
    this.byFriend = new Map(rows.map((row) => [pairOf(row.brand_id, row.friend_id), row]));
  }

  /** What the payments may touch, to be locked with the accounts of the friends. */
  get accounts(): AccountRef[] {
    return [...this.byFriend.values()].flatMap((row) => [
      accounts.reserve(row.brand_id, row.program_id),
      accounts.wallet(row.referrer_id),
    ]);
  }

  get pairs(): ShareRef[] {
    return [...this.byFriend.values()].map(({ brand_id: brandId, referrer_id: customerId }) => {
      return { brandId, customerId };
    });
  }

  /**
   * Counts what a friend was granted and pays what the referrer is owed for it, as far as the reserve
   * goes; the rest stays owed until a later grant finds more there. Whoever brought the referrer gets
   * nothing: a share is no attention.
   */
  paid(posting: Posting, { transfer }: Posted): void {
    const row = this.byFriend.get(pairOf(transfer.brand_id, transfer.customer_id as string));
    if (row === undefined) return;
    row.earned_mu += transfer.amount;
    this.changed.add(row);
    const reserve = accounts.reserve(row.brand_id, row.program_id);
    const amount = Math.min(owedTo(row), posting.balanceOf(reserve));
    if (amount <= 0) return;
    const posted = posting.transfer({
      kind: 'GRANT',
      debit: reserve,
      credit: accounts.wallet(row.referrer_id),
      amount,
      reason: `${row.share_percent} % of what a friend you brought earned`,
      brandId: row.brand_id,
      customerId: row.referrer_id,
      eventId: transfer.event_id,
    });
    // A wallet that is full to the last number: the share stays owed.
    if (typeof posted === 'string') return;
    row.shared_mu += amount;
    this.payments.push({ row, purpose: 'SHARE', posted });
  }

  async store(tx: CommandTransaction): Promise<void> {
    if (this.changed.size === 0) return;
    const rows = [...this.changed];
    await tx.query(storeSql, [
      rows.map(({ id }) => id),
      rows.map(({ earned_mu: earned }) => earned),
      rows.map(({ shared_mu: shared }) => shared),
    ]);
    await storePayments(tx, this.payments.splice(0));
  }
}

function owedTo(row: ReferralRow): number {
  return shareOwed({
    sharePercent: row.share_percent,
    shareCapMu: row.share_cap_mu,
    earnedMu: row.earned_mu,
    sharedMu: row.shared_mu,
  });
}

/**
 * Opens the shares that attention of these customers may pay, in one statement; in none where no brand
 * concerned ever had a programme. Locks the referrals, so it comes before the accounts.
 */
export async function openTrailingShares(
  tx: CommandTransaction,
  friends: readonly (ShareRef & { refersFriends: boolean })[],
): Promise<TrailingShares> {
  const asked = friends.filter(({ refersFriends }) => refersFriends);
  if (asked.length === 0) return new TrailingShares([]);
  const rows = await tx.query<ReferralRow>(lockSql, [
    asked.map(({ brandId }) => brandId),
    asked.map(({ customerId }) => customerId),
    tx.now,
  ]);
  return new TrailingShares(rows);
}
