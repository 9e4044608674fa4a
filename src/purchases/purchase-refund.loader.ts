import { viewer } from '../platform/auth/caller';
import { defineLoader } from '../platform/graphql/loaders';
import { monetaryAmount } from '../platform/graphql/money.type';
import type { PurchaseRefund } from './purchase-refund.type';

interface Row {
  purchase_id: string;
  minor: number;
  currency: string;
  reason: string | null;
  refunded_at: Date;
}

const refundsSql = `
  SELECT p.id AS purchase_id, p.currency, r.amount_minor AS minor, r.reason, r.refunded_at
  FROM purchases p
  CROSS JOIN LATERAL (SELECT f.id, f.amount_minor, f.reason, f.refunded_at FROM purchase_refunds f
    WHERE f.purchase_id = p.id ORDER BY f.refunded_at DESC, f.id DESC LIMIT 100) r
  WHERE p.id = ANY ($1::uuid[])
    AND ($2::uuid IS NULL OR p.brand_id = $2) AND ($3::uuid IS NULL OR p.customer_id = $3)
  ORDER BY r.refunded_at DESC, r.id DESC`;

/** Refunds of purchases, by their UUID, newest first. */
export const purchaseRefundsLoader = defineLoader<string, PurchaseRefund[]>(
  async ({ caller, reads }, uuids) => {
    const rows = await reads.query<Row>(refundsSql, [uuids, ...viewer(caller)]);
    const refunds = new Map(uuids.map((uuid) => [uuid, [] as PurchaseRefund[]]));
    for (const { purchase_id, minor, currency, reason, refunded_at } of rows) {
      const amount = monetaryAmount({ minor, currency });
      refunds.get(purchase_id)?.push({ amount, reason, refundedAt: refunded_at });
    }
    return uuids.map((uuid) => refunds.get(uuid) ?? []);
  },
);
