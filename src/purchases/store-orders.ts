import type { CommandTransaction } from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { countPurchases } from './count-purchases';
import type { OrderDraft } from './judge-order';
import { lockBuyers } from './lock-buyers';

const roomSql = `
  SELECT b.id, b.currency, coalesce(t.gross_minor, 0) AS gross FROM brands b
  LEFT JOIN brand_purchase_totals t ON t.brand_id = b.id WHERE b.id = ANY ($1::uuid[])`;

const insertSql = `
  INSERT INTO purchases (id, brand_id, customer_id, external_id, purchased_at, items, total_minor,
    currency, surface, driver, campaign, cost_minor, recorded_at, local_day)
  SELECT t.id, t.brand_id, t.customer_id, t.external_id, t.purchased_at, t.items, t.total_minor,
    t.currency, t.surface, t.driver, t.campaign, t.cost_minor, $13,
    (t.purchased_at AT TIME ZONE b.timezone)::date
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::integer[],
    $7::bigint[], $8::text[], $9::text[], $10::text[], $11::text[], $12::bigint[]) WITH ORDINALITY
    AS t(id, brand_id, customer_id, external_id, purchased_at, items, total_minor, currency, surface,
      driver, campaign, cost_minor, place)
  JOIN brands b ON b.id = t.brand_id
  ORDER BY t.brand_id, t.external_id, t.place
  ON CONFLICT (brand_id, external_id) DO NOTHING
  RETURNING id`;

const columns = [
  'uuid',
  'brandId',
  'customerId',
  'externalId',
  'orderedAt',
  'items',
  'totalMinor',
  'currency',
  'surface',
  'driver',
  'campaign',
  'costMinor',
] as const satisfies readonly (keyof OrderDraft)[];

/**
 * Stores orders and counts them, in a number of statements that does not grow with them. Answers by
 * UUID why one was not stored: its external id is taken (of several in the list the first is stored),
 * or the brand would have sold for more than exact numbers hold.
 */
export async function storeOrders(
  tx: CommandTransaction,
  drafts: readonly OrderDraft[],
): Promise<Map<string, UserErrorShape>> {
  const refusals = new Map<string, UserErrorShape>();
  if (drafts.length === 0) return refusals;
  await lockBuyers(tx, drafts);
  const room = await readRoom(tx, drafts);
  const fitting = drafts.filter((draft) => {
    if (room.take(draft)) return true;
    refusals.set(draft.uuid, userError('AMOUNT_TOO_LARGE', ['amount']));
    return false;
  });
  const rows = await tx.query<{ id: string }>(insertSql, [
    ...columns.map((name) => fitting.map((draft) => draft[name])),
    tx.now,
  ]);
  const stored = new Set(rows.map((row) => row.id));
  await countPurchases(tx, [...stored]);
  for (const { uuid } of fitting) {
    if (!stored.has(uuid)) refusals.set(uuid, userError('ALREADY_EXISTS', ['externalId']));
  }
  return refusals;
}

interface Room {
  take(draft: OrderDraft): boolean;
}

/** How much more brands can sell in their currency, so that no sum of orders is ever inexact. */
async function readRoom(tx: CommandTransaction, drafts: readonly OrderDraft[]): Promise<Room> {
  const brands = [...new Set(drafts.map(({ brandId }) => brandId))];
  const rows = await tx.query<{ id: string; currency: string; gross: number }>(roomSql, [brands]);
  const left = new Map(
    rows.map((row) => [`${row.id} ${row.currency}`, Number.MAX_SAFE_INTEGER - row.gross]),
  );
  return {
    take({ brandId, currency, totalMinor }) {
      const key = `${brandId} ${currency}`;
      const before = left.get(key) ?? Infinity;
      if (before < totalMinor) return false;
      left.set(key, before - totalMinor);
      return true;
    },
  };
}
