import type { CommandTransaction } from '../platform/database/command';

// All that brands know the people by.
const namesSql = `
  WITH people AS MATERIALIZED (
    SELECT c.id, t.brand_id FROM unnest($1::uuid[], $2::uuid[]) AS t(customer_id, brand_id)
    JOIN customers c ON c.id = t.customer_id OR c.merged_into = t.customer_id
  ), names AS MATERIALIZED (
    SELECT i.brand_id, i.kind, i.value FROM people p
    JOIN brand_identities i ON i.customer_id = p.id AND (p.brand_id IS NULL OR i.brand_id = p.brand_id)
    UNION
    SELECT r.brand_id, 'EXTERNAL_ID', r.external_id FROM people p
    JOIN relationships r ON r.customer_id = p.id AND (p.brand_id IS NULL OR r.brand_id = p.brand_id)
    WHERE r.external_id IS NOT NULL)`;

const waitingSql = `${namesSql}
  DELETE FROM import_rows x USING names n
  WHERE x.brand_id = n.brand_id AND n.kind || ' ' || n.value = ANY (x.keys)`;

// A refused event goes as soon as it so much as mentions them.
const refusedSql = `${namesSql}
  UPDATE import_refusals f SET event = NULL, keys = NULL FROM names n
  WHERE f.brand_id = n.brand_id AND f.event IS NOT NULL
    AND (n.kind || ' ' || n.value = ANY (f.keys)
      OR strpos(lower(f.event::text), lower(to_json(n.value)::text)) > 0)`;

/**
 * Forgets events that wait or were refused and name people who are to be erased: with one brand, or,
 * without a brand, with all. To be called before their identities go, with every brand in sight.
 */
export async function forgetEvents(
  tx: Pick<CommandTransaction, 'query'>,
  people: readonly { customer: string; brandId: string | null }[],
): Promise<void> {
  const values = [people.map(({ customer }) => customer), people.map(({ brandId }) => brandId)];
  await tx.query(waitingSql, values);
  // After those that a job was just at work on, and may have refused.
  await tx.query(refusedSql, values);
}
