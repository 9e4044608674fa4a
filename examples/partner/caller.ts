import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Who asks, as the gateway says it. */
export interface Caller {
  kind: 'anonymous' | 'customer' | 'brand' | 'platform';
  /** The brand that asks, or whose app a customer uses; null for everybody else. */
  brandId: string | null;
}

const kinds = ['customer', 'brand', 'platform'] as const;

/** Reads the headers that the gateway sets. Whoever knows no secret must have been refused before. */
export function readCaller(headers: IncomingHttpHeaders): Caller {
  const named = headers['x-caller'];
  const kind = kinds.find((one) => one === named) ?? 'anonymous';
  const brandId = headers['x-brand-id'];
  return { kind, brandId: typeof brandId === 'string' && brandId !== '' ? brandId : null };
}

/** Whether the data of a brand may be shown; without a fixed brand they are of whichever brand asks. */
export function isTenant({ kind, brandId }: Caller, brand: string | undefined): boolean {
  if (brandId === null || (kind !== 'brand' && kind !== 'customer')) return false;
  return brand === undefined || brandId === brand;
}

/** Whether a request carries the secret that was agreed on with the operator of the gateway. */
export function knowsSecret(given: string | string[] | undefined, secret: string): boolean {
  if (typeof given !== 'string') return false;
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
