import { accounts, Posting, readSharesOf, readWalletFacts, type WalletSnapshot } from '../ledger';
import { refused, type Answer, type CommandHandler } from '../platform/database/command';
import type { UserErrorShape } from '../platform/errors';
import { customersMeant, walletAfter, type AboutCustomer, type Meant } from './own-customers';
import { announceStanding } from './wallets.topics';

export interface OptInAnswer extends Answer {
  wallet?: WalletSnapshot;
}

const storeSql = `
  UPDATE opt_outs SET opted_in_at = $2 WHERE customer_id = ANY ($1::uuid[]) AND opted_in_at IS NULL
  RETURNING customer_id`;

/** Opens the wallets of people who had opted out; they begin at zero. Others are left as they are. */
export const optInToMu: CommandHandler<AboutCustomer, OptInAnswer> = {
  kind: 'optInToMu',
  async execute(tx, commands) {
    const read = await customersMeant(tx, commands);
    const meant = read.filter((one): one is Meant => 'customerId' in one);
    if (meant.length === 0) return read.map((one) => refused(one as UserErrorShape));
    const ids = [...new Set(meant.map(({ customerId }) => customerId))].sort();
    const posting = await Posting.open(tx, ids.map(accounts.wallet), meant);
    const facts = await readWalletFacts(tx, meant);
    const back = await tx.query<{ customer_id: string }>(storeSql, [ids, tx.now]);
    const shares = await readSharesOf(tx, ids);
    for (const { customer_id: customerId } of back) {
      posting.reopen(accounts.wallet(customerId));
      const brands = [...meant, ...shares.map(refOfShare)]
        .filter((ref) => ref.customerId === customerId)
        .map((ref) => ref.brandId);
      announceStanding(tx, 'customer.opted_in', customerId, brands);
    }
    await posting.flush();
    return read.map((one) => {
      if (!('customerId' in one)) return refused(one);
      return { wallet: walletAfter(posting, one, facts), userErrors: [] };
    });
  },
};

function refOfShare(share: { brand_id: string; customer_id: string }): {
  brandId: string;
  customerId: string;
} {
  return { brandId: share.brand_id, customerId: share.customer_id };
}
