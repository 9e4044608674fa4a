import type { Command, CommandTransaction } from '../platform/database/command';
import type { SurprisePoolRow } from './surprise-pool.entity';

const poolsSql = `
  SELECT t.place, p.* FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS t(brand_id, id, place)
  JOIN surprise_pools p ON p.brand_id = t.brand_id AND p.id = t.id`;

/** Pools of the commands' own brands by UUID, in order; null for all others. */
export async function poolsByIds(
  tx: CommandTransaction,
  commands: readonly Command[],
  ids: readonly (string | null)[],
): Promise<(SurprisePoolRow | null)[]> {
  const rows = await tx.query<SurprisePoolRow & { place: number }>(poolsSql, [
    commands.map(({ tenant }) => tenant),
    ids,
  ]);
  const found = new Map(rows.map(({ place, ...row }) => [place - 1, row]));
  return ids.map((_, at) => found.get(at) ?? null);
}
