import type { CommandTransaction } from '../../platform/database/command';
import { localDay } from '../../platform/zones';
import { policyOf, positionOfDay, type Unit } from './streak-line';
import type { WantedLine } from './streak-line.read';

/** How far back days with other brands count for somebody's first day with this one. */
const firstLookMs = 30 * 86_400_000;

// Days and nothing else leave other brands' rows, and only of customers who allow it this brand. A
// quarter of an hour is of one day in every zone.
const daysSql = `
  SELECT t.place, ARRAY(
      SELECT DISTINCT date_bin('15 minutes', e.occurred_at, 'epoch') FROM attention_events e
      WHERE e.customer_id = t.customer_id AND e.brand_id <> t.brand_id AND e.action = t.action
        AND e.confidence >= t.confidence AND e.occurred_at > t.since) AS moments
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::smallint[], $5::timestamptz[])
    WITH ORDINALITY AS t(brand_id, customer_id, action, confidence, since, place)
  JOIN consents c ON c.brand_id = t.brand_id AND c.customer_id = t.customer_id
    AND c.purpose = 'NETWORK_STREAK' AND c.granted`;

/** A streak as it is being read: what was asked for, and the units that are its own. */
export interface OwnUnits {
  wanted: WantedLine;
  units: readonly Unit[];
}

/** Adds the days with other brands to the units of streaks that count them, in one statement. */
export async function withNetworkDays(
  tx: CommandTransaction,
  lines: readonly OwnUnits[],
): Promise<Unit[][]> {
  const all = lines.map(({ units }) => [...units]);
  const over = lines.flatMap((line, at) => {
    return policyOf(line.wanted.rule).scope === 'NETWORK'
      ? [{ ...line, at, from: startOf(line) }]
      : [];
  });
  if (over.length === 0) return all;
  const rows = await tx.query<{ place: number; moments: Date[] }>(daysSql, [
    over.map(({ wanted }) => wanted.of.brandId),
    over.map(({ wanted }) => wanted.of.customerId),
    over.map(({ wanted }) => wanted.rule.action),
    over.map(({ wanted }) => wanted.rule.minConfidencePercent),
    over.map(({ from }) => new Date(from)),
  ]);
  for (const { place, moments } of rows) {
    const { wanted, units, at, from } = over[place - 1] as (typeof over)[number];
    const own = new Set(units.map(({ name }) => name));
    const days = new Set(moments.map((moment) => localDay(moment, wanted.zone)));
    for (const name of days) {
      const position = positionOfDay(name);
      if (own.has(name) || position < from) continue;
      all[at]?.push({ name, position, at: position, length: 0, eventId: null });
    }
  }
  return all;
}

/** From the first unit on, when there is one before those that may change. */
function startOf({ wanted, units }: OwnUnits): number {
  const first = Math.min(...units.map(({ position }) => position));
  return first < wanted.since ? first : wanted.since - firstLookMs;
}
