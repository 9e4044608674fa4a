import { readCustomerBy, customerByKeyLoader, zoneIn, type CustomerBy } from '../customers';
import { brandLoader } from '../brands';
import { toEntity } from '../platform/database/rows';
import type { Context } from '../platform/graphql/context';
import { nextSlot } from './daily-slot';
import type { EmSeriesEntity } from './em-series.entity';
import { SeriesItemEntity } from './series-item.entity';
import type { NextEm } from './series-item.type';

// A customer has had an item when its message was delivered, or when they were moved on by hand.
const nextSql = `
  SELECT i.*, h.last_delivered,
    (SELECT jsonb_build_object('timezone', r.traits -> 'timezone') FROM relationships r
      WHERE r.brand_id = $1 AND r.customer_id = $3) AS traits
  FROM (
    SELECT greatest(max(x.position), (SELECT c.position FROM em_series_cursors c
        WHERE c.brand_id = $1 AND c.series_id = $2 AND c.customer_id = $3)) AS had,
      max(d.delivered_at) AS last_delivered
    FROM em_series_items x
    JOIN messages m ON m.series_item_id = x.id AND m.brand_id = x.brand_id
    JOIN deliveries d ON d.brand_id = m.brand_id AND d.message_id = m.id AND d.customer_id = $3
      AND d.state = 'DELIVERED'
    WHERE x.brand_id = $1 AND x.series_id = $2) h
  JOIN LATERAL (
    SELECT * FROM em_series_items n WHERE n.brand_id = $1 AND n.series_id = $2
      AND n.position > coalesce(h.had, 0) ORDER BY n.position LIMIT 1) i ON true`;

interface Row extends Record<string, unknown> {
  last_delivered: Date | null;
  traits: Record<string, unknown> | null;
}

/** What a customer gets next of a series, and when; null at its end, and while nothing goes out. */
export async function nextEm(
  context: Context,
  series: EmSeriesEntity,
  by: CustomerBy,
): Promise<NextEm | null> {
  if (series.state !== 'ACTIVE' || context.caller.kind !== 'brand') return null;
  const key = readCustomerBy(by);
  const customer = key === null ? null : await customerByKeyLoader(context).load(key);
  if (customer === null) return null;
  const { brandUuid, uuid, dailySlot } = series;
  const [row] = await context.reads.query<Row>(nextSql, [brandUuid, uuid, customer.uuid]);
  if (row === undefined) return null;
  const brand = await brandLoader(context).load(brandUuid);
  const zone = zoneIn(row.traits ?? {}) ?? brand?.timezone ?? 'UTC';
  const item = toEntity(SeriesItemEntity, row);
  const now = context.clock.now(new Date());
  const slotAt = nextSlot(dailySlot, zone, now, row.last_delivered);
  return { item, position: item.position, slotAt };
}
