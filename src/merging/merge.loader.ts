import { viewer } from '../platform/auth/caller';
import { toEntities } from '../platform/database/rows';
import { defineLoader } from '../platform/graphql/loaders';
import { MergeEntity } from './merge.entity';

const byIdSql = `
  SELECT m.id, m.into_id, m.reason, m.created_at, m.undone_at, m.undone_reason
  FROM customer_merges m
  WHERE m.id = ANY ($3::uuid[]) AND ($1::uuid IS NULL OR m.brand_id = $1)
    AND ($2::uuid IS NULL OR m.into_id = $2)`;

/** Merges by UUID: those a brand asked for, those into a customer. Null for all others. */
export const mergeLoader = defineLoader<string, MergeEntity | null>(async (context, ids) => {
  const rows = await context.reads.query(byIdSql, [...viewer(context.caller), ids]);
  const found = new Map(toEntities(MergeEntity, rows).map((one) => [one.uuid, one]));
  return ids.map((id) => found.get(id) ?? null);
});
