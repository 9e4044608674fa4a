import { viewer } from '../platform/auth/caller';
import { toEntities } from '../platform/database/rows';
import { defineLoader } from '../platform/graphql/loaders';
import { claimColumns, ClaimEntity } from './claim.entity';

const byIdSql = `
  SELECT ${claimColumns} FROM claims c
  WHERE c.id = ANY ($3::uuid[]) AND ($1::uuid IS NULL OR c.brand_id = $1)
    AND ($2::uuid IS NULL OR c.customer_id = $2)`;

/** Claims by UUID: a brand's own, a customer's own. Null for all others, existing or not. */
export const claimLoader = defineLoader<string, ClaimEntity | null>(async (context, ids) => {
  const rows = await context.reads.query(byIdSql, [...viewer(context.caller), ids]);
  const found = new Map(toEntities(ClaimEntity, rows).map((one) => [one.uuid, one]));
  return ids.map((id) => found.get(id) ?? null);
});
