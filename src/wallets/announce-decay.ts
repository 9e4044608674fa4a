import { readSharesOf } from '../ledger';
import type { DecaySettings } from '../platform/config';
import type { CommandTransaction } from '../platform/database/command';
import { partOf } from './decay-months';
import { lastSignsOf } from './signs-of-life';

const atOnce = 500;
const dayMs = 86_400_000;

interface Sweep {
  started_at: Date;
  reached: number;
  ended: boolean;
}

interface WalletRow {
  id: number;
  customer_id: string;
  balance: number;
  closed_at: Date | null;
}

const sweepSql = `SELECT s.started_at, s.reached, s.ended FROM decay_sweep s`;

const pageSql = `
  SELECT a.id, a.owner AS customer_id, a.balance, a.closed_at FROM accounts a
  WHERE a.kind = 'WALLET' AND a.id > $1 ORDER BY a.id LIMIT $2`;

const storeSweepSql = `
  INSERT INTO decay_sweep (only_row, started_at, reached, ended) VALUES (true, $1, $2, $3)
  ON CONFLICT (only_row) DO UPDATE SET started_at = excluded.started_at, reached = excluded.reached,
    ended = excluded.ended`;

/**
 * Walks through all wallets once a day, some at a time, and announces decay for those whose owner has
 * been silent for long enough; answers how many it looked at.
 */
export async function announceDecay(
  tx: CommandTransaction,
  settings: DecaySettings,
): Promise<number> {
  const [last] = await tx.query<Sweep>(sweepSql);
  if (last?.ended === true && last.started_at.getTime() + dayMs > tx.now.getTime()) return 0;
  const current = last === undefined || last.ended ? { started_at: tx.now, reached: 0 } : last;
  const page = await tx.query<WalletRow>(pageSql, [current.reached, atOnce]);
  await giveNotice(tx, page, settings);
  const reached = page.at(-1)?.id ?? current.reached;
  await tx.query(storeSweepSql, [current.started_at, reached, page.length < atOnce]);
  return page.length;
}

// Whoever stirred since an earlier notice and has fallen silent again is told anew.
const endSql = `
  UPDATE decay_notices n SET ended_at = $3
  FROM unnest($1::uuid[], $2::timestamptz[]) AS t(customer_id, silent_since)
  WHERE n.customer_id = t.customer_id AND n.ended_at IS NULL AND n.silent_since < t.silent_since`;

const noticeSql = `
  INSERT INTO decay_notices (customer_id, silent_since, noticed_at, decays_at, percent, next_at)
  SELECT t.customer_id, t.silent_since, $3, $4, $5, $4
  FROM unnest($1::uuid[], $2::timestamptz[]) AS t(customer_id, silent_since)
  ORDER BY t.customer_id
  ON CONFLICT DO NOTHING RETURNING customer_id`;

async function giveNotice(
  tx: CommandTransaction,
  page: readonly WalletRow[],
  { silentDays, percentPerMonth, noticeDays }: DecaySettings,
): Promise<void> {
  const worth = page.filter(
    ({ balance, closed_at }) => closed_at === null && partOf(balance, percentPerMonth) > 0,
  );
  if (worth.length === 0) return;
  const signs = await lastSignsOf(
    tx,
    worth.map((row) => row.customer_id),
  );
  const before = tx.now.getTime() - silentDays * dayMs;
  const silent = [...signs].filter(([, at]) => at.getTime() <= before);
  if (silent.length === 0) return;
  const [ids, since] = [silent.map(([id]) => id), silent.map(([, at]) => at)];
  const decaysAt = new Date(tx.now.getTime() + noticeDays * dayMs);
  await tx.query(endSql, [ids, since, tx.now]);
  const told = await tx.query<{ customer_id: string }>(noticeSql, [
    ids,
    since,
    tx.now,
    decaysAt,
    percentPerMonth,
  ]);
  const shares = await readSharesOf(
    tx,
    told.map((row) => row.customer_id),
  );
  for (const share of shares.filter(({ balance }) => balance > 0)) {
    tx.announce({
      topic: 'decay.notice',
      brandId: share.brand_id,
      customerId: share.customer_id,
      payload: { decaysAt: decaysAt.toISOString(), percent: percentPerMonth },
    });
  }
}
