import { brandMeant } from '../brands';
import { resolveCustomers, type CustomerBy } from '../customers';
import { checkAmount } from '../ledger';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { checkText } from '../platform/text';
import type { AdjustmentRow } from './adjustment.entity';
import { adjustmentId } from './adjustment.id';
import type { AdjustmentDirection } from './adjustment.type';
import type { Signed } from './signer';

/** A correction as it is asked for. */
export interface RequestAdjustment {
  customer: CustomerBy;
  direction: AdjustmentDirection;
  amount: number;
  reason: string;
  brandId?: string | null;
}

export interface RequestAdjustmentAnswer extends Answer {
  adjustmentId?: string;
}

/** Notes corrections that a second person is to approve; nothing moves yet. */
export const requestAdjustment: CommandHandler<RequestAdjustment, RequestAdjustmentAnswer> = {
  kind: 'requestAdjustment',
  async execute(tx, commands) {
    const customers = await resolveCustomers(
      tx,
      commands.map(({ input, tenant }) => ({ brandId: tenant as string, by: input.customer })),
    );
    const rows = commands.map((command, at) => rowOf(tx, command, customers[at] ?? null));
    await insert(
      tx,
      rows.filter((row): row is AdjustmentRow => 'id' in row),
    );
    return rows.map((row) =>
      'id' in row ? { adjustmentId: row.id, userErrors: [] } : refused(row),
    );
  },
};

function rowOf(
  tx: CommandTransaction,
  command: Command<RequestAdjustment>,
  customerId: string | null,
): AdjustmentRow | UserErrorShape {
  const { input } = command;
  const brand = brandMeant(command);
  if (brand.refusal) return brand.refusal;
  if (customerId === null) return userError('NOT_FOUND', ['customer']);
  const wrong = checkAmount(input.amount, tx.limits);
  if (wrong !== null) return wrong;
  const reason = checkText(input.reason, { maxBytes: tx.limits.textBytes, field: ['reason'] });
  if (reason.refusal) return reason.refusal;
  return {
    id: adjustmentId.create(),
    brand_id: brand.value,
    customer_id: customerId,
    direction: input.direction,
    amount: input.amount,
    reason: reason.value,
    state: 'PENDING',
    requested_by: (command as Signed<RequestAdjustment>).signer,
    requested_at: tx.now,
    expires_at: new Date(tx.now.getTime() + tx.limits.adjustmentSeconds * 1000),
    decided_by: null,
    decided_at: null,
  };
}

const insertSql = `
  INSERT INTO adjustments (id, brand_id, customer_id, direction, amount, reason, state, requested_by,
    requested_at, expires_at)
  SELECT t.id, t.brand_id, t.customer_id, t.direction, t.amount, t.reason, 'PENDING', t.requested_by, $8,
    t.expires_at
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bigint[], $6::text[], $7::uuid[],
    $9::timestamptz[])
    AS t(id, brand_id, customer_id, direction, amount, reason, requested_by, expires_at)`;

async function insert(tx: CommandTransaction, rows: readonly AdjustmentRow[]): Promise<void> {
  if (rows.length === 0) return;
  const column = (name: keyof AdjustmentRow) => rows.map((row) => row[name]);
  await tx.query(insertSql, [
    column('id'),
    column('brand_id'),
    column('customer_id'),
    column('direction'),
    column('amount'),
    column('reason'),
    column('requested_by'),
    tx.now,
    column('expires_at'),
  ]);
}
