import type { CommandTransaction } from '../platform/database/command';
import { experimentId } from './experiment.id';

/** An experiment that may still be sent for. */
export interface OpenExperiment {
  id: string;
  endsAt: Date;
}

const openSql = `
  SELECT t.place, e.id, e.ends_at
  FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS t(id, brand_id, place)
  JOIN experiments e ON e.id = t.id AND e.brand_id = t.brand_id
    AND e.ended_at IS NULL AND e.ends_at > $3`;

/**
 * The experiments of these public ids, each of the brand at the same place of the other list; null where
 * none is named, and where it is unknown, another brand's or over. At most one statement.
 */
export async function openExperiments(
  tx: CommandTransaction,
  ids: readonly (string | null)[],
  brandIds: readonly string[],
): Promise<(OpenExperiment | null)[]> {
  const uuids = ids.map((id) => (id === null ? null : experimentId.decode(id)));
  if (uuids.every((uuid) => uuid === null)) return ids.map(() => null);
  const rows = await tx.query<{ place: number; id: string; ends_at: Date }>(openSql, [
    uuids,
    brandIds,
    tx.now,
  ]);
  const found = new Map(rows.map((row) => [row.place - 1, row]));
  return ids.map((_, at) => {
    const row = found.get(at);
    return row === undefined ? null : { id: row.id, endsAt: row.ends_at };
  });
}
