import type { Command, CommandTransaction } from '../platform/database/command';
import type { JourneyRow } from './journey.entity';
import { journeyId } from './journey.id';

const lockSql = `
  SELECT j.* FROM unnest($1::uuid[], $2::uuid[]) AS t(id, brand_id)
  JOIN journeys j ON j.id = t.id AND j.brand_id = t.brand_id
  ORDER BY j.id FOR NO KEY UPDATE OF j`;

/** The commands' own journeys by public id, locked, in order; null for all others. */
export async function lockJourneys(
  tx: CommandTransaction,
  commands: readonly Command<{ id: string }>[],
): Promise<(JourneyRow | null)[]> {
  const ids = commands.map(({ input }) => journeyId.decode(input.id));
  const brands = commands.map(({ tenant }) => tenant);
  const rows = await tx.query<JourneyRow>(lockSql, [ids, brands]);
  const found = new Map(rows.map((row) => [`${row.brand_id} ${row.id}`, row]));
  return ids.map((id, at) => found.get(`${String(brands[at])} ${String(id)}`) ?? null);
}
