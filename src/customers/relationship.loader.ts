import { viewer } from '../platform/auth/caller';
import { toEntities, toEntity } from '../platform/database/rows';
import type { Context } from '../platform/graphql/context';
import { defineLoader } from '../platform/graphql/loaders';
import { listsOf } from './lists';
import { RelationshipEntity } from './relationship.entity';

// How another brand files the person is that brand's own; the token's brand may be reading along.
const forCustomerSql = `
  SELECT r.brand_id, r.customer_id, r.created_at, r.updated_at,
    CASE WHEN r.brand_id = $2 THEN r.external_id END AS external_id,
    CASE WHEN r.brand_id = $2 THEN r.traits ELSE '{}' END AS traits
  FROM relationships r WHERE r.customer_id = $1
  ORDER BY r.created_at DESC, r.brand_id`;

/** All relationships of the person who asks, by their UUID, newest first; none for anybody else. */
export const relationshipLoader = defineLoader<string, RelationshipEntity[]>(
  async ({ caller, reads }, uuids) => {
    if (caller.kind !== 'customer') return uuids.map(() => []);
    const { customerId, brandId } = caller;
    const rows = await reads.query(forCustomerSql, [customerId, brandId]);
    const relationships = toEntities(RelationshipEntity, rows);
    return listsOf(uuids, relationships, (relationship) => relationship.customerUuid);
  },
);

const ofPairSql = `
  SELECT r.* FROM relationships r
  WHERE r.brand_id = $3 AND r.customer_id = $4
    AND ($1::uuid IS NULL OR r.brand_id = $1) AND ($2::uuid IS NULL OR r.customer_id = $2)`;

/** What one brand has with one customer, by UUID, for whoever is one of the two; null for anybody else. */
export async function loadRelationship(
  { caller, reads }: Context,
  { brandId, customerId }: { brandId: string; customerId: string },
): Promise<RelationshipEntity | null> {
  const [row] = await reads.query(ofPairSql, [...viewer(caller), brandId, customerId]);
  return row === undefined ? null : toEntity(RelationshipEntity, row);
}
