import { appRole } from '../../src/platform/database/connection';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

/** Tables of ours, the record of migrations aside. */
const ours = `c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
  AND c.relname <> 'schema_migrations'`;

/** What a look at the catalogue finds. */
const list = (sql: string) => database.query(sql);

describe('every table (P16)', () => {
  it('there are some', async () => {
    const tables = await list(`SELECT c.relname FROM pg_class c WHERE ${ours}`);
    expect(tables.length).toBeGreaterThan(15);
  });

  it('is behind row-level security, also for its owner (d11)', async () => {
    expect(
      await list(`SELECT c.relname FROM pg_class c
        WHERE ${ours} AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`),
    ).toEqual([]);
  });

  it('has a policy for whoever reads and one for whatever is written', async () => {
    expect(
      await list(`SELECT c.relname FROM pg_class c WHERE ${ours} AND NOT EXISTS (
        SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd = '*' AND p.polpermissive
          AND p.polqual IS NOT NULL AND p.polwithcheck IS NOT NULL)`),
    ).toEqual([]);
  });

  it('has policies that ask who is asking, and none that says yes to everybody', async () => {
    const asks = `'app_(tenants|subject|everything|directory)\\(\\)'`;
    expect(
      await list(`SELECT c.relname, p.polname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
        WHERE pg_get_expr(p.polqual, p.polrelid) !~ ${asks}
          OR pg_get_expr(p.polwithcheck, p.polrelid) !~ ${asks}
          OR pg_get_expr(p.polqual, p.polrelid) ~* '\\mtrue\\M'`),
    ).toEqual([]);
  });

  it('has no unique key by which a brand could guess what another one has named (T7)', async () => {
    const chosen = `EXISTS (SELECT FROM unnest(i.indkey) k JOIN pg_attribute a
      ON a.attrelid = i.indrelid AND a.attnum = k WHERE a.atttypid = 'text'::regtype)`;
    const firstColumn = `(SELECT a.attname FROM pg_attribute a
      WHERE a.attrelid = i.indrelid AND a.attnum = i.indkey[0])`;
    const found = await list(`SELECT i.indexrelid::regclass::text AS key FROM pg_index i
      JOIN pg_class c ON c.oid = i.indrelid
      WHERE ${ours} AND i.indisunique AND ${chosen} AND ${firstColumn} NOT IN ('brand_id', 'scope')
      ORDER BY 1`);
    expect(found).toEqual([
      // Kinds of accounts are ours; their owners are ids.
      { key: 'accounts_kind_owner_key' },
      // Slugs are given by the platform.
      { key: 'brands_slug_key' },
      // The directory of people, which only writers read.
      { key: 'identities_pkey' },
    ]);
  });

  it('has an index for every foreign key (d11)', async () => {
    expect(
      await list(`SELECT f.conrelid::regclass::text AS table, f.conname FROM pg_constraint f
        WHERE f.contype = 'f' AND NOT EXISTS (
          SELECT FROM pg_index i WHERE i.indrelid = f.conrelid
            AND (i.indkey::smallint[])[0:cardinality(f.conkey) - 1] @> f.conkey
            AND (i.indpred IS NULL OR pg_get_expr(i.indpred, i.indrelid) ~ 'IS NOT NULL'))`),
    ).toEqual([]);
  });

  it('has columns of exact types only, where nothing is an estimate (d11)', async () => {
    const estimates = `'customer_worth.p_alive', 'customer_worth.expected_orders', 'worth_settings.margin',
      'worth_settings.discount', 'worth_settings.yearly_retention', 'worth_settings.days_between_orders',
      'customer_scores.value', 'attention_states.ema'`;
    expect(
      await list(`SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod) AS type
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE ${ours} AND a.attnum > 0 AND NOT a.attisdropped AND format_type(a.atttypid, a.atttypmod)
          NOT IN ('uuid', 'uuid[]', 'text', 'text[]', 'bigint', 'integer', 'smallint', 'boolean', 'bytea', 'json', 'jsonb',
            'smallint[]', 'date', 'timestamp(3) with time zone')
          AND c.relname || '.' || a.attname NOT IN (${estimates})`),
    ).toEqual([]);
  });
});

describe('the role the service works as', () => {
  it('is neither superuser nor owner, and cannot step over row-level security', async () => {
    expect(
      await list(`SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin,
          EXISTS (SELECT FROM pg_class c WHERE ${ours} AND pg_has_role('${appRole}', c.relowner, 'member'))
            AS owner
        FROM pg_roles WHERE rolname = '${appRole}'`),
    ).toEqual([
      {
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolcanlogin: false,
        owner: false,
      },
    ]);
  });

  it('may delete nothing but what was delivered, who left a segment and what was taken in, empty nothing, and make nothing', async () => {
    expect(
      await list(`SELECT c.relname, p AS may FROM pg_class c,
          unnest(ARRAY['DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
          AND (c.relname, p) NOT IN (('outbox', 'DELETE'), ('webhook_deliveries', 'DELETE'),
            ('segment_members', 'DELETE'), ('segment_queue', 'DELETE'), ('journey_entries', 'DELETE'),
            ('brand_at_risk', 'DELETE'), ('job_setbacks', 'DELETE'), ('micronbox_marks', 'DELETE'),
            ('genomes', 'DELETE'), ('genome_features', 'DELETE'), ('next_scores', 'DELETE'),
            ('import_rows', 'DELETE'), ('import_messages', 'DELETE'),
            ('export_files', 'DELETE'), ('export_chunks', 'DELETE'))
          AND has_table_privilege('${appRole}', c.oid, p)`),
    ).toEqual([]);
    expect(
      await list(`SELECT has_schema_privilege('${appRole}', 'public', 'CREATE') AS create,
        has_database_privilege('${appRole}', current_database(), 'CREATE') AS schemas`),
    ).toEqual([{ create: false, schemas: false }]);
  });

  it('may add to the history of the ledger and read it, and nothing else (P11)', async () => {
    const rights = await list(`SELECT c.relname, array_agg(p ORDER BY p) AS may FROM pg_class c,
        unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) p
      WHERE c.relname IN ('transfers', 'entries', 'message_awards')
        AND (has_table_privilege('${appRole}', c.oid, p)
          OR (p = 'UPDATE' AND has_any_column_privilege('${appRole}', c.oid, p)))
      GROUP BY c.relname ORDER BY c.relname`);
    const may = ['INSERT', 'SELECT'];
    expect(rights).toEqual(
      ['entries', 'message_awards', 'transfers'].map((relname) => ({ relname, may })),
    );
  });

  it('may change only what is not identity or history', async () => {
    const fixed = `'id', 'brand_id', 'customer_id', 'owner', 'kind', 'key', 'input_hash', 'secret_hash'`;
    const found = await list(`SELECT c.relname, a.attname FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
      WHERE ${ours} AND a.attname IN (${fixed})
        AND has_column_privilege('${appRole}', c.oid, a.attname, 'UPDATE')
        AND NOT has_table_privilege('${appRole}', c.oid, 'UPDATE')`);
    expect(found).toEqual([]);
  });
});
