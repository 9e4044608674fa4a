import {
  accounts,
  pairOf,
  Posting,
  readSharesOf,
  readWalletFacts,
  type Share,
  type WalletFacts,
  type WalletSnapshot,
} from '../ledger';
import {
  refused,
  type Answer,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { ConflictError } from '../platform/database/errors';
import type { UserErrorShape } from '../platform/errors';
import { PendingRedemptions } from '../shop';
import { customersMeant, walletAfter, type AboutCustomer, type Meant } from './own-customers';
import { spread } from './spread';
import { announceStanding } from './wallets.topics';

/** What became of a wallet when its owner opted out; `extinguished` as far as the caller sees the wallet. */
export interface OptOutAnswer extends Answer {
  wallet?: WalletSnapshot;
  extinguished?: number;
}

/**
 * Closes wallets: what is on hold comes back, all Mu is destroyed share by share, and nothing comes in
 * any more. Locks redemptions, then accounts, as the shop does.
 */
export const optOutOfMu: CommandHandler<AboutCustomer, OptOutAnswer> = {
  kind: 'optOutOfMu',
  async execute(tx, commands) {
    const read = await customersMeant(tx, commands);
    const meant = read.filter((one): one is Meant => 'customerId' in one);
    if (meant.length === 0) return read.map((one) => refused(one as UserErrorShape));
    const batch = await Closing.open(tx, meant);
    const answers = read.map((one) => ('customerId' in one ? batch.close(one) : refused(one)));
    await batch.store();
    return answers;
  },
};

class Closing {
  private readonly left = new Map<string, Map<string, number>>();

  private constructor(
    private readonly tx: CommandTransaction,
    private readonly posting: Posting,
    private readonly shares: Map<string, readonly Share[]>,
    private readonly facts: Map<string, WalletFacts>,
  ) {}

  static async open(tx: CommandTransaction, meant: readonly Meant[]): Promise<Closing> {
    const ids = [...new Set(meant.map(({ customerId }) => customerId))].sort();
    const pending = await PendingRedemptions.lock(tx, ids);
    const brands = new Set((await readSharesOf(tx, ids)).map((share) => share.brand_id));
    const refs = ids.flatMap((id) => [accounts.wallet(id), accounts.hold(id)]);
    const posting = await Posting.open(tx, [...refs, ...[...brands].map(accounts.burn)], meant);
    const shares = await posting.learnSharesOf(ids);
    await pending.cancelAll(posting);
    for (const share of [...shares.values()].flat()) {
      if (share.balance > 0 && !brands.has(share.brand_id)) {
        throw new ConflictError('a brand has just paid for the first time');
      }
    }
    return new Closing(tx, posting, shares, await readWalletFacts(tx, meant));
  }

  /** Of several commands for one wallet the first empties it; the others find it closed. */
  close(pair: Meant): OptOutAnswer {
    const { customerId, brandId, byOwner } = pair;
    const wallet = accounts.wallet(customerId);
    let gone = new Map<string, number>();
    if (!this.posting.isClosed(wallet)) {
      gone = this.extinguish(customerId);
      this.posting.close(wallet);
      this.left.set(customerId, gone);
      const brands = (this.shares.get(customerId) ?? []).map((share) => share.brand_id);
      announceStanding(this.tx, 'customer.opted_out', customerId, [brandId, ...brands]);
    }
    const facts = this.facts.get(pairOf(brandId, customerId)) as WalletFacts;
    const whole = byOwner || facts.balanceVisible;
    const extinguished = whole
      ? [...gone.values()].reduce((sum, amount) => sum + amount, 0)
      : (gone.get(brandId) ?? 0);
    return { wallet: walletAfter(this.posting, pair, this.facts), extinguished, userErrors: [] };
  }

  async store(): Promise<void> {
    await this.posting.flush();
    const ids = [...this.left.keys()];
    if (ids.length > 0) await this.tx.query(storeSql, [ids, this.tx.now]);
  }

  /** Destroys a wallet's Mu and answers how much of it each brand had given. */
  private extinguish(customerId: string): Map<string, number> {
    const wallet = accounts.wallet(customerId);
    const balance = this.posting.balanceOf(wallet);
    const gone = new Map<string, number>();
    if (balance <= 0) return gone;
    for (const { part, amount } of spread(balance, this.shares.get(customerId) ?? [])) {
      const posted = this.posting.transfer({
        kind: 'EXTINGUISH',
        debit: wallet,
        credit: accounts.burn(part.brand_id),
        amount,
        reason: 'Opted out of Mu',
        brandId: part.brand_id,
        customerId,
      });
      if (typeof posted === 'string') throw new Error('a wallet could not be emptied');
      gone.set(part.brand_id, amount);
    }
    return gone;
  }
}

const storeSql = `
  INSERT INTO opt_outs (customer_id, opted_out_at) SELECT t.id, $2 FROM unnest($1::uuid[]) AS t(id)
  ORDER BY t.id
  ON CONFLICT (customer_id) DO UPDATE SET opted_out_at = excluded.opted_out_at, opted_in_at = NULL`;
