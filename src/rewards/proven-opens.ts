import { unverifiedOpens, type AttentionRow } from '../attention';
import type { AccountRef } from '../ledger';
import type { CommandTransaction } from '../platform/database/command';
import { localDay } from '../platform/zones';
import type { AttentionRequest } from './attention-request';
import {
  messageKeyOf,
  openName,
  payableOf,
  streakEventsOf,
  verifiedOpen,
  type Payable,
} from './payable';
import { accountsOfRises } from './streaks/rise';

/** Opens that the requests' verified actions prove, oldest first. */
export function opensProvenBy(
  tx: CommandTransaction,
  requests: readonly AttentionRequest[],
): Promise<AttentionRow[]> {
  const verified = requests.filter((request) => request.confidence === 100);
  return unverifiedOpens(
    tx,
    verified.flatMap((request) => messageKeyOf(request) ?? []),
  );
}

/** The requests' own events, and the earlier opens they prove. */
export function payablesOf(
  requests: readonly AttentionRequest[],
  opens: ReadonlyMap<string, AttentionRow[]>,
): Payable[] {
  const proven = requests.flatMap((request) => {
    const key = request.confidence === 100 ? messageKeyOf(request) : null;
    const own = key === null ? [] : (opens.get(openName(key)) ?? []);
    return own.map((open) => verifiedOpen(request, open));
  });
  return [...requests.map(payableOf), ...proven];
}

/** Pockets of events behind these in their streaks, for brands that have streaks. */
export async function pocketsBehind(
  tx: CommandTransaction,
  requests: readonly AttentionRequest[],
): Promise<AccountRef[]> {
  const counting = requests.filter(({ rules }) => rules.some(({ streak }) => streak !== null));
  if (counting.length === 0) return [];
  const ofOpens = counting.filter(({ rules }) =>
    rules.some(({ streak, action }) => streak !== null && action === 'OPEN'),
  );
  const opens = groupOpens(await opensProvenBy(tx, ofOpens));
  const events = payablesOf(counting, opens).flatMap(streakEventsOf);
  return accountsOfRises(tx, events, ({ zone }) => localDay(tx.now, zone));
}

/** Opens by customer and message. */
export function groupOpens(opens: readonly AttentionRow[]): Map<string, AttentionRow[]> {
  const groups = new Map<string, AttentionRow[]>();
  for (const open of opens) {
    const name = openName({
      brandId: open.brand_id,
      customerId: open.customer_id,
      messageId: open.message_id as string,
    });
    groups.set(name, [...(groups.get(name) ?? []), open]);
  }
  return groups;
}
