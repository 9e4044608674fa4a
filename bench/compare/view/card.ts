import { readFileSync } from 'node:fs';
import { apiKeyId } from '../../../src/platform/auth/principal-ids';

/** The published operation that is compared. */
export const cardQuery = readFileSync('schema/operations/customer-card.graphql', 'utf8');

/** The larger one, which is only told. */
export const unifiedQuery = readFileSync('schema/operations/unified-customer-view.graphql', 'utf8');

/** An object of an answer. */
export type Json = Record<string, unknown>;

/** Asks for one customer's card. */
export async function askCard(
  { url, query = cardQuery }: { url: string; query?: string },
  key: string,
  customer: number,
): Promise<Json> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables: { by: { externalId: `c-${customer}` } } }),
  });
  const text = await response.text();
  const { data } = JSON.parse(text) as { data?: { customer?: Json } };
  if (data?.customer == null) throw new Error(`${url}: no card: ${text.slice(0, 500)}`);
  return data.customer;
}

const publicId = /^[a-z]{3}_([0-9a-z]{26})$/;
const instant = /^\d{4}-\d\d-\d\dT/;

/** A value as all peers have it: public ids as the UUIDs they stand for, instants as numbers, floats to nine places. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'number') return Number(value.toPrecision(9));
  if (typeof value === 'string') {
    const [, suffix] = publicId.exec(value) ?? [];
    if (suffix !== undefined) return apiKeyId.decode(`${apiKeyId.prefix}_${suffix}`);
    return instant.test(value) ? Date.parse(value) : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, part]) => [name, plain(part)]));
}
