import type { CommandTransaction } from '../platform/database/command';
import { nameOf, type AccountRef } from './account';
import type { TransferDraft } from './transfer';

// A brand's own pockets, and the wallets that nobody may fill because their owners opted out. What
// other wallets hold is nobody's business here.
const pocketsSql = `
  SELECT a.kind, a.owner, a.balance, a.closed_at IS NOT NULL AS closed
  FROM unnest($2::text[], $3::uuid[]) AS t(kind, owner)
  JOIN accounts a ON a.kind = t.kind AND a.owner = t.owner AND a.brand_id = $1
  UNION ALL
  SELECT 'WALLET', o.customer_id, 0, true FROM opt_outs o
  WHERE o.customer_id = ANY ($3::uuid[]) AND o.opted_in_at IS NULL`;

interface Pocket {
  kind: AccountRef['kind'];
  owner: string;
  balance: number;
  closed: boolean;
}

/** Transfers out of a brand's pockets as they would be, without a lock and without a trace. */
export class Rehearsal {
  private readonly pockets: Map<string, Pocket>;

  private constructor(pockets: readonly Pocket[]) {
    this.pockets = new Map(pockets.map((pocket) => [nameOf(pocket), pocket]));
  }

  /** One statement. */
  static async read(
    tx: Pick<CommandTransaction, 'query'>,
    brandId: string,
    refs: readonly AccountRef[],
  ): Promise<Rehearsal> {
    const kinds = refs.map((ref) => ref.kind);
    const owners = refs.map((ref) => ref.owner);
    return new Rehearsal(await tx.query<Pocket>(pocketsSql, [brandId, kinds, owners]));
  }

  /** What the account holds now; 0 for one that does not exist yet, and for wallets. */
  balanceOf(ref: AccountRef): number {
    return this.pockets.get(nameOf(ref))?.balance ?? 0;
  }

  isClosed(ref: AccountRef): boolean {
    return this.pockets.get(nameOf(ref))?.closed ?? false;
  }

  transfer({ debit, amount }: TransferDraft): null {
    const pocket = this.pockets.get(nameOf(debit));
    if (pocket !== undefined) pocket.balance -= amount;
    return null;
  }
}
