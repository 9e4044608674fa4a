import { viewer } from '../platform/auth/caller';
import { defineLoader } from '../platform/graphql/loaders';
import { WalletShare } from './wallet-share.type';

/** People have Mu of a few brands; who has it of more sees the largest parts. */
const most = 100;

const sharesSql = `
  SELECT s.* FROM unnest($3::uuid[]) AS c(id)
  CROSS JOIN LATERAL (
    SELECT w.customer_id, w.brand_id, w.balance, w.held FROM wallet_shares w
    WHERE w.customer_id = c.id AND ($1::uuid IS NULL OR w.brand_id = $1)
      AND ($2::uuid IS NULL OR w.customer_id = $2) AND (w.balance <> 0 OR w.held <> 0)
    ORDER BY w.balance DESC, w.brand_id LIMIT ${most}) s
  ORDER BY s.balance DESC, s.brand_id`;

interface Row {
  customer_id: string;
  brand_id: string;
  balance: number;
  held: number;
}

/** The parts of wallets by the customers' UUIDs: all for the owner and the platform, a brand's own one. */
export const walletSharesLoader = defineLoader<string, WalletShare[]>(
  async (context, customers) => {
    const { caller } = context;
    const rows = await context.reads.query<Row & Record<string, unknown>>(sharesSql, [
      ...viewer(caller),
      customers,
    ]);
    const lists = new Map(customers.map((id) => [id, [] as WalletShare[]]));
    for (const { customer_id: customer, brand_id: brandUuid, balance, held } of rows) {
      const shown = caller.kind === 'brand' ? Math.max(0, balance) : balance;
      lists
        .get(customer)
        ?.push(Object.assign(new WalletShare(), { brandUuid, balance: shown, held }));
    }
    return customers.map((id) => lists.get(id) ?? []);
  },
);
