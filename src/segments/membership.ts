import type { CommandTransaction } from '../platform/database/command';
import type { Pair } from './segment.loader';

/** Which of the segments and bands asked for a customer is in. */
export interface Membership {
  /** Names of saved segments. */
  segments: readonly string[];
  /** The band by the model that put them there. */
  bands: Readonly<Record<string, string>>;
}

/** What is asked of customers: saved segments by name, and bands by model. */
export interface AskedMemberships {
  segments: readonly string[];
  models: readonly string[];
}

/** Of somebody who is in none. */
export const noMembership: Membership = { segments: [], bands: {} };

const membershipsSql = `
  SELECT t.brand_id, t.customer_id,
    ARRAY(SELECT s.name FROM segment_members m
      JOIN segments s ON s.id = m.segment_id AND s.deleted_at IS NULL
      WHERE m.brand_id = t.brand_id AND m.customer_id = t.customer_id
        AND s.name = ANY ($3::text[])) AS segments,
    coalesce((SELECT jsonb_object_agg(b.model, b.band) FROM brand_bands b
      WHERE b.brand_id = t.brand_id AND b.customer_id = t.customer_id
        AND b.model = ANY ($4::text[])), '{}') AS bands
  FROM (SELECT DISTINCT u.* FROM unnest($1::uuid[], $2::uuid[]) AS u(brand_id, customer_id)) t`;

/**
 * The memberships of customers, by "brand customer", in one statement, and in none when nothing is asked.
 * As the jobs have found them: a change counts once it has been judged.
 */
export async function customerMemberships(
  tx: Pick<CommandTransaction, 'query'>,
  pairs: readonly Pair[],
  { segments, models }: AskedMemberships,
): Promise<Map<string, Membership>> {
  if (segments.length + models.length === 0 || pairs.length === 0) return new Map();
  const rows = await tx.query<Membership & { brand_id: string; customer_id: string }>(
    membershipsSql,
    [pairs.map(({ brandId }) => brandId), pairs.map((pair) => pair.customerId), segments, models],
  );
  return new Map(
    rows.map(({ brand_id, customer_id, segments: names, bands }) => [
      `${brand_id} ${customer_id}`,
      { segments: names, bands },
    ]),
  );
}
