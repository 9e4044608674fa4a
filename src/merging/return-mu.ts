import { accounts, type Posting, type TransferDraft } from '../ledger';
import type { CommandTransaction } from '../platform/database/command';
import type { Gone } from './move-mu';

const reason = 'They are two persons after all';

/** What `undo_merge` answers: brands that meant the one only, and the redemptions that went back. */
export interface Returned {
  brands: string[];
  redemptions: string[];
}

/** Mu that goes back: the inverse of a transfer of the merge, or what came in for the one since. */
interface Return {
  merge: string;
  /** The transfer of the merge this is the inverse of; null for what came in since. */
  reverses: string | null;
  brand_id: string;
  giver: string;
  taker: string;
  amount: number;
  hold_id: string | null;
}

// The last first, so that the wallets go back the way they came. A hold that has ended stays ended.
const inverseSql = `
  SELECT n.merge_id AS merge, t.id AS reverses, t.brand_id, t.counterparty_id AS giver,
    t.customer_id AS taker, t.amount, t.hold_id
  FROM merge_transfers n JOIN transfers t ON t.id = n.transfer_id
  WHERE n.merge_id = ANY ($1::uuid[])
    AND (t.hold_id IS NULL OR t.hold_id = ANY ($2::uuid[]))
    AND NOT EXISTS (SELECT FROM transfers r WHERE r.reverses = t.id)
  ORDER BY n.number DESC`;

const people = `unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[])
    AS m(id, gone, survivor, merged_at)`;

// What redemptions of the one gave back to the wallet of the other meanwhile.
const releasedSql = `
  SELECT m.id AS merge, NULL AS reverses, t.brand_id, m.survivor AS giver, m.gone AS taker,
    t.amount, t.hold_id
  FROM ${people}
  JOIN unnest($5::uuid[], $6::uuid[]) AS h(merge, hold_id) ON h.merge = m.id
  JOIN transfers t ON t.hold_id = h.hold_id AND t.kind IN ('HOLD_RELEASE', 'REVERSAL', 'UNMERGE')
    AND t.posted_at >= m.merged_at
  JOIN accounts a ON a.id = t.credit_account AND a.kind = 'WALLET' AND a.owner = m.survivor
  ORDER BY t.posted_at, t.id`;

// What brands that know the one only have paid since, into the wallet of the other.
const paidSql = `
  SELECT m.id AS merge, NULL AS reverses, t.brand_id, m.survivor AS giver, m.gone AS taker,
    sum(t.amount)::bigint AS amount, NULL AS hold_id
  FROM ${people}
  JOIN unnest($5::uuid[], $6::uuid[]) AS b(merge, brand_id) ON b.merge = m.id
  JOIN accounts a ON a.kind = 'WALLET' AND a.owner = m.survivor
  JOIN entries e ON e.account_id = a.id AND e.brand_id = b.brand_id AND e.posted_at >= m.merged_at
    AND e.amount > 0
  JOIN transfers t ON t.id = e.transfer_id AND t.hold_id IS NULL
    AND t.kind IN ('GRANT', 'UNMERGE')
  WHERE NOT EXISTS (SELECT FROM transfers r WHERE r.reverses = t.id)
  GROUP BY m.id, t.brand_id, m.survivor, m.gone
  ORDER BY t.brand_id`;

/** Reads what Mu goes back for each merge, by its UUID; the accounts of all are locked. */
export async function readReturns(
  tx: CommandTransaction,
  merges: readonly (Gone & { id: string; mergedAt: Date })[],
  returned: ReadonlyMap<string, Returned>,
  pending: readonly string[],
): Promise<Map<string, Return[]>> {
  const pairs = [
    merges.map(({ id }) => id),
    merges.map(({ gone }) => gone),
    merges.map(({ survivor }) => survivor),
    merges.map(({ mergedAt }) => mergedAt),
  ];
  const listed = (pick: (of: Returned) => string[]): string[][] => {
    const lines = [...returned].flatMap(([id, of]) => pick(of).map((one) => [id, one] as const));
    return [lines.map(([id]) => id), lines.map(([, one]) => one)];
  };
  const rows = [
    ...(await tx.query<Return>(inverseSql, [pairs[0], pending])),
    ...(await tx.query<Return>(releasedSql, [...pairs, ...listed((of) => of.redemptions)])),
    ...(await tx.query<Return>(paidSql, [...pairs, ...listed((of) => of.brands)])),
  ];
  const returns = new Map(merges.map(({ id }): [string, Return[]] => [id, []]));
  for (const row of rows) returns.get(row.merge)?.push(row);
  return returns;
}

/** Posts what goes back, though the wallet it comes from should owe it then; answers whose Mu it was. */
export function giveBack(posting: Posting, returns: readonly Return[]): string[] {
  for (const one of returns) {
    const posted = posting.transfer(draftOf(one));
    if (typeof posted === 'string') throw new Error('Mu could not go back');
  }
  return returns.map((one) => one.brand_id);
}

function draftOf(one: Return): TransferDraft {
  const held = one.reverses !== null && one.hold_id !== null;
  const account = held ? accounts.hold : accounts.wallet;
  return {
    kind: one.reverses === null ? 'UNMERGE' : 'REVERSAL',
    debit: account(one.giver),
    credit: account(one.taker),
    amount: one.amount,
    reason,
    brandId: one.brand_id,
    customerId: one.giver,
    counterpartyId: one.taker,
    holdId: one.hold_id,
    overdraws: true,
    ...(one.reverses === null ? {} : { reverses: { id: one.reverses, kind: 'MERGE' } }),
  };
}
