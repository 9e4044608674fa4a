import {
  accounts,
  pairOf,
  Posting,
  readWalletFacts,
  snapshotFor,
  snapshotForOwner,
  type TransferRow,
  type WalletFacts,
  type WalletSnapshot,
} from '../ledger';
import {
  refused,
  type Answer,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { refusalOf } from './offer';
import { readRequests, type Redeem, type RedeemRequest } from './redeem.request';
import { snapshotOf, type RedemptionRow, type RedemptionSnapshot } from './redemption.entity';
import { accountsOf, insertRedemptions, reasonFor } from './redemption.service';
import { redemptionId } from './shop.id';
import { offerOf } from './shop-item.entity';
import { ItemsHad } from './stock';

/** What became of a redemption: as it is now, the transfer that made it so, and the wallet after it. */
export interface RedemptionAnswer extends Answer {
  redemption?: RedemptionSnapshot;
  transfer?: TransferRow;
  wallet?: WalletSnapshot;
}

/** Puts Mu on hold for a list of redemptions, one after the other under the wallets' locks. */
export const redeem: CommandHandler<Redeem, RedemptionAnswer> = {
  kind: 'redeem',
  async execute(tx, commands) {
    const read = await readRequests(tx, commands);
    const requests = read.filter((one): one is RedeemRequest => 'customerId' in one);
    if (requests.length === 0) return read.map((one) => refused(one as UserErrorShape));
    const posting = await Posting.open(tx, requests.flatMap(accountsOf), requests);
    const facts = await readWalletFacts(tx, requests);
    const had = await ItemsHad.read(tx, requests.flatMap(countedItemOf));
    const batch: Batch = { tx, posting, facts, had, rows: [] };
    const answers = read.map((one) => ('customerId' in one ? redeemOne(batch, one) : refused(one)));
    await insertRedemptions(tx, batch.rows);
    await posting.flush();
    return answers;
  },
};

interface Batch {
  tx: CommandTransaction;
  posting: Posting;
  facts: ReadonlyMap<string, WalletFacts>;
  had: ItemsHad;
  /** Redemptions made so far, to be stored. */
  rows: RedemptionRow[];
}

function countedItemOf({
  customerId,
  item,
}: RedeemRequest): { customerId: string; itemId: string }[] {
  return item?.per_customer == null ? [] : [{ customerId, itemId: item.id }];
}

function redeemOne(batch: Batch, request: RedeemRequest): RedemptionAnswer {
  const { tx, posting, facts, had, rows } = batch;
  const row = rowOf(tx, request);
  const field = [request.item === null ? 'amount' : 'itemId'];
  const wallet = accounts.wallet(request.customerId);
  if (posting.isClosed(wallet)) return refused(userError('CUSTOMER_OPTED_OUT', ['customer']));
  if (request.item !== null) {
    const buyer = {
      balance: posting.balanceOf(wallet),
      optedOut: false,
      had: had.of(request.customerId, request.item.id),
    };
    const refusal = refusalOf(offerOf(request.item), buyer, tx.now);
    if (refusal !== null) return refused(userError(refusal, field));
  }
  const posted = posting.transfer({
    kind: 'HOLD',
    debit: wallet,
    credit: accounts.hold(request.customerId),
    amount: request.amount,
    reason: reasonFor('Redeemed', request.item?.name ?? null),
    brandId: request.brandId,
    customerId: request.customerId,
    holdId: row.id,
  });
  if (posted === 'TOO_LITTLE') return refused(userError('INSUFFICIENT_MU', field));
  if (typeof posted === 'string') return refused(userError('AMOUNT_TOO_LARGE', field));
  rows.push(row);
  if (request.item !== null) {
    had.add(request.customerId, request.item.id);
    if (request.item.stock !== null) request.item.stock -= 1;
  }
  const known = facts.get(pairOf(request.brandId, request.customerId)) as WalletFacts;
  const show = request.byOwner ? snapshotForOwner : snapshotFor;
  return {
    redemption: snapshotOf(row),
    transfer: posted.transfer,
    wallet: show(posting, request, known),
    userErrors: [],
  };
}

function rowOf(tx: CommandTransaction, request: RedeemRequest): RedemptionRow {
  const holdSeconds = request.item?.hold_seconds ?? tx.limits.holdSeconds;
  return {
    id: redemptionId.create(),
    brand_id: request.brandId,
    customer_id: request.customerId,
    item_id: request.item?.id ?? null,
    amount: request.amount,
    description: request.description,
    state: 'PENDING',
    expires_at: new Date(tx.now.getTime() + holdSeconds * 1000),
    created_at: tx.now,
    resolved_at: null,
    stock_taken: request.item !== null && request.item.stock !== null,
  };
}
