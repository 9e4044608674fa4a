import { setImmediate as nextRound } from 'node:timers/promises';
import type { CommandTransaction } from '../platform/database/command';
import { nameOf, wallet, type AccountRef } from './account';
import { entryId, transferId } from './ledger.id';
import { valuesByColumn, shareColumns } from './ledger.columns';
import * as sql from './ledger.sql';
import { announceWallets } from './ledger.topics';
import { emptyShare, pairOf, shareChanges, type Share } from './share';
import { storePosted, type LockedAccount } from './store-posted';
import type { EntryRow, Posted, PostingRefusal, TransferDraft, TransferRow } from './transfer';

/** A customer's wallet as one brand shares in it. */
export interface ShareRef {
  brandId: string;
  customerId: string;
}

/**
 * One set of transfers inside a command's transaction: `open` locks every account it may touch, in id
 * order; `transfer` decides each movement in memory, exactly, because nobody else can move these
 * accounts now; `flush` writes all of it. Nothing else in the service writes Mu.
 */
export class Posting {
  private readonly accounts = new Map<string, LockedAccount>();
  private readonly before = new Map<number, number>();
  private readonly shares = new Map<string, Share>();
  private readonly touchedShares = new Set<string>();
  private readonly touched = new Set<LockedAccount>();
  private readonly posted: Posted[] = [];

  private constructor(private readonly tx: CommandTransaction) {}

  /** Locks the accounts, making those that do not exist yet, and reads the shares. */
  static async open(
    tx: CommandTransaction,
    refs: readonly AccountRef[],
    shares: readonly ShareRef[],
  ): Promise<Posting> {
    const posting = new Posting(tx);
    const distinct = [...new Map(refs.map((ref) => [nameOf(ref), ref])).values()];
    const kinds = distinct.map((ref) => ref.kind);
    const owners = distinct.map((ref) => ref.owner);
    const creation = [
      kinds,
      owners,
      distinct.map((ref) => ref.brandId),
      distinct.map((ref) => ref.customerId),
      tx.now,
    ];
    // One after the other in the database, without a journey between them.
    const [, locked] = await Promise.all([
      tx.query(sql.createAccounts, creation),
      tx.query<LockedAccount>(sql.lockAccounts, [kinds, owners]),
      posting.readShares(shares),
    ]);
    for (const account of locked) {
      posting.accounts.set(`${account.kind} ${account.owner}`, account);
      posting.before.set(account.id, account.entries);
    }
    return posting;
  }

  /** The balance now, transfers of this posting included. */
  balanceOf(ref: AccountRef): number {
    return this.account(ref).balance;
  }

  /** Whether the account is closed: a reserve whose rest has gone back, a wallet nobody may fill. */
  isClosed(ref: AccountRef): boolean {
    return this.account(ref).closed_at !== null;
  }

  /** Closes an account that holds nothing now; a wallet may owe. */
  close(ref: AccountRef): void {
    const account = this.account(ref);
    if (account.balance > 0) throw new Error('only an empty account can be closed');
    account.closed_at = this.tx.now;
    this.touched.add(account);
  }

  /** Opens an account that was closed; it is as empty as it was left. */
  reopen(ref: AccountRef): void {
    const account = this.account(ref);
    account.closed_at = null;
    this.touched.add(account);
  }

  /** Reads every brand's share in these customers' wallets, which are locked; for emptying them. */
  async learnSharesOf(customerIds: readonly string[]): Promise<Map<string, readonly Share[]>> {
    for (const row of await readSharesOf(this.tx, customerIds)) {
      const pair = pairOf(row.brand_id, row.customer_id);
      if (!this.shares.has(pair)) this.shares.set(pair, row);
    }
    return new Map(
      customerIds.map((id) => [
        id,
        [...this.shares.values()].filter((share) => share.customer_id === id),
      ]),
    );
  }

  /** Lets customers share in what a brand granted to others, as those who are merged come to do. */
  async readSharesWith(pairs: readonly ShareRef[]): Promise<void> {
    const unread = pairs.filter(
      ({ brandId, customerId }) => !this.shares.has(pairOf(brandId, customerId)),
    );
    await this.readShares(unread);
  }

  /** Totals of a wallet over all brands, and of the part one brand shares in. */
  walletOf(customerId: string, brandId: string): { whole: LockedAccount; share: Share } {
    return { whole: this.account(wallet(customerId)), share: this.share({ brandId, customerId }) };
  }

  /** Moves Mu, or says why not; a refusal changes nothing. */
  transfer(draft: TransferDraft): Posted | PostingRefusal {
    const debit = this.account(draft.debit);
    const credit = this.account(draft.credit);
    if (credit.closed_at !== null) return 'CLOSED';
    const unbounded =
      debit.kind === 'MINT' || (debit.kind === 'WALLET' && draft.overdraws === true);
    if (!unbounded && debit.balance < draft.amount) return 'TOO_LITTLE';
    if (!Number.isSafeInteger(debit.balance - draft.amount)) return 'TOO_MUCH';
    if (!Number.isSafeInteger(credit.balance + draft.amount)) return 'TOO_MUCH';
    const transfer = this.transferRow(draft, debit, credit);
    const posted: Posted = {
      transfer,
      debit: this.enter(draft, transfer, draft.debit, debit, -draft.amount),
      credit: this.enter(draft, transfer, draft.credit, credit, draft.amount),
    };
    this.count(draft);
    if (draft.kind === 'ISSUE') credit.funded_by = transfer.id;
    if (draft.kind === 'RESERVE') credit.funded_by = debit.funded_by;
    this.posted.push(posted);
    return posted;
  }

