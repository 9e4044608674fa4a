import { customerId, resolveCustomers, type CustomerBy } from '../customers';
import { isFromBrand } from '../platform/database/caller-command';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { ConflictError } from '../platform/database/errors';
import { userError, type UserErrorShape } from '../platform/errors';
import type { Forgotten } from './empty-wallets';
import { eraseAll, lockPeople, type Erased } from './erase-all';

/** Who is to be erased; a customer means themselves. */
export interface EraseCustomer {
  customer?: CustomerBy | null;
}

/** Holds a UUID, an amount and a moment. */
export interface EraseCustomerAnswer extends Answer {
  customer?: string;
  everywhere?: boolean;
  extinguished?: number;
  erasedAt?: string;
}

/** Who is meant, and who asks. */
export interface EraseRequest extends Forgotten {
  askedBy: 'BRAND' | 'CUSTOMER' | 'PLATFORM';
}

export const eraseCustomerKind = 'eraseCustomer';

/** Erases customers: with the brand that asks, or everywhere when they ask or the platform does. */
export const eraseCustomer: CommandHandler<EraseCustomer, EraseCustomerAnswer> = {
  kind: eraseCustomerKind,
  async execute(tx, commands) {
    const read = await readLocked(tx, commands);
    const requests = read.filter((one): one is EraseRequest => 'askedBy' in one);
    const erased = (await eraseAll(tx, requests)).values();
    return read.map((one) => {
      if (!('askedBy' in one)) return refused(one);
      const { customer, brandId, extinguished, erasedAt } = erased.next().value as Erased;
      const when = { everywhere: brandId === null, erasedAt: erasedAt.toISOString() };
      return { customer, ...when, extinguished, userErrors: [] };
    });
  },
};

/**
 * The requests, with the customers they are about locked. Throws ConflictError when somebody was merged or
 * parted meanwhile, so that another one than was named is not erased.
 */
async function readLocked(
  tx: CommandTransaction,
  commands: readonly Command<EraseCustomer>[],
): Promise<(EraseRequest | UserErrorShape)[]> {
  const read = await readRequests(tx, commands);
  const people = read.flatMap((one) => ('askedBy' in one ? [one.customer] : []));
  if (people.length === 0) return read;
  await lockPeople(tx, people);
  const again = await readRequests(tx, commands);
  if (read.some((one, at) => meant(one) !== meant(again[at]))) {
    throw new ConflictError('a merge has just been made or undone');
  }
  return again;
}

const meant = (one: EraseRequest | UserErrorShape | undefined): string | null =>
  one !== undefined && 'askedBy' in one ? one.customer : null;

// A brand that has erased somebody knows them no more, but may ask again by the id.
const survivorsSql = `
  SELECT c.id, coalesce(c.merged_into, c.id) AS survivor,
    ARRAY(SELECT coalesce(e.brand_id::text, '') FROM erasures e
      WHERE e.customer_id = coalesce(c.merged_into, c.id)) AS erased_by
  FROM customers c WHERE c.id = ANY ($1::uuid[])`;

interface Survivor {
  id: string;
  survivor: string;
  erased_by: string[];
}

async function readRequests(
  tx: CommandTransaction,
  commands: readonly Command<EraseCustomer>[],
): Promise<(EraseRequest | UserErrorShape)[]> {
  const named = commands.flatMap((command, at) =>
    isFromBrand(command) && command.input.customer != null
      ? [{ at, brandId: command.tenant as string, by: command.input.customer }]
      : [],
  );
  const found = await resolveCustomers(tx, named);
  const byPlace = new Map(named.map(({ at }, i) => [at, found[i] ?? null]));
  const ids = commands.map(({ input, subject }) => subject ?? decoded(input));
  const rows = await tx.query<Survivor>(survivorsSql, [ids]);
  const survivors = new Map(rows.map((row) => [row.id, row]));
  return commands.map((command, at): EraseRequest | UserErrorShape => {
    const known = survivors.get(ids[at] ?? '');
    if (isFromBrand(command)) return ofBrand(command, byPlace.get(at) ?? null, known);
    const named = decoded(command.input);
    const self = command.subject ?? null;
    const another = self !== null && command.input.customer != null && named !== self;
    if (known === undefined || another) return userError('NOT_FOUND', ['customer']);
    const askedBy = self === null ? 'PLATFORM' : 'CUSTOMER';
    return { customer: known.survivor, brandId: null, askedBy };
  });
}

function decoded({ customer }: EraseCustomer): string | null {
  return customer?.id == null ? null : customerId.decode(customer.id);
}

function ofBrand(
  { tenant, input }: Command<EraseCustomer>,
  customer: string | null,
  known: Survivor | undefined,
): EraseRequest | UserErrorShape {
  if (input.customer == null) {
    return userError('INVALID_VALUE', ['customer'], 'A brand must say who is to be erased.');
  }
  const again = known?.erased_by.includes(tenant as string) === true ? known.survivor : null;
  const meant = customer ?? again;
  if (meant === null) return userError('NOT_FOUND', ['customer']);
  return { customer: meant, brandId: tenant, askedBy: 'BRAND' };
}
