import { sha256 } from '../platform/auth/secrets';
import type { CommandTransaction } from '../platform/database/command';
import { checkText, type Checked } from '../platform/text';

const longestDevice = 200;

/** SHA-256 of what a brand calls a device, as hex; what the brand calls it is kept nowhere. */
export function readDevice(deviceHash: string | null): Checked<string | null> {
  if (deviceHash === null) return { value: null };
  const text = checkText(deviceHash, { maxBytes: longestDevice, field: ['deviceHash'] });
  return text.refusal ? text : { value: sha256(text.value).toString('hex') };
}

/** A customer of a brand, and the device they used if one was named. */
export interface Seen {
  brandId: string;
  customerId: string;
  device: string | null;
}

const storeSql = `
  INSERT INTO referral_devices (brand_id, customer_id, device, seen_at)
  SELECT t.brand_id, t.customer_id, decode(t.device, 'hex'), $4
  FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS t(brand_id, customer_id, device)
  ORDER BY t.brand_id, t.customer_id, t.device
  ON CONFLICT DO NOTHING`;

/** Remembers which devices customers used. */
export async function storeDevices(tx: CommandTransaction, seen: readonly Seen[]): Promise<void> {
  const named = seen.filter(({ device }) => device !== null);
  if (named.length === 0) return;
  await tx.query(storeSql, [
    named.map(({ brandId }) => brandId),
    named.map(({ customerId }) => customerId),
    named.map(({ device }) => device),
    tx.now,
  ]);
}