  /** Writes everything; throws when an account moved although it was locked. */
  async flush(): Promise<void> {
    if (this.posted.length === 0 && this.touched.size === 0) return;
    const posted = this.posted.splice(0);
    const accounts = [...this.touched];
    this.touched.clear();
    const stored = storePosted(this.tx, posted, { accounts, entriesBefore: this.before });
    const all = Promise.all([stored, this.storeShares()]);
    all.catch(() => undefined);
    // What is announced is worked out while PostgreSQL stores.
    await nextRound();
    announceWallets(this.tx, posted);
    await all;
    for (const account of accounts) this.before.set(account.id, account.entries);
  }

  private account(ref: AccountRef): LockedAccount {
    const account = this.accounts.get(nameOf(ref));
    if (account === undefined) throw new Error(`${ref.kind} account was not locked`);
    return account;
  }

  private share(ref: ShareRef): Share {
    const share = this.shares.get(pairOf(ref.brandId, ref.customerId));
    if (share === undefined) throw new Error('wallet share was not read');
    return share;
  }

  private transferRow(
    draft: TransferDraft,
    debit: LockedAccount,
    credit: LockedAccount,
  ): TransferRow {
    return {
      id: transferId.create(),
      kind: draft.kind,
      debit_account: debit.id,
      credit_account: credit.id,
      amount: draft.amount,
      reason: draft.reason,
      brand_id: draft.brandId,
      customer_id: draft.customerId ?? null,
      counterparty_id: draft.counterpartyId ?? null,
      event_id: draft.eventId ?? null,
      message_id: draft.messageId ?? null,
      rule_id: draft.ruleId ?? null,
      hold_id: draft.holdId ?? null,
      funded_by: debit.funded_by,
      reverses: draft.reverses?.id ?? null,
      posted_at: this.tx.now,
    };
  }

  private enter(
    draft: TransferDraft,
    transfer: TransferRow,
    ref: AccountRef,
    account: LockedAccount,
    amount: number,
  ): EntryRow {
    account.balance += amount;
    account.entries += 1;
    if (account.kind === 'WALLET') account.owed = Math.max(0, -account.balance);
    this.touched.add(account);
    const share = ref.kind === 'WALLET' ? this.share(shareRefOf(draft, ref.owner)) : null;
    if (share !== null) {
      share.balance += amount;
      share.entries += 1;
      this.touchedShares.add(pairOf(share.brand_id, share.customer_id));
    }
    return {
      id: entryId.create(),
      transfer_id: transfer.id,
      account_id: account.id,
      account_kind: ref.kind,
      number: account.entries,
      amount,
      balance_after: account.balance,
      brand_id: draft.brandId,
      customer_id: ref.customerId,
      brand_number: share?.entries ?? null,
      brand_balance_after: share?.balance ?? null,
      posted_at: this.tx.now,
    };
  }

  /** Keeps the lifetime totals of the wallets and of the brand's shares in step. */
  private count(draft: TransferDraft): void {
    for (const change of shareChanges(draft)) {
      const whole = this.account(wallet(change.customerId));
      const share = this.share(shareRefOf(draft, change.customerId));
      for (const name of ['earned', 'redeemed', 'grants', 'held'] as const) {
        whole[name] += change[name];
        share[name] += change[name];
      }
      this.touched.add(whole);
      this.touchedShares.add(pairOf(share.brand_id, share.customer_id));
    }
  }

  private async readShares(refs: readonly ShareRef[]): Promise<void> {
    if (refs.length === 0) return;
    for (const ref of refs) {
      const pair = pairOf(ref.brandId, ref.customerId);
      if (!this.shares.has(pair)) this.shares.set(pair, emptyShare(ref.brandId, ref.customerId));
    }
    const wanted = [
      ...new Map(refs.map((ref) => [pairOf(ref.brandId, ref.customerId), ref])).values(),
    ];
    const rows = await this.tx.query<Share>(sql.readShares, [
      wanted.map((ref) => ref.brandId),
      wanted.map((ref) => ref.customerId),
    ]);
    for (const row of rows) this.shares.set(pairOf(row.brand_id, row.customer_id), row);
  }

  private async storeShares(): Promise<void> {
    const shares = [...this.touchedShares].map((pair) => this.shares.get(pair) as Share);
    this.touchedShares.clear();
    if (shares.length > 0)
      await this.tx.query(sql.storeShares, valuesByColumn(shares, shareColumns));
  }
}

/** Every brand's share in these customers' wallets; true to the moment only when those are locked. */
export async function readSharesOf(
  tx: CommandTransaction,
  customerIds: readonly string[],
): Promise<Share[]> {
  return tx.query<Share>(sql.readSharesOfCustomers, [customerIds]);
}

function shareRefOf(draft: TransferDraft, customerId: string): ShareRef {
  return { brandId: draft.brandId, customerId };
}
