import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { ConflictError } from '../platform/database/errors';
import { userError, type UserErrorShape } from '../platform/errors';
import { checkText, isComparable, type Checked } from '../platform/text';
import { checkMoney } from './judge-order';
import { lockBuyers } from './lock-buyers';
import { purchaseRefundId } from './purchase.id';
import { brandIdOf } from './record-order.command';
import { storeRefunds, type RefundDraft } from './store-refunds';

/** Money paid back for an order, as a client describes it. */
export interface RefundDescription {
  externalId: string;
  /** A decimal of the order's currency; what is left of the order when left out. */
  amount?: string | null;
  reason?: string | null;
  /** RFC 3339; now when left out. */
  refundedAt?: string | null;
}

export interface RefundOrderAnswer extends Answer {
  purchaseUuid?: string;
}

interface OrderRow {
  place: number;
  id: string;
  brand_id: string;
  customer_id: string;
  currency: string;
  total_minor: number;
  refunded_minor: number;
}

const findSql = `
  SELECT t.place::int AS place, p.id, p.brand_id, p.customer_id
  FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS t(brand_id, external_id, place)
  JOIN purchases p ON p.brand_id = t.brand_id AND p.external_id = t.external_id`;

const lockSql = `
  SELECT p.id, p.brand_id, p.customer_id, p.currency, p.total_minor, p.refunded_minor
  FROM purchases p WHERE p.id = ANY ($1::uuid[]) ORDER BY p.id FOR NO KEY UPDATE`;

/** Records refunds; several of one order in a list each see those before them. */
export const refundOrder: CommandHandler<RefundDescription, RefundOrderAnswer> = {
  kind: 'refundOrder',
  async execute(tx, commands) {
    const orders = await lockOrders(tx, commands);
    const judged = commands.map(({ input }, at) => judge(tx, input, orders.get(at + 1)));
    await storeRefunds(
      tx,
      judged.filter((one) => 'uuid' in one),
    );
    return judged.map((one) =>
      'uuid' in one ? { purchaseUuid: one.purchaseId, userErrors: [] } : refused(one),
    );
  },
};

/** The orders by the place of their command, from 1; commands about one order share its row. */
async function lockOrders(
  tx: CommandTransaction,
  commands: readonly Command<RefundDescription>[],
): Promise<Map<number, OrderRow>> {
  const found = await tx.query<OrderRow>(findSql, [
    commands.map(brandIdOf),
    commands.map(({ input: { externalId } }) =>
      isComparable(externalId) ? externalId.trim() : null,
    ),
  ]);
  if (found.length === 0) return new Map();
  const pairs = found.map((row) => ({ brandId: row.brand_id, customerId: row.customer_id }));
  await lockBuyers(tx, pairs);
  const locked = await tx.query<OrderRow>(lockSql, [[...new Set(found.map(({ id }) => id))]]);
  const rows = new Map(locked.map((row) => [row.id, row]));
  return new Map(
    found.map(({ place, id, customer_id }) => {
      const row = rows.get(id);
      if (row?.customer_id !== customer_id) throw new ConflictError('the order has just moved');
      return [place, row];
    }),
  );
}

function judge(
  { now, limits }: CommandTransaction,
  { amount, reason, refundedAt }: RefundDescription,
  order: OrderRow | undefined,
): RefundDraft | UserErrorShape {
  const why =
    reason == null ? null : checkText(reason, { maxBytes: limits.textBytes, field: ['reason'] });
  if (why?.refusal) return why.refusal;
  const at = refundedAt == null ? now : new Date(refundedAt);
  if (at.getTime() > now.getTime() + limits.futureSeconds * 1000) {
    return userError('OCCURRED_AT_IN_FUTURE', ['refundedAt']);
  }
  if (order === undefined) return userError('NOT_FOUND', ['externalId']);
  const left = order.total_minor - order.refunded_minor;
  const checked: Checked<number> =
    amount == null ? { value: left } : checkMoney(amount, order.currency, 'amount');
  if (checked.refusal) return checked.refusal;
  const minor = checked.value;
  if (minor > left || left === 0) return userError('REFUND_TOO_LARGE', ['amount']);
  if (minor === 0) return userError('INVALID_VALUE', ['amount'], 'A refund is more than 0.');
  order.refunded_minor += minor;
  return {
    uuid: purchaseRefundId.create(),
    brandId: order.brand_id,
    purchaseId: order.id,
    minor,
    reason: why?.value ?? null,
    refundedAt: at,
  };
}
