import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { must, person } from '../referrals/friends';
import type { Data, TestBrand, TestService } from '../support/test-service';

/** So many days before the moment of the test. */
export const daysAgo = (days: number): string =>
  new Date(Date.now() - days * 86_400_000).toISOString();

/** The local day (UTC) so many days before today. */
export const dayBefore = (days: number): string => daysAgo(days).slice(0, 10);

/** Records spend of today. */
export async function spend(
  t: TestService,
  brand: TestBrand,
  amount: string,
  input: Record<string, unknown> = {},
): Promise<Data> {
  const usual = { purpose: 'ACQUISITION', route: 'ADTECH', firstDay: dayBefore(0) };
  return must(t, brand.apiKey, 'record-spend', { ...usual, amount, ...input });
}

/** Records that a customer came; by an auction unless told otherwise. */
export async function acquire(
  t: TestService,
  brand: TestBrand,
  customer: { id: string },
  input: Record<string, unknown> = {},
): Promise<Data> {
  const usual = { identities: [{ id: customer.id }], route: 'ADTECH' };
  const payload = await must(t, brand.apiKey, 'record-acquisition', { ...usual, ...input });
  return payload['acquisition'] as Data;
}

let orders = 0;

/** A customer who ordered so many days ago, and was not heard of since. */
export async function customerSilentFor(
  t: TestService,
  brand: TestBrand,
  days: number,
  input: Record<string, unknown> = {},
): Promise<{ id: string; externalId: string }> {
  const customer = await person(t, brand, input);
  await order(t, brand, customer, days);
  return customer;
}

/** An order so many days ago. */
export async function order(
  t: TestService,
  brand: TestBrand,
  customer: { id: string },
  days: number,
  input: Record<string, unknown> = {},
): Promise<Data> {
  return must(t, brand.apiKey, 'record-purchase', {
    customer: { id: customer.id },
    externalId: `order-${(orders += 1)}`,
    purchasedAt: daysAgo(days),
    items: 1,
    amount: '1999.00',
    currency: 'INR',
    ...input,
  });
}

/** Reads one figure of the brand's, by its published operation, of some days. */
export async function figure(
  t: TestService,
  brand: TestBrand,
  file: string,
  name: string,
  period: { firstDay: string; lastDay: string } | null = null,
): Promise<Data> {
  const path = join(__dirname, '../../schema/operations', `${file}.graphql`);
  const { data, errors } = await t.run(readFileSync(path, 'utf8'), { period }, brand.apiKey);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return JSON.parse(JSON.stringify(data['brand'][name])) as Data;
}
