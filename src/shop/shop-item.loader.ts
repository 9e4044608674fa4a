import { brandOf } from '../platform/auth/caller';
import { toEntities } from '../platform/database/rows';
import {
  readPage,
  toConnection,
  type Connection,
  type PageArgs,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { defineLoader } from '../platform/graphql/loaders';
import { ShopItemEntity } from './shop-item.entity';

const byIdSql = `
  SELECT i.* FROM shop_items i
  WHERE i.id = ANY ($1::uuid[]) AND ($2::uuid IS NULL OR i.brand_id = $2)`;

/**
 * Items by UUID; null for unknown ones. A brand finds its own only. A customer's redemptions name
 * items of many brands, and a shop is open to everybody, so a customer finds any.
 */
export const shopItemLoader = defineLoader<string, ShopItemEntity | null>(async (context, ids) => {
  if (context.caller.kind === 'anonymous') return ids.map(() => null);
  const only = context.caller.kind === 'customer' ? null : brandOf(context.caller);
  const items = toEntities(ShopItemEntity, await context.reads.query(byIdSql, [ids, only]));
  const found = new Map(items.map((item) => [item.uuid, item]));
  return ids.map((id) => found.get(id) ?? null);
});

const ofBrandSql = `
  SELECT i.* FROM shop_items i
  WHERE i.brand_id = $1 AND ($2::uuid IS NULL OR i.id < $2)
  ORDER BY i.id DESC LIMIT $3`;

/** A page of the shop of the caller's brand, the newest item first. */
export async function readShop(
  context: Context,
  args: PageArgs,
): Promise<Connection<ShopItemEntity>> {
  const page = readPage(args, context.config.limits, ['uuid']);
  const rows = await context.reads.query(ofBrandSql, [
    brandOf(context.caller),
    page.after?.[0] ?? null,
    page.first + 1,
  ]);
  return toConnection(toEntities(ShopItemEntity, rows), page, (item) => [item.uuid]);
}
