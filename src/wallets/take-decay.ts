import { accounts, Posting, readSharesOf, type Share } from '../ledger';
import type { CommandTransaction } from '../platform/database/command';
import { momentOfStep, partOf, stepAt } from './decay-months';
import { lastSignsOf } from './signs-of-life';
import { spread } from './spread';

const atOnce = 100;

interface DueNotice {
  customer_id: string;
  silent_since: Date;
  decays_at: Date;
  percent: number;
}

/** A month of a silence, and what it takes. */
interface Step extends DueNotice {
  step: number;
  amount: number;
}

const dueSql = `
  SELECT n.customer_id, n.silent_since, n.decays_at, n.percent FROM decay_notices n
  WHERE n.ended_at IS NULL AND n.next_at <= $1 ORDER BY n.next_at LIMIT $2`;

/**
 * Takes the month's part of wallets whose owners are still silent, and ends the notice of the others;
 * answers how many were due. Accounts are locked first, as a merge of two customers does it too.
 */
export async function takeDecay(tx: CommandTransaction): Promise<number> {
  const due = await tx.query<DueNotice>(dueSql, [tx.now, atOnce]);
  if (due.length === 0) return 0;
  const ids = due.map((notice) => notice.customer_id);
  const brands = new Set((await readSharesOf(tx, ids)).map((share) => share.brand_id));
  const refs = [...ids.map(accounts.wallet), ...[...brands].map(accounts.burn)];
  const posting = await Posting.open(tx, refs, []);
  const shares = await posting.learnSharesOf(ids);
  const signs = await lastSignsOf(tx, ids);
  const steps = due.map((notice) => stepOf(tx, posting, notice, signs.get(notice.customer_id)));
  const taking = steps.filter(({ amount }) => amount > 0);
  for (const step of await storeSteps(tx, taking)) {
    take(posting, step, shares.get(step.customer_id) ?? []);
  }
  await storeNotices(tx, steps);
  await posting.flush();
  return due.length;
}

/** Nothing is taken from whoever stirred or opted out; and where a month takes nothing, later ones do not. */
function stepOf(
  tx: CommandTransaction,
  posting: Posting,
  notice: DueNotice,
  lastSign: Date | undefined,
): Step {
  const wallet = accounts.wallet(notice.customer_id);
  const stirred = lastSign === undefined || lastSign > notice.silent_since;
  const spared = stirred || posting.isClosed(wallet);
  const amount = spared ? 0 : partOf(posting.balanceOf(wallet), notice.percent);
  return { ...notice, step: stepAt(notice.decays_at, tx.now), amount };
}

function take(posting: Posting, step: Step, shares: readonly Share[]): void {
  const customerId = step.customer_id;
  for (const { part, amount } of spread(step.amount, shares)) {
    const posted = posting.transfer({
      kind: 'DECAY',
      debit: accounts.wallet(customerId),
      credit: accounts.burn(part.brand_id),
      amount,
      reason: 'Decay after a long silence',
      brandId: part.brand_id,
      customerId,
    });
    if (typeof posted === 'string') throw new Error('a wallet could not decay');
  }
}

const stepsSql = `
  INSERT INTO decay_steps (customer_id, silent_since, step, amount, decayed_at)
  SELECT t.customer_id, t.silent_since, t.step, t.amount, $5
  FROM unnest($1::uuid[], $2::timestamptz[], $3::integer[], $4::bigint[])
    AS t(customer_id, silent_since, step, amount)
  ON CONFLICT DO NOTHING RETURNING customer_id`;

/** Notes the steps, and answers those that nobody had taken yet. */
async function storeSteps(tx: CommandTransaction, steps: readonly Step[]): Promise<Step[]> {
  if (steps.length === 0) return [];
  const rows = await tx.query<{ customer_id: string }>(stepsSql, [
    steps.map((step) => step.customer_id),
    steps.map((step) => step.silent_since),
    steps.map((step) => step.step),
    steps.map((step) => step.amount),
    tx.now,
  ]);
  const first = new Set(rows.map((row) => row.customer_id));
  return steps.filter((step) => first.has(step.customer_id));
}

const noticesSql = `
  UPDATE decay_notices n SET next_at = t.next_at, ended_at = t.ended_at
  FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[])
    AS t(customer_id, silent_since, next_at, ended_at)
  WHERE n.customer_id = t.customer_id AND n.silent_since = t.silent_since AND n.ended_at IS NULL`;

async function storeNotices(tx: CommandTransaction, steps: readonly Step[]): Promise<void> {
  await tx.query(noticesSql, [
    steps.map((step) => step.customer_id),
    steps.map((step) => step.silent_since),
    steps.map((step) => momentOfStep(step.decays_at, step.step + 1)),
    steps.map((step) => (step.amount > 0 ? null : tx.now)),
  ]);
}
