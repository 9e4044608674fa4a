import type { CommandTransaction } from '../platform/database/command';
import { inTurn } from '../platform/database/turn';
import type { Job, JobContext } from '../platform/feature';
import { nilUuid } from '../platform/ids';

const proofLock = 7_219_340_628;
const dayMs = 86_400_000;

interface Turn {
  brand_id: string;
  reached: string | null;
}

const turnSql = `
  SELECT b.id AS brand_id, CASE WHEN p.ended_at IS NULL THEN p.reached END AS reached FROM brands b
  LEFT JOIN purchase_proofs p ON p.brand_id = b.id
  WHERE p.brand_id IS NULL OR p.ended_at IS NULL OR p.ended_at < $1
  ORDER BY p.ended_at NULLS FIRST, b.id LIMIT 1`;

const peopleSql = `
  SELECT t.customer_id AS id FROM purchase_totals t
  WHERE t.brand_id = $1 AND t.customer_id > $2 ORDER BY t.customer_id LIMIT $3`;

// One statement, hence one moment: an order that is being stored is in both or in neither.
const customersSql = `
  SELECT count(*)::int AS differ
  FROM (SELECT x.* FROM purchase_totals x WHERE x.brand_id = $1 AND x.customer_id = ANY ($2::uuid[])) t
  FULL JOIN (SELECT x.* FROM counted_purchases($2::uuid[]) x WHERE x.brand_id = $1) c
    ON c.brand_id = t.brand_id AND c.customer_id = t.customer_id
  WHERE to_jsonb(t) IS DISTINCT FROM to_jsonb(c)`;

const brandSql = `
  SELECT count(*)::int AS differ FROM brands b
  LEFT JOIN brand_purchase_totals t ON t.brand_id = b.id
  CROSS JOIN LATERAL (SELECT coalesce(sum(p.orders), 0) AS orders,
      coalesce(sum(p.gross_minor), 0) AS gross, coalesce(sum(p.refunded_minor), 0) AS refunded
    FROM purchase_totals p WHERE p.brand_id = b.id) p
  CROSS JOIN LATERAL (SELECT coalesce(sum(d.orders), 0) AS orders,
      coalesce(sum(d.gross_minor), 0) AS gross, coalesce(sum(d.refunded_minor), 0) AS refunded
    FROM brand_purchase_days d WHERE d.brand_id = b.id) d
  WHERE b.id = $1 AND ((p.orders, p.gross, p.refunded) <> (d.orders, d.gross, d.refunded)
    OR (p.orders, p.gross, p.refunded) <> (coalesce(t.orders, 0), coalesce(t.gross_minor, 0),
      coalesce(t.refunded_minor, 0)))`;

const storeSql = `
  INSERT INTO purchase_proofs AS p (brand_id, reached, started_at, ended_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (brand_id) DO UPDATE SET reached = excluded.reached, ended_at = excluded.ended_at,
    started_at = CASE WHEN p.ended_at IS NULL THEN p.started_at ELSE excluded.started_at END`;

/**
 * Goes through every brand once a day and counts its orders anew beside what is kept of them: some customers
 * a run, and at the end the brand. It mends nothing; what differs is logged as an error and in the metrics.
 */
export const provePurchases: Job = {
  name: 'prove-purchases',
  leisurely: true,
  run: (context) => inTurn(context, proofLock, (tx) => proveSome(tx, context)),
};

async function proveSome(tx: CommandTransaction, { log, report }: JobContext): Promise<number> {
  const [turn] = await tx.query<Turn>(turnSql, [new Date(tx.now.getTime() - dayMs)]);
  if (turn === undefined) return 0;
  const { brand_id: brandId, reached } = turn;
  const { purchaseProof } = tx.limits;
  const rows = await tx.query<{ id: string }>(peopleSql, [
    brandId,
    reached ?? nilUuid,
    purchaseProof,
  ]);
  const people = rows.map(({ id }) => id);
  const ended = people.length < purchaseProof;
  const count = async (sql: string, values: unknown[]) =>
    (await tx.query<{ differ: number }>(sql, values))[0]?.differ ?? 0;
  const customers = await count(customersSql, [brandId, people]);
  const brands = ended ? await count(brandSql, [brandId]) : 0;
  if (customers + brands > 0) {
    log.error({ brandId, customers, brands }, 'orders are not what is kept of them');
  }
  report?.({
    job: provePurchases.name,
    outcomes: { agree: people.length - customers, differ: customers + brands },
  });
  const last = people.at(-1) ?? reached ?? nilUuid;
  await tx.query(storeSql, [brandId, last, tx.now, ended ? tx.now : null]);
  return Math.max(1, people.length);
}
