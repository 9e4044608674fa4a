import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';

type Columns = Record<string, string>;

/** A table as TypeORM knows it: properties and the types of their columns, keys first. */
function table<Row>(name: string, keys: Columns, others: Columns): EntitySchema<Row> {
  const column = (type: string, property: string, primary: boolean): EntitySchemaColumnOptions => ({
    type: type as 'uuid',
    name: property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    primary,
    nullable: !primary,
    ...(type === 'bigint'
      ? {
          transformer: {
            from: (text: string | null) => (text === null ? null : Number(text)),
            to: (n) => n,
          },
        }
      : {}),
  });
  const entries = [
    ...Object.entries(keys).map(([property, type]) => [property, column(type, property, true)]),
    ...Object.entries(others).map(([property, type]) => [property, column(type, property, false)]),
  ];
  return new EntitySchema({ name, tableName: name, columns: Object.fromEntries(entries) as never });
}

/** A row of any of the tables. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Row = Record<string, any>;

const ofCustomer = { brandId: 'uuid', customerId: 'uuid' };

/** The tables of the card. */
export const tables = {
  keys: table<Row>(
    'api_keys',
    { id: 'uuid' },
    { brandId: 'uuid', secretHash: 'bytea', revokedAt: 'timestamptz' },
  ),
  brands: table<Row>('brands', { id: 'uuid' }, { timezone: 'text', currency: 'text' }),
  relationships: table<Row>('relationships', ofCustomer, {
    externalId: 'text',
    email: 'text',
    phone: 'text',
    traits: 'jsonb',
    createdAt: 'timestamptz',
  }),
  identities: table<Row>(
    'brand_identities',
    { brandId: 'uuid', kind: 'text', value: 'text' },
    { customerId: 'uuid', confirmedAt: 'timestamptz', createdAt: 'timestamptz' },
  ),
  consents: table<Row>(
    'consents',
    { ...ofCustomer, purpose: 'text' },
    { granted: 'boolean', recordedAt: 'timestamptz' },
  ),
  states: table<Row>('attention_states', ofCustomer, {
    ema: 'float8',
    emaDay: 'date',
    streak: 'int',
    dormancy: 'text',
    dormancySince: 'timestamptz',
    lastAttendedAt: 'timestamptz',
  }),
  days: table<Row>(
    'attention_days',
    { ...ofCustomer, localDay: 'date' },
    { opens: 'int', clicks: 'int' },
  ),
  totals: table<Row>('purchase_totals', ofCustomer, {
    orders: 'int',
    grossMinor: 'bigint',
    refundedMinor: 'bigint',
    firstAt: 'timestamptz',
    lastAt: 'timestamptz',
  }),
  shares: table<Row>('wallet_shares', ofCustomer, {
    balance: 'bigint',
    held: 'bigint',
    earned: 'bigint',
  }),
  entries: table<Row>(
    'entries',
    { id: 'uuid' },
    {
      ...ofCustomer,
      transferId: 'uuid',
      brandNumber: 'bigint',
      amount: 'bigint',
      brandBalanceAfter: 'bigint',
      postedAt: 'timestamptz',
    },
  ),
  transfers: table<Row>('transfers', { id: 'uuid' }, { kind: 'text', reason: 'text' }),
  events: table<Row>(
    'attention_events',
    { id: 'uuid' },
    {
      ...ofCustomer,
      action: 'text',
      channel: 'text',
      confidence: 'smallint',
      occurredAt: 'timestamptz',
    },
  ),
  deliveries: table<Row>(
    'deliveries',
    { id: 'uuid' },
    { ...ofCustomer, messageId: 'uuid', deliveredAt: 'timestamptz' },
  ),
  messages: table<Row>(
    'messages',
    { id: 'uuid' },
    { externalId: 'text', channel: 'text', subject: 'text' },
  ),
};
