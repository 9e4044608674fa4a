import type { CommandTransaction } from '../platform/database/command';

/** Tables whose rows a brand names by an external id of its own. */
export type NamedTable = 'experiments' | 'journeys' | 'messages' | 'surprise_pools';

/** What is about to be stored under a name. */
interface Named {
  brand_id: string;
  external_id: string;
}

// Locking the brands gives their external ids to one transaction at a time; what was taken meanwhile is
// seen by the next statement only.
const lockSql = `
  WITH locked AS (
    SELECT b.id FROM brands b WHERE b.id = ANY ($1::uuid[]) ORDER BY b.id FOR NO KEY UPDATE)
  SELECT count(*) FROM locked`;

const namesSql = (table: NamedTable) => `
  SELECT x.brand_id, x.external_id FROM unnest($1::uuid[], $2::text[]) AS t(brand_id, external_id)
  JOIN ${table} x ON x.brand_id = t.brand_id AND x.external_id = t.external_id`;

/** A name as `takenNames` answers it: the brand's UUID, a space, and the external id. */
export function nameOf({ brand_id: brand, external_id: externalId }: Named): string {
  return `${brand} ${externalId}`;
}

/** Which of these names are in the table already; until the transaction ends nobody else takes one of their brands. */
export async function takenNames(
  tx: CommandTransaction,
  table: NamedTable,
  drafts: readonly Named[],
): Promise<Set<string>> {
  if (drafts.length === 0) return new Set();
  const brands = drafts.map((draft) => draft.brand_id);
  await tx.query(lockSql, [brands]);
  const rows = await tx.query<Named>(namesSql(table), [
    brands,
    drafts.map((draft) => draft.external_id),
  ]);
  return new Set(rows.map(nameOf));
}
