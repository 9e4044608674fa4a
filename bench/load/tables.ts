import { Copy } from './copy';

/** What is copied, and the columns of each; everything else is told from these rows. */
export const columnsOf = {
  customers: ['id', 'created_at'],
  relationships: [
    'brand_id',
    'customer_id',
    'external_id',
    'email',
    'phone',
    'traits',
    'created_at',
    'updated_at',
  ],
  identities: ['kind', 'value', 'customer_id', 'created_at'],
  brand_identities: ['brand_id', 'kind', 'value', 'customer_id', 'confirmed_at', 'created_at'],
  consents: ['brand_id', 'customer_id', 'purpose', 'granted', 'recorded_at', 'given_at'],
  consent_receipts: [
    'id',
    'brand_id',
    'customer_id',
    'purpose',
    'granted',
    'told_by',
    'given_at',
    'recorded_at',
  ],
  channel_preferences: ['brand_id', 'customer_id', 'channel', 'allowed', 'told_by', 'updated_at'],
  messages: [
    'id',
    'brand_id',
    'external_id',
    'channel',
    'kind',
    'subject',
    'campaign',
    'created_at',
  ],
  deliveries: [
    'id',
    'brand_id',
    'message_id',
    'customer_id',
    'delivered_at',
    'recorded_at',
    'state',
    'local_day',
  ],
  attention_events: [
    'id',
    'brand_id',
    'customer_id',
    'message_id',
    'action',
    'channel',
    'confidence',
    'machine',
    'duplicate',
    'duration_ms',
    'occurred_at',
    'recorded_at',
    'local_day',
  ],
  daily_awards: ['brand_id', 'customer_id', 'rule_name', 'local_day', 'payments'],
  accounts: [
    'id',
    'kind',
    'owner',
    'brand_id',
    'customer_id',
    'balance',
    'entries',
    'earned',
    'grants',
    'funded_by',
    'created_at',
  ],
  transfers: [
    'id',
    'kind',
    'debit_account',
    'credit_account',
    'amount',
    'reason',
    'brand_id',
    'customer_id',
    'event_id',
    'message_id',
    'rule_id',
    'funded_by',
    'posted_at',
  ],
  entries: [
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
  ],
  wallet_shares: [
    'brand_id',
    'customer_id',
    'balance',
    'held',
    'earned',
    'redeemed',
    'grants',
    'entries',
  ],
  purchases: [
    'id',
    'brand_id',
    'customer_id',
    'external_id',
    'purchased_at',
    'items',
    'total_minor',
    'currency',
    'recorded_at',
    'surface',
    'driver',
    'cost_minor',
    'refunded_minor',
    'first_of_customer',
    'local_day',
  ],
  purchase_refunds: ['id', 'brand_id', 'purchase_id', 'amount_minor', 'refunded_at', 'recorded_at'],
} as const;

export type TableName = keyof typeof columnsOf;

export const tableNames = Object.keys(columnsOf) as TableName[];

/** A way into every table. */
export type Tables = Record<TableName, Copy>;

/** Opens all tables of a schema for copying. */
export async function openTables(url: string, schema: string): Promise<Tables> {
  const opened = await Promise.all(
    tableNames.map((name) => Copy.into(url, `${schema}.${name}`, columnsOf[name])),
  );
  return Object.fromEntries(tableNames.map((name, at) => [name, opened[at]])) as Tables;
}

/** Waits until the database keeps up. */
export async function keepUp(tables: Tables): Promise<void> {
  for (const table of Object.values(tables)) await table.drained();
}

/** Ends all copies; answers how many rows went into each table. */
export async function closeTables(tables: Tables): Promise<Record<TableName, number>> {
  await Promise.all(Object.values(tables).map((table) => table.end()));
  return Object.fromEntries(tableNames.map((name) => [name, tables[name].rows])) as Record<
    TableName,
    number
  >;
}
