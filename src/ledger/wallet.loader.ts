import { viewer } from '../platform/auth/caller';
import { defineLoader } from '../platform/graphql/loaders';
import { walletState } from './wallet';
import { toWallet, type Wallet } from './wallet.type';

interface WalletRow {
  balance: number;
  held: number;
  earned: number;
  redeemed: number;
  grants: number;
  confirmed: boolean;
}

// The account row of a wallet is visible to its owner, the platform, and a brand with consent; the
// policy of the table says the same. Everybody else gets the brand's own share.
const walletsSql = `
  SELECT coalesce(w.balance, greatest(s.balance, 0), 0) AS balance,
    coalesce(w.held, s.held, 0) AS held, coalesce(w.earned, s.earned, 0) AS earned,
    coalesce(w.redeemed, s.redeemed, 0) AS redeemed, coalesce(w.grants, s.grants, 0) AS grants,
    EXISTS (SELECT FROM brand_identities i WHERE i.customer_id = t.customer_id
      AND ($1::uuid IS NULL OR i.brand_id = $1) AND i.confirmed_at IS NOT NULL) AS confirmed
  FROM unnest($3::uuid[]) WITH ORDINALITY AS t(customer_id, position)
  LEFT JOIN wallet_shares s ON s.customer_id = t.customer_id AND s.brand_id = $1
  LEFT JOIN accounts w ON w.kind = 'WALLET' AND w.owner = t.customer_id
    AND ($2::uuid IS NULL OR w.owner = $2)
    AND ($1::uuid IS NULL OR EXISTS (SELECT FROM consents c WHERE c.brand_id = $1
      AND c.customer_id = t.customer_id AND c.purpose = 'BALANCE_VISIBLE' AND c.granted))
  ORDER BY t.position`;

/** Wallets by the customers' UUIDs, as far as the caller may see them. */
export const walletLoader = defineLoader<string, Wallet>(async (context, customers) => {
  const rows = await context.reads.query<WalletRow>(walletsSql, [
    ...viewer(context.caller),
    customers,
  ]);
  return rows.map((row, at) =>
    toWallet({
      customerId: customers[at] as string,
      balance: row.balance,
      held: row.held,
      lifetimeEarned: row.earned,
      lifetimeRedeemed: row.redeemed,
      state: walletState(row.grants, row.confirmed),
    }),
  );
});
