/** What of our tables the card is made of, and how PostGraphile is told what the catalogue does not say. */
const { addPgTableCondition, pgSmartTags } = require('postgraphile/utils');

// Keys by which the tables hang together: the customer's relationship with the brand has the rest.
const ofRelationship = '(brand_id, customer_id) references relationships (brand_id, customer_id)';
const keysOf = {
  relationships: [],
  brand_identities: [`${ofRelationship}|@foreignFieldName identities`],
  consents: [`${ofRelationship}|@foreignFieldName consents`],
  wallet_shares: [`${ofRelationship}|@foreignSingleFieldName wallet`],
  entries: [
    '(brand_id, customer_id) references wallet_shares (brand_id, customer_id)|@foreignFieldName statement',
    '(transfer_id) references transfers (id)|@fieldName transfer',
  ],
  transfers: [],
  attention_events: [`${ofRelationship}|@foreignFieldName attention`],
  deliveries: [`${ofRelationship}|@foreignFieldName messages`],
  messages: [],
  purchase_totals: [`${ofRelationship}|@foreignSingleFieldName totals`],
};

/** Only the tables of the card are in the schema, and they are only read. */
const onlyTheCard = pgSmartTags([
  {
    kind: 'class',
    match: ({ relname }) => keysOf[relname] === undefined,
    tags: { behavior: '-*' },
  },
  { kind: 'attribute', match: 'brand_identities.created_at', tags: { behavior: '+orderBy' } },
  { kind: 'attribute', match: 'entries.brand_number', tags: { behavior: '+orderBy' } },
  // Otherwise both directions of it would have one name.
  {
    kind: 'constraint',
    match: ({ conname }) => conname === 'transfers_reverses_fkey',
    tags: { behavior: '-*', foreignSingleFieldName: 'reversedBy' },
  },
  { kind: 'procedure', match: () => true, tags: { behavior: '-*' } },
  ...Object.entries(keysOf).map(([table, foreignKey]) => ({
    kind: 'class',
    match: ({ relname }) => relname === table,
    tags: {
      behavior: '-insert -update -delete -query:*',
      ...(foreignKey.length > 0 && { foreignKey }),
    },
  })),
]);

/** Lines of a statement are those with a number, and an index has only them. */
const numbered = addPgTableCondition(
  { schemaName: 'public', tableName: 'entries' },
  'numbered',
  ({ graphql: { GraphQLBoolean } }) => ({ type: GraphQLBoolean }),
  (wanted, { sql, sqlTableAlias }) =>
    wanted
      ? sql`${sqlTableAlias}.brand_number IS NOT NULL`
      : sql`${sqlTableAlias}.brand_number IS NULL`,
);

module.exports = { numbered, onlyTheCard };
