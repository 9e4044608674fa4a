import type { Answer, Command, CommandTransaction } from '../platform/database/command';
import { refreshWorth } from './refresh-worth';

const buyersSql = `
  SELECT DISTINCT p.brand_id AS "brandId", p.customer_id AS "customerId" FROM purchases p
  WHERE p.id = ANY ($1::uuid[])`;

/** Reckons anew what customers are worth whose orders have just been recorded or paid back. */
export async function followOrders(
  tx: CommandTransaction,
  _commands: readonly Command[],
  answers: readonly Answer[],
): Promise<void> {
  const purchases = answers.flatMap(({ purchaseUuid }) => purchaseUuid ?? []);
  if (purchases.length === 0) return;
  await refreshWorth(tx, await tx.query(buyersSql, [purchases]));
}
