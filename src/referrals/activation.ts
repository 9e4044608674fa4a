import { accounts, Posting, type Posted } from '../ledger';
import type { CommandTransaction } from '../platform/database/command';
import type { UserErrorCode } from '../platform/errors';
import { storePayments } from './payments';
import type { PaymentPurpose } from './referral-payment.type';
import type { ReferralRow } from './referral.entity';
import { referralId } from './referral.id';

/*
 * Lock order of referrals: their rows by id, then the ledger's accounts (inside Posting.open), then
 * nothing more. Attention of a friend, an activation and a reversal all go that way.
 */

const day = 86_400_000;

const lockSql = `
  SELECT r.* FROM referrals r
  WHERE (r.brand_id, r.id) IN (SELECT t.brand_id, t.id FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, id))
  ORDER BY r.id FOR NO KEY UPDATE OF r`;

const storeSql = `
  UPDATE referrals r SET state = 'ACTIVE', activated_at = $2, share_ends_at = t.share_ends_at
  FROM unnest($1::uuid[], $3::timestamptz[]) AS t(id, share_ends_at)
  WHERE r.id = t.id`;

/** A referral as one brand names it. */
export interface ReferralRef {
  brandId: string;
  id: string;
}

/** What became of activating a referral: the row as it is now, or why it is not active. */
export type Activated = ReferralRow | UserErrorCode;

/**
 * Activates referrals one after another: both people are paid out of the programme's reserve, or
 * neither. Answers in order; of several for one referral the first counts.
 */
export async function activateAll(
  tx: CommandTransaction,
  refs: readonly (ReferralRef | null)[],
): Promise<Activated[]> {
  const named = refs.filter((ref) => ref !== null);
  const rows = await tx.query<ReferralRow>(lockSql, [
    named.map(({ brandId }) => brandId),
    named.map(({ id }) => id),
  ]);
  const found = new Map(rows.map((row) => [`${row.brand_id} ${row.id}`, row]));
  const posting = await Posting.open(tx, rows.flatMap(accountsOf), rows.flatMap(pairsOf));
  const payments: Parameters<typeof storePayments>[1][number][] = [];
  const activated: ReferralRow[] = [];
  const answers = refs.map((ref): Activated => {
    const row = ref === null ? undefined : found.get(`${ref.brandId} ${ref.id}`);
    if (row === undefined) return 'NOT_FOUND';
    if (row.state !== 'PENDING') return 'ALREADY_RESOLVED';
    const reserve = accounts.reserve(row.brand_id, row.program_id);
    if (posting.balanceOf(reserve) < row.referrer_mu + row.friend_mu) return 'BUDGET_EXHAUSTED';
    const people = [row.referrer_id, row.friend_id].map(accounts.wallet);
    if (people.some((wallet) => posting.isClosed(wallet))) return 'CUSTOMER_OPTED_OUT';
    for (const [purpose, posted] of pay(posting, row)) payments.push({ row, purpose, posted });
    row.state = 'ACTIVE';
    row.activated_at = tx.now;
    row.share_ends_at = new Date(tx.now.getTime() + row.share_days * day);
    activated.push(row);
    announce(tx, row);
    return { ...row };
  });
  await store(tx, activated);
  await posting.flush();
  await storePayments(tx, payments);
  return answers;
}

function accountsOf(row: ReferralRow) {
  return [
    accounts.reserve(row.brand_id, row.program_id),
    accounts.wallet(row.referrer_id),
    accounts.wallet(row.friend_id),
  ];
}

function pairsOf({ brand_id: brandId, referrer_id: referrer, friend_id: friend }: ReferralRow) {
  return [referrer, friend].map((customerId) => ({ brandId, customerId }));
}

function pay(posting: Posting, row: ReferralRow): [PaymentPurpose, Posted][] {
  const lines = [
    ['REFERRER', row.referrer_id, row.referrer_mu, 'A friend you brought has joined'],
    ['FRIEND', row.friend_id, row.friend_mu, 'Welcome: a friend brought you'],
  ] as const;
  return lines
    .filter(([, , amount]) => amount > 0)
    .map(([purpose, customerId, amount, reason]): [PaymentPurpose, Posted] => {
      const posted = posting.transfer({
        kind: 'GRANT',
        debit: accounts.reserve(row.brand_id, row.program_id),
        credit: accounts.wallet(customerId),
        amount,
        reason,
        brandId: row.brand_id,
        customerId,
      });
      if (typeof posted === 'string') throw new Error('a referral could not be paid');
      return [purpose, posted];
    });
}

function announce(tx: CommandTransaction, row: ReferralRow): void {
  tx.announce({
    topic: 'referral.activated',
    brandId: row.brand_id,
    customerId: row.referrer_id,
    payload: {
      referralId: referralId.encode(row.id),
      referrerMu: row.referrer_mu,
      friendMu: row.friend_mu,
    },
  });
}

async function store(tx: CommandTransaction, rows: readonly ReferralRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(storeSql, [
    rows.map(({ id }) => id),
    tx.now,
    rows.map(({ share_ends_at: ends }) => ends),
  ]);
}
