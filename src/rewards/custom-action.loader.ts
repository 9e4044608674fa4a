import { brandOf, viewer } from '../platform/auth/caller';
import { toEntities } from '../platform/database/rows';
import type { Context } from '../platform/graphql/context';
import { defineLoader } from '../platform/graphql/loaders';
import { CustomActionEntity } from './custom-action.entity';

const byIdSql = `
  SELECT a.* FROM custom_actions a
  WHERE a.id = ANY ($3::uuid[]) AND $2::uuid IS NULL AND ($1::uuid IS NULL OR a.brand_id = $1)`;

/** Custom actions by UUID, as a brand sees its own and the platform all. */
export const customActionLoader = defineLoader<string, CustomActionEntity | null>(
  async (context, ids) => {
    const rows = await context.reads.query(byIdSql, [...viewer(context.caller), ids]);
    const found = new Map(toEntities(CustomActionEntity, rows).map((one) => [one.uuid, one]));
    return ids.map((id) => found.get(id) ?? null);
  },
);

const ownSql = `SELECT a.* FROM custom_actions a WHERE a.brand_id = $1 ORDER BY a.name`;

/** The calling brand's own actions, by name. */
export async function ownCustomActions(context: Context): Promise<CustomActionEntity[]> {
  const rows = await context.reads.query(ownSql, [brandOf(context.caller)]);
  return toEntities(CustomActionEntity, rows);
}
