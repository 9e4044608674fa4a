/** Columns as `ledger.sql.ts` takes them, in order; one array of values each. */

export const transferColumns = [
  'id',
  'kind',
  'debit_account',
  'credit_account',
  'amount',
  'reason',
  'brand_id',
  'customer_id',
  'counterparty_id',
  'event_id',
  'message_id',
  'rule_id',
  'hold_id',
  'funded_by',
  'reverses',
  'posted_at',
] as const;
export const entryColumns = [
  'id',
  'transfer_id',
  'account_id',
  'account_kind',
  'number',
  'amount',
  'balance_after',
  'brand_id',
  'customer_id',
  'brand_number',
  'brand_balance_after',
  'posted_at',
] as const;
export const accountColumns = [
  'balance',
  'entries',
  'earned',
  'redeemed',
  'grants',
  'held',
  'owed',
  'funded_by',
  'closed_at',
] as const;
export const shareColumns = [
  'brand_id',
  'customer_id',
  'balance',
  'held',
  'earned',
  'redeemed',
  'grants',
  'entries',
] as const;

/** The values of rows column by column, as statements take them. */
export function valuesByColumn<Row extends object>(
  rows: readonly Row[],
  names: readonly (keyof Row)[],
): unknown[][] {
  return names.map((name) => rows.map((row) => row[name]));
}
