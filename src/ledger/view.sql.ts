/**
 * SQL that shows the ledger as a caller may see it. $1 is the caller's brand (or null) and $2 the
 * caller's customer (or null); a statement's own parameters follow.
 */

/** Whether the caller sees the whole wallet of a customer: its owner, the platform, or a brand with consent. */
export const wholeWallet = (customer: string): string => `($1::uuid IS NULL OR EXISTS (
  SELECT FROM consents c WHERE c.brand_id = $1 AND c.customer_id = ${customer}
    AND c.purpose = 'BALANCE_VISIBLE' AND c.granted))`;

/** Columns of an entry with its transfer's, where `whole` tells whether the caller sees the whole wallet. */
export const entryColumnsWhere = (
  whole: string,
): string => `e.id, e.transfer_id, e.account_kind, e.amount, e.brand_id, e.customer_id,
  e.posted_at, t.kind, t.reason, t.event_id,
  CASE WHEN e.account_kind = 'WALLET' AND NOT ${whole} THEN e.brand_number ELSE e.number END AS number,
  CASE WHEN e.account_kind = 'WALLET' AND NOT ${whole} THEN greatest(e.brand_balance_after, 0)
    ELSE e.balance_after END AS balance_after`;

/** Columns of an entry with its transfer's; numbers and balances of a brand's own share where due. */
export const entryColumns = entryColumnsWhere(wholeWallet('e.customer_id'));

/** Which entries the caller may see at all. */
export const entryVisible = `(CASE
  WHEN $2::uuid IS NOT NULL THEN e.customer_id = $2
  WHEN $1::uuid IS NOT NULL THEN e.brand_id = $1 AND e.account_kind NOT IN ('MINT', 'HOLD')
  ELSE true END)`;

/** Which transfers the caller may see. */
export const transferVisible = `(CASE
  WHEN $2::uuid IS NOT NULL THEN t.customer_id = $2 OR t.counterparty_id = $2
  WHEN $1::uuid IS NOT NULL THEN t.brand_id = $1
  ELSE true END)`;
