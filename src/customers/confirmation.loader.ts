import { viewer } from '../platform/auth/caller';
import { toEntities } from '../platform/database/rows';
import { defineLoader } from '../platform/graphql/loaders';
import { ConfirmationEntity } from './confirmation.entity';

const byIdSql = `
  SELECT c.id, c.customer_id, c.kind, c.value, c.expires_at, c.created_at, c.confirmed_at
  FROM identity_confirmations c
  WHERE c.id = ANY ($3::uuid[]) AND ($1::uuid IS NULL OR c.brand_id = $1)
    AND ($2::uuid IS NULL OR c.customer_id = $2)`;

/**
 * Confirmations by UUID: a brand's own, a customer's own. Null for all others, and for the platform,
 * which is told no addresses.
 */
export const confirmationLoader = defineLoader<string, ConfirmationEntity | null>(
  async (context, ids) => {
    const { caller, reads } = context;
    if (caller.kind !== 'brand' && caller.kind !== 'customer') return ids.map(() => null);
    const rows = await reads.query(byIdSql, [...viewer(caller), ids]);
    const found = new Map(toEntities(ConfirmationEntity, rows).map((one) => [one.uuid, one]));
    return ids.map((id) => found.get(id) ?? null);
  },
);
