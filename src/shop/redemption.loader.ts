import { toEntities } from '../platform/database/rows';
import {
  readPage,
  toConnection,
  type Connection,
  type PageArgs,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { defineListLoader, defineLoader } from '../platform/graphql/loaders';
import { RedemptionEntity } from './redemption.entity';
import { viewer } from '../platform/auth/caller';

const visible = `($1::uuid IS NULL OR r.brand_id = $1) AND ($2::uuid IS NULL OR r.customer_id = $2)`;

const byIdSql = `SELECT r.* FROM redemptions r WHERE r.id = ANY ($3::uuid[]) AND ${visible}`;

/** Redemptions by UUID: a brand's own, a customer's own. Null for all others, existing or not. */
export const redemptionLoader = defineLoader<string, RedemptionEntity | null>(
  async (context, ids) => {
    const rows = await context.reads.query(byIdSql, [...viewer(context.caller), ids]);
    const found = new Map(toEntities(RedemptionEntity, rows).map((one) => [one.uuid, one]));
    return ids.map((id) => found.get(id) ?? null);
  },
);

const ofCustomersSql = `
  SELECT x.* FROM unnest($3::uuid[]) AS c(id)
  CROSS JOIN LATERAL (
    SELECT r.* FROM redemptions r
    WHERE r.customer_id = c.id AND ${visible}
      AND ($4::timestamptz IS NULL OR (r.created_at, r.id) < ($4, $5::uuid))
    ORDER BY r.created_at DESC, r.id DESC LIMIT $6
  ) x ORDER BY x.created_at DESC, x.id DESC`;

interface ListArgs {
  first: number;
  after: [time: string, id: string] | null;
}

const ofCustomersLoader = defineListLoader<ListArgs, RedemptionEntity[]>(
  async (context, customers, { first, after }) => {
    const rows = await context.reads.query(ofCustomersSql, [
      ...viewer(context.caller),
      customers,
      after?.[0] ?? null,
      after?.[1] ?? null,
      first + 1,
    ]);
    const lists = new Map(customers.map((id) => [id, [] as RedemptionEntity[]]));
    for (const one of toEntities(RedemptionEntity, rows)) lists.get(one.customerUuid)?.push(one);
    return customers.map((id) => lists.get(id) ?? []);
  },
);

/**
 * A page of a customer's redemptions, newest first, as far as the caller may see them. Customers asked
 * for in one tick with equal arguments share one statement.
 */
export async function readRedemptions(
  context: Context,
  customerUuid: string,
  args: PageArgs,
): Promise<Connection<RedemptionEntity>> {
  const page = readPage(args, context.config.limits, ['time', 'uuid']);
  const loader = ofCustomersLoader(context, { first: page.first, after: page.after });
  const rows = await loader.load(customerUuid);
  return toConnection(rows, page, (one) => [one.createdAt.toISOString(), one.uuid]);
}

const hadSql = `
  SELECT r.customer_id, r.item_id, count(*) AS had FROM redemptions r
  WHERE r.customer_id = ANY ($3::uuid[]) AND r.item_id = ANY ($4::uuid[])
    AND r.state IN ('PENDING', 'CAPTURED') AND ${visible}
  GROUP BY r.customer_id, r.item_id`;

/** How many of each of these items customers have, those on hold included, by the item's UUID. */
export const itemsHadLoader = defineListLoader<
  { items: readonly string[] },
  ReadonlyMap<string, number>
>(async (context, customers, { items }) => {
  const rows = await context.reads.query<{ customer_id: string; item_id: string; had: number }>(
    hadSql,
    [...viewer(context.caller), customers, items],
  );
  const counts = new Map(customers.map((id) => [id, new Map<string, number>()]));
  for (const row of rows) counts.get(row.customer_id)?.set(row.item_id, row.had);
  return customers.map((id) => counts.get(id) ?? new Map<string, number>());
});
