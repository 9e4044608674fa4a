import type { CommandTransaction } from '../platform/database/command';
import { isZoneName } from '../platform/zones';

const zonesSql = `
  SELECT t.brand_id, t.customer_id, r.traits ->> 'timezone' AS own, b.timezone AS brand
  FROM (SELECT DISTINCT brand_id, customer_id FROM unnest($1::uuid[], $2::uuid[])
    AS t(brand_id, customer_id)) t
  JOIN brands b ON b.id = t.brand_id
  LEFT JOIN relationships r ON r.brand_id = t.brand_id AND r.customer_id = t.customer_id`;

/** The zone each customer of a brand lives in, by "brand customer": their own, else the brand's. */
export async function customerZones(
  tx: Pick<CommandTransaction, 'query'>,
  pairs: readonly { brandId: string; customerId: string }[],
): Promise<Map<string, string>> {
  if (pairs.length === 0) return new Map();
  const rows = await tx.query<{
    brand_id: string;
    customer_id: string;
    own: string | null;
    brand: string;
  }>(zonesSql, [pairs.map((pair) => pair.brandId), pairs.map((pair) => pair.customerId)]);
  return new Map(
    rows.map(({ brand_id, customer_id, own, brand }) => [
      `${brand_id} ${customer_id}`,
      own !== null && isZoneName(own) ? own : brand,
    ]),
  );
}
