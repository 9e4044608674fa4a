import { brandLoader, type BrandEntity } from '../brands';
import {
  consentLoader,
  customerByKeyLoader,
  readCustomerBy,
  type Consent,
  type CustomerBy,
  type CustomerEntity,
} from '../customers';
import { walletLoader, type Wallet } from '../ledger';
import { messageId, messageLoader, type MessageEntity } from '../messages';
import type { Context } from '../platform/graphql/context';
import { callToActionOf } from './call-to-action';
import { linkExpiry } from './links';
import { MessageRewardView } from './message-reward-view.type';
import { subjectText, triadOf } from './triad';

/** A view with what its links are made of. */
export interface ViewSource extends MessageRewardView {
  brand: BrandEntity;
  message: MessageEntity;
  customerUuid: string;
  linksExpireAt: Date;
}

/**
 * What one message of the calling brand shows each of these customers, in the same order; null for
 * those the brand does not know, and for all when the message is not its own. Five statements.
 */
export async function viewsOf(
  context: Context,
  customers: readonly CustomerBy[],
  id: string,
): Promise<(ViewSource | null)[]> {
  const uuid = messageId.decode(id);
  const message = uuid === null ? null : await messageLoader(context).load(uuid);
  const brand = message === null ? null : await brandLoader(context).load(message.brandUuid);
  if (message === null || brand === null) return customers.map(() => null);
  const now = context.clock.now(new Date());
  const linksExpireAt = linkExpiry(message, now, context.config.limits);
  const people = await findAll(context, customers);
  const uuids = people.flatMap((customer) => customer?.uuid ?? []);
  const wallets = whole(await walletLoader(context).loadMany(uuids));
  const consents = whole(await consentLoader(context).loadMany(uuids));
  let place = -1;
  return people.map((customer) => {
    if (customer === null) return null;
    place += 1;
    const standing = { wallet: wallets[place] as Wallet, consents: consents[place] ?? [] };
    return viewFor({ brand, message, customer, linksExpireAt }, standing);
  });
}

async function findAll(
  context: Context,
  customers: readonly CustomerBy[],
): Promise<(CustomerEntity | null)[]> {
  const keys = customers.map(readCustomerBy);
  const known = keys.filter((key) => key !== null);
  const found = whole(await customerByKeyLoader(context).loadMany(known));
  let place = -1;
  return keys.map((key) => {
    if (key === null) return null;
    place += 1;
    return found[place] ?? null;
  });
}

/** A loader that fails for one key has failed for the question. */
function whole<Value>(loaded: readonly (Value | Error)[]): Value[] {
  return loaded.map((value) => {
    if (value instanceof Error) throw value;
    return value;
  });
}

interface Parts {
  brand: BrandEntity;
  message: MessageEntity;
  customer: CustomerEntity;
  linksExpireAt: Date;
}

interface Standing {
  wallet: Wallet;
  consents: readonly Consent[];
}

function viewFor(
  { brand, message, customer, linksExpireAt }: Parts,
  { wallet, consents }: Standing,
): ViewSource {
  const hidden = wallet.state === 'OPTED_OUT';
  const consented = consents.some(
    ({ purpose, granted }) => purpose === 'BALANCE_VISIBLE' && granted,
  );
  const triad = hidden
    ? null
    : triadOf(wallet.balance, message, brand.triadThird ?? 'ACTION_MAXIMUM');
  return Object.assign(new MessageRewardView(), {
    customerId: customer.id,
    messageId: message.id,
    triad,
    subjectText: triad && subjectText(triad),
    balanceShown: hidden
      ? ('NONE' as const)
      : consented
        ? ('WHOLE' as const)
        : ('OWN_SHARE' as const),
    warState: wallet.state,
    callToAction: callToActionOf(wallet.state),
    brand,
    message,
    customerUuid: customer.uuid,
    linksExpireAt,
  });
}
