import type { CommandTransaction } from '../platform/database/command';
import { inDueBrandTurn, type DueBrands } from '../platform/database/brand-turn';
import { takeTime } from '../platform/database/turn';
import type { Job } from '../platform/feature';
import { profitOfParts, profitParts } from './profit.sql';
import { pieceCosts, readUnitCosts } from './unit-costs';

const dayMs = 86_400_000;
const job = { name: 'weigh-economy', lock: 7_219_340_605 };

interface DueBrand {
  id: string;
  currency: string;
}

const dueSql = (more: string, most: number) => `
  SELECT b.id, b.currency FROM brands b LEFT JOIN economy_snapshots s ON s.brand_id = b.id
  WHERE (s.computed_at IS NULL OR s.computed_at <= $1) AND ${more}
  ORDER BY s.computed_at NULLS FIRST, b.id LIMIT ${most}`;

const weighSql = `
  INSERT INTO economy_snapshots AS s (brand_id, computed_at, wallets, activated, customers, profit_deciles)
  SELECT $1, $2, w.wallets, w.activated, t.customers, t.tenths
  FROM (
    SELECT count(*) AS wallets, count(*) FILTER (WHERE EXISTS (SELECT FROM brand_identities i
      WHERE i.brand_id = $1 AND i.customer_id = x.customer_id AND i.confirmed_at IS NOT NULL)) AS activated
    FROM wallet_shares x WHERE x.brand_id = $1 AND x.grants > 0) w
  CROSS JOIN (
    SELECT coalesce(sum(r.customers), 0)::bigint AS customers, coalesce(jsonb_agg(jsonb_build_object(
      'rank', r.rank, 'customers', r.customers, 'profit', r.profit) ORDER BY r.rank), '[]') AS tenths
    FROM (
      SELECT p.rank, count(*) AS customers, round(sum(p.profit))::bigint AS profit
      FROM (
        SELECT ${profitOfParts} AS profit, ntile(10) OVER (ORDER BY ${profitOfParts} DESC, x.customer_id) AS rank
        FROM (${profitParts(
          `SELECT r.brand_id, r.customer_id FROM relationships r
            JOIN customers c ON c.id = r.customer_id AND c.merged_into IS NULL WHERE r.brand_id = $1`,
          '$3::jsonb',
        )}) x) p
      GROUP BY p.rank) r) t
  ON CONFLICT (brand_id) DO UPDATE SET computed_at = excluded.computed_at, wallets = excluded.wallets,
    activated = excluded.activated, customers = excluded.customers,
    profit_deciles = excluded.profit_deciles`;

const due: DueBrands<DueBrand> = {
  sql: dueSql,
  values: ({ now }) => [new Date(now.getTime() - dayMs)],
  work: weigh,
};

/** Counts, once a day and brand, what is too broad to be counted at each reading; a brand a turn. */
export const weighEconomy: Job = {
  name: job.name,
  leisurely: true,
  run: (context) => inDueBrandTurn(context, job, due),
};

async function weigh(tx: CommandTransaction, brand: DueBrand): Promise<number> {
  await takeTime(tx);
  const costs = pieceCosts(await readUnitCosts(tx, [brand]));
  await tx.query(weighSql, [brand.id, tx.now, JSON.stringify(costs)]);
  return 1;
}
