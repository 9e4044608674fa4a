import { resolveCustomers, type CustomerBy } from '../customers';
import type { CommandTransaction } from '../platform/database/command';
import {
  isBoughtBack,
  priorState,
  visitMs,
  type History,
  type PriorStateName,
  type Silences,
} from './prior-state';

/** Somebody who came, by what they gave of themselves. */
export interface Arrival {
  brandId: string;
  identities: readonly CustomerBy[];
  at: Date;
}

/** Whom it was, and where they stood before. */
export interface Arrived {
  customerId: string;
  prior: PriorStateName | null;
  boughtBack: boolean;
}

/** A history, and the days by which the brand names silence. */
type Known = History & Silences;

// As of before the visit: what belongs to the visit is their coming, not their history.
const historySql = `
  SELECT t.place, r.created_at AS "knownSince",
    EXISTS (SELECT FROM consents c WHERE c.brand_id = t.brand_id AND c.customer_id = t.customer_id
      AND c.granted AND c.recorded_at < t.before) AS consented,
    (SELECT p.purchased_at FROM purchases p WHERE p.brand_id = t.brand_id
      AND p.customer_id = t.customer_id AND p.purchased_at < t.before
      ORDER BY p.purchased_at DESC LIMIT 1) AS "lastOrder",
    (SELECT e.occurred_at FROM attention_events e WHERE e.brand_id = t.brand_id
      AND e.customer_id = t.customer_id AND e.occurred_at < t.before
      AND e.confidence >= 50 AND NOT e.duplicate
      ORDER BY e.occurred_at DESC LIMIT 1) AS "lastAttended",
    coalesce(d.active_days, 30) AS active, coalesce(d.drifting_days, 60) AS drifting,
    coalesce(d.inactive_days, 90) AS inactive, coalesce(d.dormant_days, 365) AS dormant
  FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) WITH ORDINALITY
    AS t(brand_id, customer_id, before, place)
  JOIN relationships r ON r.brand_id = t.brand_id AND r.customer_id = t.customer_id
  LEFT JOIN dormancy_policies d ON d.brand_id = t.brand_id
  ORDER BY t.place`;

/**
 * Whom the brand knows of those who came, in order; null where it knows none of the identities. Where
 * they are of several customers, the one who was bought back counts, else the first.
 */
export async function arrivedCustomers(
  tx: CommandTransaction,
  arrivals: readonly Arrival[],
): Promise<(Arrived | null)[]> {
  const asked = arrivals.flatMap(({ brandId, identities, at }, arrival) =>
    identities.map((by) => ({ arrival, brandId, by, at })),
  );
  const customers = await resolveCustomers(tx, asked);
  const known = asked.flatMap((one, at) => {
    const customerId = customers[at] ?? null;
    return customerId === null ? [] : [{ ...one, customerId }];
  });
  const histories = await readHistories(tx, known);
  const arrived = arrivals.map((): Arrived | null => null);
  known.forEach(({ arrival, customerId, at }, place) => {
    const history = histories[place];
    if (history === undefined) return;
    const prior = priorState(history, at, history);
    const boughtBack = isBoughtBack(history, prior);
    const before = arrived[arrival] ?? null;
    if (before === null || (boughtBack && !before.boughtBack)) {
      arrived[arrival] = { customerId, prior, boughtBack };
    }
  });
  return arrived;
}

async function readHistories(
  tx: CommandTransaction,
  known: readonly { brandId: string; customerId: string; at: Date }[],
): Promise<(Known | undefined)[]> {
  if (known.length === 0) return [];
  const rows = await tx.query<Known & { place: number }>(historySql, [
    known.map(({ brandId }) => brandId),
    known.map(({ customerId }) => customerId),
    known.map(({ at }) => new Date(at.getTime() - visitMs)),
  ]);
  const histories = known.map((): Known | undefined => undefined);
  for (const row of rows) histories[row.place - 1] = row;
  return histories;
}
