import type { CommandTransaction } from '../platform/database/command';
import { isZoneName } from '../platform/zones';

const zonesSql = `
  SELECT r.brand_id, r.customer_id, r.traits ->> 'timezone' AS zone
  FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, customer_id)
  JOIN relationships r ON r.brand_id = t.brand_id AND r.customer_id = t.customer_id
  WHERE r.traits ? 'timezone'`;

/**
 * Time zones of customers whose traits name one (`timezone`, an IANA zone), by "brand customer"; the
 * others are in the zone of their brand.
 */
export async function customerZones(
  tx: CommandTransaction,
  pairs: readonly { brandId: string; customerId: string }[],
): Promise<Map<string, string>> {
  const rows = await tx.query<{ brand_id: string; customer_id: string; zone: string | null }>(
    zonesSql,
    [pairs.map((pair) => pair.brandId), pairs.map((pair) => pair.customerId)],
  );
  const zones = new Map<string, string>();
  for (const { brand_id: brand, customer_id: customer, zone } of rows) {
    if (zone !== null && isZoneName(zone)) zones.set(`${brand} ${customer}`, zone);
  }
  return zones;
}
