import { customerId } from '../customers';
import { forgetEvents } from '../imports';
import type { CommandTransaction } from '../platform/database/command';
import { ConflictError } from '../platform/database/errors';
import { emptyWallets } from './empty-wallets';
import type { EraseRequest } from './erase-customer.command';
import { erasureId } from './erasure.id';
import { beEverywhere } from './reach';

/** What was erased, now or before. */
export interface Erased {
  customer: string;
  brandId: string | null;
  extinguished: number;
  erasedAt: Date;
}

const checkAfterMs = 60_000;

const lockSql = `
  SELECT c.merged_into FROM customers c WHERE c.id = ANY ($1::uuid[])
  ORDER BY c.id FOR NO KEY UPDATE`;

const earlierSql = `
  SELECT e.customer_id AS customer, e.brand_id AS "brandId", e.extinguished, e.erased_at AS "erasedAt"
  FROM erasures e WHERE e.customer_id = ANY ($1::uuid[])`;

const knowingSql = `
  SELECT r.customer_id, r.brand_id FROM relationships r WHERE r.customer_id = ANY ($1::uuid[])`;

const storeSql = `
  INSERT INTO erasures (id, brand_id, customer_id, asked_by, extinguished, erased_at, check_at)
  SELECT t.*, $6, $7 FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bigint[])
    AS t(id, brand_id, customer_id, asked_by, extinguished)
  ORDER BY t.customer_id, t.brand_id`;

const tracesSql = `
  SELECT erase_traces(t.customer_id, t.brand_id)
  FROM unnest($1::uuid[], $2::uuid[]) AS t(customer_id, brand_id)`;

const eraseSql = `
  SELECT erase_rows(t.customer_id, t.brand_id, $3)
  FROM unnest($1::uuid[], $2::uuid[]) AS t(customer_id, brand_id)`;

const nameOf = ({ customer, brandId }: Pick<Erased, 'customer' | 'brandId'>): string =>
  `${customer} ${brandId ?? ''}`;

/** Locks customers in the order of their ids, as merges do. Throws ConflictError when one has been merged. */
export async function lockPeople(tx: CommandTransaction, people: readonly string[]): Promise<void> {
  const locked = await tx.query<{ merged_into: string | null }>(lockSql, [[...new Set(people)]]);
  if (locked.some((row) => row.merged_into !== null)) {
    throw new ConflictError('a customer has just been merged');
  }
}

/**
 * Erases customers and answers in the same order; who has been erased before stays so. The customers are
 * locked; then come redemptions, then accounts.
 */
export async function eraseAll(
  tx: CommandTransaction,
  requests: readonly EraseRequest[],
): Promise<Erased[]> {
  if (requests.length === 0) return [];
  const people = [...new Set(requests.map(({ customer }) => customer))];
  const earlier = await tx.query<Erased>(earlierSql, [people]);
  const done = new Map(earlier.map((one) => [nameOf(one), one]));
  const fresh = [
    ...new Map(
      requests.filter((one) => !done.has(nameOf(one))).map((one) => [nameOf(one), one]),
    ).values(),
  ];
  for (const one of await eraseNew(tx, fresh)) done.set(nameOf(one), one);
  return requests.map((one) => done.get(nameOf(one)) as Erased);
}

async function eraseNew(tx: CommandTransaction, fresh: readonly EraseRequest[]): Promise<Erased[]> {
  if (fresh.length === 0) return [];
  const people = fresh.map(({ customer }) => customer);
  const brands = fresh.map(({ brandId }) => brandId);
  const knowing = await beEverywhere(tx, () =>
    tx.query<{ customer_id: string; brand_id: string }>(knowingSql, [people]),
  );
  const taken = await emptyWallets(tx, fresh);
  await tx.query(storeSql, [
    fresh.map(() => erasureId.create()),
    brands,
    people,
    fresh.map(({ askedBy }) => askedBy),
    taken,
    tx.now,
    new Date(tx.now.getTime() + checkAfterMs),
  ]);
  await beEverywhere(tx, () => forgetEvents(tx, fresh));
  // What others' histories have of them is found by their own, so it goes first.
  await tx.query(tracesSql, [people, brands]);
  // Each goes through every table there is, and a statement has some seconds.
  for (const [at, person] of people.entries()) {
    await tx.query(eraseSql, [[person], [brands[at]], tx.now]);
  }
  for (const { customer_id: customer, brand_id: brand } of knowing) {
    const told = fresh.some(
      (one) => one.customer === customer && (one.brandId === null || one.brandId === brand),
    );
    if (!told) continue;
    const payload = { customerId: customerId.encode(customer) };
    tx.announce({ topic: 'customer.erased', brandId: brand, customerId: customer, payload });
  }
  return fresh.map(({ customer, brandId }, at) => ({
    customer,
    brandId,
    extinguished: taken[at] as number,
    erasedAt: tx.now,
  }));
}
