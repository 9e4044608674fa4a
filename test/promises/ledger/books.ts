/*
 * What the ledger promises, written down a second time and as simply as possible: a map of accounts,
 * a list of transfers, and who may ask for what. Nothing here is shared with the code it judges.
 */

export type BrandAt = 0 | 1;

/** What a wallet shows, whole or as one brand's share of it. */
export interface Totals {
  balance: number;
  held: number;
  lifetimeEarned: number;
  lifetimeRedeemed: number;
  grants: number;
  lines: number;
}

export interface ModelTransfer {
  id?: string;
  uuid?: string;
  kind: string;
  from: string;
  to: string;
  amount: number;
  brand: BrandAt;
  customer?: number;
  /** Whose wallet it goes to, where it comes out of another's. */
  counterparty?: number;
  redemption?: ModelRedemption;
  reversed: boolean;
  undoes?: ModelTransfer;
}

export interface ModelMessage {
  id?: string;
  brand: BrandAt;
  openMu: number | null;
  actionMuMax: number | null;
  audience: number | null;
  expiresAt: number;
  closed: boolean;
}

export interface ModelRedemption {
  id?: string;
  brand: BrandAt;
  customer: number;
  amount: number;
  state: string;
  expiresAt: number;
}

const largest = Number.MAX_SAFE_INTEGER;

export class Books {
  /** Wallets whose owners want no Mu. */
  readonly closed = new Set<string>();
  readonly balances = new Map<string, number>();
  readonly transfers: ModelTransfer[] = [];
  private readonly totals = new Map<string, Totals>();

  balanceOf(account: string): number {
    return this.balances.get(account) ?? 0;
  }

  /** Totals of a wallet as a brand shares in it; `whole` over all brands. */
  totalsOf(customer: number, brand: BrandAt | 'whole'): Totals {
    const name = `${customer} ${brand}`;
    const none = {
      balance: 0,
      held: 0,
      lifetimeEarned: 0,
      lifetimeRedeemed: 0,
      grants: 0,
      lines: 0,
    };
    const totals = this.totals.get(name) ?? none;
    this.totals.set(name, totals);
    return totals;
  }

  /** Moves Mu, or says why not. */
  move(
    draft: Omit<ModelTransfer, 'reversed'>,
  ): ModelTransfer | 'TOO_LITTLE' | 'TOO_MUCH' | 'CLOSED' {
    const { from, to, amount } = draft;
    if (this.closed.has(to)) return 'CLOSED';
    if (from !== 'MINT' && this.balanceOf(from) < amount) return 'TOO_LITTLE';
    if (this.balanceOf(from) - amount < -largest) return 'TOO_MUCH';
    if (this.balanceOf(to) + amount > largest) return 'TOO_MUCH';
    this.balances.set(from, this.balanceOf(from) - amount);
    this.balances.set(to, this.balanceOf(to) + amount);
    const transfer = { ...draft, reversed: false };
    this.transfers.push(transfer);
    for (const customer of [draft.customer, draft.counterparty]) {
      if (customer !== undefined) this.count(transfer, customer);
    }
    return transfer;
  }

  private count(transfer: ModelTransfer, customer: number): void {
    const { kind, from, to, amount, brand, undoes } = transfer;
    const of = undoes?.kind ?? kind;
    const sign = undoes === undefined ? 1 : -1;
    const ended = of === 'HOLD_CAPTURE' || of === 'HOLD_RELEASE';
    for (const totals of [this.totalsOf(customer, brand), this.totalsOf(customer, 'whole')]) {
      if (from === `WALLET ${customer}`) totals.balance -= amount;
      if (to === `WALLET ${customer}`) totals.balance += amount;
      if (from === `WALLET ${customer}` || to === `WALLET ${customer}`) totals.lines += 1;
      if (of === 'GRANT') totals.lifetimeEarned += sign * amount;
      if (of === 'GRANT') totals.grants += sign;
      if (of === 'HOLD_CAPTURE') totals.lifetimeRedeemed += sign * amount;
      if (of === 'HOLD') totals.held += sign * amount;
      if (ended && undoes === undefined) totals.held -= amount;
    }
  }
}
