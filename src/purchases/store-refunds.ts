import type { CommandTransaction } from '../platform/database/command';

/** A refund that can be stored; its order is locked and has that much left. */
export interface RefundDraft {
  uuid: string;
  brandId: string;
  purchaseId: string;
  minor: number;
  reason: string | null;
  refundedAt: Date;
}

const insertSql = `
  WITH refunds AS (
    INSERT INTO purchase_refunds (id, brand_id, purchase_id, amount_minor, reason, refunded_at,
      recorded_at)
    SELECT t.*, $7 FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::text[],
      $6::timestamptz[]) AS t(id, brand_id, purchase_id, amount_minor, reason, refunded_at)
    RETURNING purchase_id, amount_minor
  ), sums AS (
    SELECT r.purchase_id, sum(r.amount_minor)::bigint AS minor FROM refunds r GROUP BY r.purchase_id
  )
  UPDATE purchases p SET refunded_minor = p.refunded_minor + s.minor FROM sums s
  WHERE p.id = s.purchase_id`;

/** The orders concerned with what was just paid back for them, where it is of the brand's currency. */
const counted = `
  counted AS (
    SELECT p.brand_id, p.customer_id, p.local_day, p.bucket, t.minor
    FROM unnest($1::uuid[], $2::bigint[]) AS t(purchase_id, minor)
    JOIN purchases p ON p.id = t.purchase_id
    JOIN brands b ON b.id = p.brand_id AND b.currency = p.currency
  )`;

const totalsSql = `
  WITH ${counted}, people AS (
    UPDATE purchase_totals t SET refunded_minor = t.refunded_minor + s.minor
    FROM (SELECT c.brand_id, c.customer_id, sum(c.minor)::bigint AS minor FROM counted c
      GROUP BY c.brand_id, c.customer_id) s
    WHERE t.brand_id = s.brand_id AND t.customer_id = s.customer_id
  )
  INSERT INTO brand_purchase_totals AS t (brand_id, customers, orders, gross_minor, refunded_minor,
    other_currency_orders, gaps, gap_seconds)
  SELECT c.brand_id, 0, 0, 0, sum(c.minor), 0, 0, 0 FROM counted c
  GROUP BY c.brand_id ORDER BY c.brand_id
  ON CONFLICT (brand_id) DO UPDATE SET refunded_minor = t.refunded_minor + excluded.refunded_minor`;

const daysSql = `
  WITH ${counted}
  INSERT INTO brand_purchase_days AS d (brand_id, local_day, bucket, orders, gross_minor,
    refunded_minor, other_currency_orders)
  SELECT c.brand_id, c.local_day, c.bucket, 0, 0, sum(c.minor), 0 FROM counted c
  GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  ON CONFLICT (brand_id, local_day, bucket)
    DO UPDATE SET refunded_minor = d.refunded_minor + excluded.refunded_minor`;

/** Stores refunds and takes them from what is kept of their orders. Three statements. */
export async function storeRefunds(
  tx: CommandTransaction,
  drafts: readonly RefundDraft[],
): Promise<void> {
  if (drafts.length === 0) return;
  const column = <Name extends keyof RefundDraft>(name: Name) => drafts.map((one) => one[name]);
  const [orders, minors] = [column('purchaseId'), column('minor')];
  await tx.query(insertSql, [
    column('uuid'),
    column('brandId'),
    orders,
    minors,
    column('reason'),
    column('refundedAt'),
    tx.now,
  ]);
  await tx.query(totalsSql, [orders, minors]);
  await tx.query(daysSql, [orders, minors]);
}
