import { brandOf } from '../platform/auth/caller';
import type { CommandTransaction } from '../platform/database/command';
import { toEntities } from '../platform/database/rows';
import { defineLoader } from '../platform/graphql/loaders';
import type { Context } from '../platform/graphql/context';
import { isComparable } from '../platform/text';
import { EarnRuleEntity } from './earn-rule.entity';

const currentSql = `
  SELECT DISTINCT ON (r.brand_id, r.name) r.* FROM earn_rules r
  WHERE r.brand_id = ANY ($1::uuid[])
  ORDER BY r.brand_id, r.name, r.version DESC`;

/** The current version of every rule of these brands, by name. */
export async function currentRules(
  tx: Pick<CommandTransaction, 'query'>,
  brandIds: readonly string[],
): Promise<EarnRuleEntity[]> {
  return toEntities(EarnRuleEntity, await tx.query(currentSql, [brandIds]));
}

const versionsSql = `
  SELECT r.* FROM earn_rules r WHERE r.brand_id = $1 AND r.name = $2 ORDER BY r.version DESC`;

/** The calling brand's rules, by name; with a name all versions of that rule, the latest first. */
export async function ownRules(context: Context, name: string | null): Promise<EarnRuleEntity[]> {
  const brand = brandOf(context.caller);
  if (brand === null) return [];
  if (name === null) return currentRules(context.reads, [brand]);
  if (!isComparable(name)) return [];
  return toEntities(EarnRuleEntity, await context.reads.query(versionsSql, [brand, name]));
}

const byIdSql = `
  SELECT r.* FROM earn_rules r
  WHERE r.id = ANY ($2::uuid[]) AND ($1::uuid IS NULL OR r.brand_id = $1)`;

/** Rule versions by UUID. A customer may see any rule, because their statement names them. */
export const earnRuleLoader = defineLoader<string, EarnRuleEntity | null>(async (context, ids) => {
  const brand = context.caller.kind === 'brand' ? context.caller.brandId : null;
  const rows = await context.reads.query(byIdSql, [brand, ids]);
  const found = new Map(toEntities(EarnRuleEntity, rows).map((rule) => [rule.uuid, rule]));
  return ids.map((id) => found.get(id) ?? null);
});
