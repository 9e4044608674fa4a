import { allows, brandOf, type Caller } from '../platform/auth/caller';
import { toEntities } from '../platform/database/rows';
import { defineLoader } from '../platform/graphql/loaders';
import { ApiKeyEntity } from './api-key.entity';

const columns = 'k.id, k.brand_id, k.name, k.scopes, k.created_at, k.revoked_at';

const byIdSql = `
  SELECT ${columns} FROM api_keys k
  WHERE k.id = ANY ($1::uuid[]) AND ($2::uuid IS NULL OR k.brand_id = $2)`;

/** Working keys come first, so that the page holds all of them. */
const ofBrandsSql = `
  SELECT ${columns} FROM unnest($1::uuid[]) AS b(id)
  CROSS JOIN LATERAL (
    SELECT * FROM api_keys a WHERE a.brand_id = b.id
    ORDER BY a.revoked_at IS NOT NULL, a.id DESC LIMIT $3) AS k
  WHERE $2::uuid IS NULL OR b.id = $2
  ORDER BY k.brand_id, k.revoked_at IS NOT NULL, k.id DESC`;

/** Whether the caller may look at API keys: those of its own brand, or the platform. */
export function maySeeKeys(caller: Caller): boolean {
  return allows({ platform: true, brand: 'mu:keys' }, caller);
}

/** API keys by UUID; null for unknown ones and for those the caller may not see. */
export const apiKeyLoader = defineLoader<string, ApiKeyEntity | null>(async (context, uuids) => {
  if (!maySeeKeys(context.caller)) return uuids.map(() => null);
  const rows = await context.reads.query(byIdSql, [uuids, brandOf(context.caller)]);
  const byId = new Map(toEntities(ApiKeyEntity, rows).map((key) => [key.uuid, key]));
  return uuids.map((uuid) => byId.get(uuid) ?? null);
});

/** The API keys of brands by the brand's UUID: working ones first, then the newest, one page. */
export const apiKeysOfBrandLoader = defineLoader<string, ApiKeyEntity[]>(async (context, uuids) => {
  if (!maySeeKeys(context.caller)) return uuids.map(() => []);
  const { pageSize } = context.config.limits;
  const rows = await context.reads.query(ofBrandsSql, [uuids, brandOf(context.caller), pageSize]);
  const byBrand = new Map<string, ApiKeyEntity[]>(uuids.map((uuid) => [uuid, []]));
  for (const key of toEntities(ApiKeyEntity, rows)) byBrand.get(key.brandUuid)?.push(key);
  return [...byBrand.values()];
});
