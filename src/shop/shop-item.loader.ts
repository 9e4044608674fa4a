import { brandOf } from '../platform/auth/caller';
import { toEntities } from '../platform/database/rows';
import {
  readPage,
  toConnection,
  type Connection,
  type PageArgs,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { defineListLoader, defineLoader } from '../platform/graphql/loaders';
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

const ofBrandsSql = `
  SELECT x.*, b.id AS shop, now() AS asked_at FROM unnest($1::uuid[]) AS b(id)
  CROSS JOIN LATERAL (
    SELECT i.* FROM shop_items i
    WHERE (i.brand_id = b.id OR (i.everywhere AND $2)) AND ($3::uuid IS NULL OR i.id < $3)
    ORDER BY i.id DESC LIMIT $4
  ) x ORDER BY x.id DESC`;

/** Items of a shop, and the database's time when they were read; null when there are none. */
interface Shelf {
  items: ShopItemEntity[];
  askedAt: Date | null;
}

const shelfLoader = defineListLoader<{ first: number; after: string | null }, Shelf>(
  async (context, brands, { first, after }) => {
    const rows = await context.reads.query(ofBrandsSql, [
      brands,
      context.caller.kind === 'customer',
      after,
      first + 1,
    ]);
    return brands.map((brand) => {
      const own = rows.filter((row) => row['shop'] === brand);
      return {
        items: toEntities(ShopItemEntity, own),
        askedAt: (own[0]?.['asked_at'] as Date | undefined) ?? null,
      };
    });
  },
);

/** A page of a shop and the moment it is of. */
export interface ShopPage {
  page: Connection<ShopItemEntity>;
  now: Date;
}

/**
 * A page of the shop of the caller's brand, the newest item first; for a person with what the platform
 * put into the shops of others. Everybody who asks for the same page in a request shares one statement.
 */
export async function readShop(context: Context, args: PageArgs): Promise<ShopPage> {
  const page = readPage(args, context.config.limits, ['uuid']);
  const brand = brandOf(context.caller);
  const nothing: Shelf = { items: [], askedAt: null };
  const loader = shelfLoader(context, { first: page.first, after: page.after?.[0] ?? null });
  const { items, askedAt } = brand === null ? nothing : await loader.load(brand);
  return {
    page: toConnection(items, page, (item) => [item.uuid]),
    now: context.clock.now(askedAt ?? new Date()),
  };
}
