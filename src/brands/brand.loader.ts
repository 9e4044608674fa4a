import { brandOf } from '../platform/auth/caller';
import { toEntities } from '../platform/database/rows';
import type { Context } from '../platform/graphql/context';
import { defineLoader } from '../platform/graphql/loaders';
import { BrandEntity } from './brand.entity';

const columns = `id, slug, name, timezone, currency, max_event_age_days, bucket_size,
  bucket_per_second, sendgrid_public_key, link_origins, amp_senders, triad_third, created_at`;

const byIdSql = `
  SELECT ${columns} FROM brands WHERE id = ANY ($1::uuid[]) AND ($2::uuid IS NULL OR id = $2)`;

const bySlugSql = `
  SELECT ${columns} FROM brands WHERE slug = ANY ($1::text[]) AND ($2::uuid IS NULL OR id = $2)`;

/**
 * Brands by UUID; null for unknown ones. A brand key finds its own brand only. A customer's records
 * name brands of all kinds, so a customer finds any brand whose id it holds; what is not for everybody
 * must be kept back by the field.
 */
export const brandLoader = defineLoader<string, BrandEntity | null>(async (context, uuids) => {
  if (context.caller.kind === 'anonymous') return uuids.map(() => null);
  const only = context.caller.kind === 'customer' ? null : brandOf(context.caller);
  const brands = await find(context, byIdSql, [uuids, only]);
  const byId = new Map(brands.map((brand) => [brand.uuid, brand]));
  return uuids.map((uuid) => byId.get(uuid) ?? null);
});

/** Brands by slug; null for unknown ones. Only the platform finds brands other than its own. */
export const brandBySlugLoader = defineLoader<string, BrandEntity | null>(
  async (context, slugs) => {
    if (context.caller.kind === 'anonymous') return slugs.map(() => null);
    const brands = await find(context, bySlugSql, [slugs, brandOf(context.caller)]);
    const bySlug = new Map(brands.map((brand) => [brand.slug, brand]));
    return slugs.map((slug) => bySlug.get(slug) ?? null);
  },
);

async function find(context: Context, sql: string, values: unknown[]): Promise<BrandEntity[]> {
  return toEntities(BrandEntity, await context.reads.query(sql, values));
}
