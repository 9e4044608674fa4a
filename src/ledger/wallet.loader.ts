import { viewer } from '../platform/auth/caller';
import { defineLoader } from '../platform/graphql/loaders';
import { walletState, type StandingFacts } from './wallet';
import { toWallet, type Wallet } from './wallet.type';

interface WalletRow extends StandingFacts {
  balance: number;
  held: number;
  owed: number;
  earned: number;
  redeemed: number;
}

// The account row of a wallet is visible to its owner, the platform, and a brand with consent; the
// policy of the table says the same. Everybody else gets the brand's own share.
const walletsSql = `
  SELECT CASE WHEN o.customer_id IS NULL THEN greatest(coalesce(w.balance, s.balance), 0)
      ELSE 0 END AS balance,
    CASE WHEN o.customer_id IS NULL THEN coalesce(w.owed, 0) ELSE 0 END AS owed,
    coalesce(w.held, s.held, 0) AS held, coalesce(w.earned, s.earned, 0) AS earned,
    coalesce(w.redeemed, s.redeemed, 0) AS redeemed, coalesce(w.grants, s.grants, 0) AS grants,
    EXISTS (SELECT FROM brand_identities i WHERE i.customer_id = t.customer_id
      AND ($1::uuid IS NULL OR i.brand_id = $1) AND i.confirmed_at IS NOT NULL) AS confirmed,
    EXISTS (SELECT FROM mu_learned l WHERE l.customer_id = t.customer_id
      AND ($1::uuid IS NULL OR l.brand_id = $1)) AS learned,
    o.customer_id IS NOT NULL AS "optedOut"
  FROM unnest($3::uuid[]) WITH ORDINALITY AS t(customer_id, position)
  LEFT JOIN wallet_shares s ON s.customer_id = t.customer_id AND s.brand_id = $1
  LEFT JOIN opt_outs o ON o.customer_id = t.customer_id AND o.opted_in_at IS NULL
    AND ($1::uuid IS NULL OR EXISTS (SELECT FROM relationships r WHERE r.brand_id = $1
      AND r.customer_id = t.customer_id))
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
      owed: row.owed,
      lifetimeEarned: row.earned,
      lifetimeRedeemed: row.redeemed,
      state: walletState(row),
    }),
  );
});
