import { resolveCustomers, type CustomerBy } from '../customers';
import {
  pairOf,
  snapshotFor,
  snapshotForOwner,
  type Posting,
  type WalletFacts,
  type WalletSnapshot,
} from '../ledger';
import { isFromBrand } from '../platform/database/caller-command';
import type { Command, CommandTransaction } from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';

/** A command about one customer: a brand names them, a person means themselves. */
export interface AboutCustomer {
  customer?: CustomerBy | null;
}

/** The customer a command is about, and whether they sent it themselves. */
export interface Meant {
  brandId: string;
  customerId: string;
  byOwner: boolean;
}

/** Finds whom commands are about, in order and in one statement, or refuses. A person means nobody else. */
export async function customersMeant(
  tx: CommandTransaction,
  commands: readonly Command<AboutCustomer>[],
): Promise<(Meant | UserErrorShape)[]> {
  const named = commands.flatMap(({ input, tenant }, at) =>
    input.customer == null ? [] : [{ at, brandId: tenant as string, by: input.customer }],
  );
  const found = await resolveCustomers(tx, named);
  const customers = commands.map((command) => command.subject ?? null);
  named.forEach(({ at }, i) => (customers[at] = found[i] ?? null));
  return commands.map((command, at) => {
    const byOwner = !isFromBrand(command);
    if (!byOwner && command.input.customer == null) {
      return userError('INVALID_VALUE', ['customer'], 'A brand must say whose wallet it is.');
    }
    const customerId = customers[at] ?? null;
    if (customerId === null || (byOwner && customerId !== command.subject)) {
      return userError('NOT_FOUND', ['customer']);
    }
    return { brandId: command.tenant as string, customerId, byOwner };
  });
}

/** The wallet after the transfers of a posting, as whoever sent the command may see it. */
export function walletAfter(
  posting: Posting,
  meant: Meant,
  facts: ReadonlyMap<string, WalletFacts>,
): WalletSnapshot {
  const known = facts.get(pairOf(meant.brandId, meant.customerId)) as WalletFacts;
  const show = meant.byOwner ? snapshotForOwner : snapshotFor;
  return show(posting, meant, known);
}
