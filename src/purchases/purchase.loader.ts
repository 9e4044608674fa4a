import { viewer } from '../platform/auth/caller';
import { toEntity } from '../platform/database/rows';
import {
  readPage,
  toConnection,
  type Connection,
  type PageArgs,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { defineListLoader, defineLoader } from '../platform/graphql/loaders';
import { PurchaseEntity } from './purchase.entity';

type Row = Record<string, unknown>;

const readPurchases = `
  SELECT o.* FROM purchases o
  WHERE o.id = ANY ($1::uuid[])
    AND ($2::uuid IS NULL OR o.brand_id = $2)
    AND ($3::uuid IS NULL OR o.customer_id = $3)`;

/** Purchases by UUID: a brand's own, a customer's own. Null for all others, existing or not. */
export const purchaseLoader = defineLoader<string, PurchaseEntity | null>(async (context, ids) => {
  const rows = await context.reads.query<Row>(readPurchases, [ids, ...viewer(context.caller)]);
  const found = new Map(rows.map((row) => [row['id'], toEntity(PurchaseEntity, row)]));
  return ids.map((id) => found.get(id) ?? null);
});

/** Sorts after every real one; stands for "from the newest on". */
const newest = { time: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

const readPurchasesOfCustomers = `
  SELECT x.*
  FROM unnest($1::uuid[]) AS c(id)
  CROSS JOIN LATERAL (
    SELECT o.* FROM purchases o
    WHERE o.customer_id = c.id
      AND ($2::uuid IS NULL OR o.brand_id = $2)
      AND ($3::uuid IS NULL OR o.customer_id = $3)
      AND (o.purchased_at, o.id) < ($4::timestamptz, $5::uuid)
    ORDER BY o.purchased_at DESC, o.id DESC
    LIMIT $6
  ) x
  ORDER BY x.purchased_at DESC, x.id DESC`;

interface PurchaseArgs {
  first: number;
  after: [time: string, id: string] | null;
}

const purchasesLoader = defineListLoader<PurchaseArgs, PurchaseEntity[]>(
  async (context, customers, args) => {
    const [time, id] = args.after ?? [newest.time, newest.id];
    const parameters = [customers, ...viewer(context.caller), time, id, args.first + 1];
    const rows = await context.reads.query<Row>(readPurchasesOfCustomers, parameters);
    const pages = new Map(customers.map((customer) => [customer, [] as PurchaseEntity[]]));
    for (const row of rows) {
      pages.get(row['customer_id'] as string)?.push(toEntity(PurchaseEntity, row));
    }
    return customers.map((customer) => pages.get(customer) ?? []);
  },
);

/**
 * A page of a customer's purchases, newest first, as far as the caller may see them. All customers asked
 * for in one tick with equal arguments share one statement.
 */
export async function readPurchasePage(
  context: Context,
  customerUuid: string,
  args: PageArgs,
): Promise<Connection<PurchaseEntity>> {
  const page = readPage(args, context.config.limits, ['time', 'uuid']);
  const rows = await purchasesLoader(context, { first: page.first, after: page.after }).load(
    customerUuid,
  );
  return toConnection(rows, page, (row) => [row.purchasedAt.toISOString(), row.uuid]);
}
