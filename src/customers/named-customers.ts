import type { CustomerBy } from './customer-by';
import { isFromBrand } from '../platform/database/caller-command';
import type { Command, CommandTransaction } from '../platform/database/command';
import { resolveCustomers } from './resolve-customers';

/** A command, and the customer its input names. */
export interface Named {
  command: Command;
  by: CustomerBy | null;
}

/**
 * UUIDs of the customers commands are about, in order: whom a brand names, or the customer who sent the
 * command. Null for strangers, for a brand that names nobody, and for a customer who names another.
 */
export async function namedCustomers(
  tx: CommandTransaction,
  asked: readonly Named[],
): Promise<(string | null)[]> {
  const named = asked.flatMap(({ command, by }, at) =>
    by === null ? [] : [{ at, brandId: command.tenant as string, by }],
  );
  const found = await resolveCustomers(tx, named);
  const byPlace = new Map(named.map(({ at }, i) => [at, found[i] ?? null]));
  return asked.map(({ command }, at) => {
    const customer = byPlace.get(at);
    if (isFromBrand(command)) return customer ?? null;
    const self = command.subject ?? null;
    return customer === undefined || customer === self ? self : null;
  });
}
