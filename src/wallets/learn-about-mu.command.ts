import { accounts, Posting, readWalletFacts, type WalletSnapshot } from '../ledger';
import { refused, type Answer, type CommandHandler } from '../platform/database/command';
import type { UserErrorShape } from '../platform/errors';
import { customersMeant, walletAfter, type AboutCustomer, type Meant } from './own-customers';

export interface LearnAnswer extends Answer {
  wallet?: WalletSnapshot;
}

const storeSql = `
  INSERT INTO mu_learned (brand_id, customer_id, learned_at)
  SELECT DISTINCT t.brand_id, t.customer_id, $3::timestamptz
  FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, customer_id) ORDER BY 1, 2
  ON CONFLICT DO NOTHING`;

/** Notes that people asked what Mu is, which takes them from WHATS_IT to ACTIVATE; once is enough. */
export const learnAboutMu: CommandHandler<AboutCustomer, LearnAnswer> = {
  kind: 'learnAboutMu',
  async execute(tx, commands) {
    const read = await customersMeant(tx, commands);
    const meant = read.filter((one): one is Meant => 'customerId' in one);
    if (meant.length === 0) return read.map((one) => refused(one as UserErrorShape));
    await tx.query(storeSql, [
      meant.map(({ brandId }) => brandId),
      meant.map(({ customerId }) => customerId),
      tx.now,
    ]);
    const refs = meant.map(({ customerId }) => accounts.wallet(customerId));
    const posting = await Posting.open(tx, refs, meant);
    const facts = await readWalletFacts(tx, meant);
    return read.map((one) => {
      if (!('customerId' in one)) return refused(one);
      return { wallet: walletAfter(posting, one, facts), userErrors: [] };
    });
  },
};
