import { instant, type Person, type Plot } from './people';
import type { Chance } from './random';
import type { Tables } from './tables';

/** Mu for the first click of a day. */
const amount = 3;
const mint = { id: 1, owner: '00000000-0000-0000-0000-000000000000' };
const budgetId = 2;
const firstWalletId = 3;

interface Wallet {
  id: number;
  grants: number;
  lastDay: string;
}

/** Who got Mu for what, each grant a transfer of two entries out of what the brand bought at the beginning. */
export class Ledger {
  private readonly wallets = new Map<string, Wallet>();
  private readonly funding: string;
  private readonly bought: number;
  private entries = 1;
  private left: number;

  constructor(
    private readonly plot: Plot,
    private readonly into: Tables,
    private readonly chance: Chance,
  ) {
    const { begins, events } = plot;
    this.bought = events * amount;
    this.left = this.bought;
    this.funding = chance.uuid(begins);
    this.transfer('ISSUE', [mint.id, budgetId], this.bought, { id: this.funding, at: begins });
    this.entry([mint.id, 'MINT', 1, -this.bought, -this.bought], {
      transfer: this.funding,
      at: begins,
    });
    this.entry([budgetId, 'BUDGET', 1, this.bought, this.left], {
      transfer: this.funding,
      at: begins,
    });
  }

  /** Pays for a click, once a day. */
  grant(
    person: Person,
    { event, message, day, at }: { event: string; message: string | null; day: string; at: number },
  ): void {
    const wallet = this.walletOf(person);
    if (wallet.lastDay === day) return;
    wallet.lastDay = day;
    wallet.grants += 1;
    this.left -= amount;
    this.entries += 1;
    const { brand } = this.plot;
    this.into.daily_awards.add(brand.id, person.id, 'click', day, 1);
    const transfer = this.chance.uuid(at);
    const accounts: [number, number] = [budgetId, wallet.id];
    this.transfer('GRANT', accounts, amount, { id: transfer, at, person, event, message });
    this.entry([budgetId, 'BUDGET', this.entries, -amount, this.left], { transfer, at });
    const balance = wallet.grants * amount;
    this.entry([wallet.id, 'WALLET', wallet.grants, amount, balance], { transfer, at, person });
  }

  /** Writes what is left in every account, and the brand's share of each wallet. */
  close(): void {
    const { brand, begins } = this.plot;
    const since = instant(begins);
    this.into.accounts.add(
      mint.id,
      'MINT',
      mint.owner,
      null,
      null,
      -this.bought,
      1,
      0,
      0,
      null,
      since,
    );
    this.into.accounts.add(
      budgetId,
      'BUDGET',
      brand.id,
      brand.id,
      null,
      this.left,
      this.entries,
      0,
      0,
      this.funding,
      since,
    );
    for (const [customer, { id, grants }] of this.wallets) {
      const mu = grants * amount;
      this.into.accounts.add(
        id,
        'WALLET',
        customer,
        null,
        customer,
        mu,
        grants,
        mu,
        grants,
        null,
        since,
      );
      this.into.wallet_shares.add(brand.id, customer, mu, 0, mu, 0, grants, grants);
    }
  }

  private walletOf({ id }: Person): Wallet {
    let wallet = this.wallets.get(id);
    if (wallet === undefined) {
      wallet = { id: firstWalletId + this.wallets.size, grants: 0, lastDay: '' };
      this.wallets.set(id, wallet);
    }
    return wallet;
  }

  private transfer(
    kind: 'ISSUE' | 'GRANT',
    [debit, credit]: [number, number],
    mu: number,
    of: { id: string; at: number; person?: Person; event?: string; message?: string | null },
  ): void {
    const { brand } = this.plot;
    const reason = kind === 'ISSUE' ? 'Budget' : 'Clicked, rule click v1';
    this.into.transfers.add(
      of.id,
      kind,
      debit,
      credit,
      mu,
      reason,
      brand.id,
      of.person?.id ?? null,
      of.event ?? null,
      of.message ?? null,
      kind === 'ISSUE' ? null : brand.ruleId,
      kind === 'ISSUE' ? null : this.funding,
      instant(of.at),
    );
  }

  private entry(
    [account, kind, number, mu, balance]: [number, string, number, number, number],
    { transfer, at, person }: { transfer: string; at: number; person?: Person },
  ): void {
    const inBrand = person === undefined ? [null, null] : [number, balance];
    this.into.entries.add(
      this.chance.uuid(at),
      transfer,
      account,
      kind,
      number,
      mu,
      balance,
      this.plot.brand.id,
      person?.id ?? null,
      ...inBrand,
      instant(at),
    );
  }
}
