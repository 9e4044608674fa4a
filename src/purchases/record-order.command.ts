import { resolveCustomers, type CustomerBy } from '../customers';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { judgeOrder, type OrderDescription } from './judge-order';
import { storeOrders } from './store-orders';

export type RecordOrderCommand = Command<OrderDescription>;

/** Holds the UUID only: what was bought is read from its table. */
export interface RecordOrderAnswer extends Answer {
  purchaseUuid?: string;
}

/** Records orders for a list of commands; an external id the brand has used is refused. */
export const recordOrder: CommandHandler<OrderDescription, RecordOrderAnswer> = {
  kind: 'recordOrder',
  execute: (tx, commands) => record(tx, commands, 'orderedAt', ({ input }) => input),
};

/** A purchase as `recordPurchase` describes it: an order of which nothing more is known. */
export interface PurchaseDescription {
  customer: CustomerBy;
  externalId: string;
  /** RFC 3339. */
  purchasedAt: string;
  items: number;
  /** A decimal such as `29.33`. */
  amount: string;
  currency: string;
}

export type RecordPurchaseCommand = Command<PurchaseDescription>;

/** Records purchases as orders; its own kind, since keys it has answered say so. */
export const recordPurchase: CommandHandler<PurchaseDescription, RecordOrderAnswer> = {
  kind: 'recordPurchase',
  execute: (tx, commands) =>
    record(tx, commands, 'purchasedAt', ({ input: { purchasedAt, ...rest } }) => ({
      ...rest,
      orderedAt: purchasedAt,
    })),
};

async function record<Input>(
  tx: CommandTransaction,
  commands: readonly Command<Input>[],
  timeField: string,
  describe: (command: Command<Input>) => OrderDescription,
): Promise<RecordOrderAnswer[]> {
  const orders = commands.map((command) => ({
    brandId: brandIdOf(command),
    order: describe(command),
  }));
  const refs = orders.map(({ brandId, order }) => ({ brandId, by: order.customer }));
  const customers = await resolveCustomers(tx, refs);
  const judged = orders.map(({ brandId, order }, at) =>
    judgeOrder(tx, order, { brandId, customerId: customers[at] ?? null, timeField }),
  );
  const refusals = await storeOrders(
    tx,
    judged.filter((one) => 'uuid' in one),
  );
  return judged.map((one) => {
    if (!('uuid' in one)) return refused(one);
    const refusal = refusals.get(one.uuid);
    return refusal === undefined ? { purchaseUuid: one.uuid, userErrors: [] } : refused(refusal);
  });
}

/** Orders are a brand's affair; the mutations let nobody else in. */
export function brandIdOf({ tenant }: Pick<Command, 'tenant'>): string {
  if (tenant === null) throw new Error('an order needs a brand');
  return tenant;
}
