import { Client } from 'pg';
import { appRole } from '../../src/platform/database/connection';
import { setRowScope, type RowScope } from '../../src/platform/database/row-scope';
import { startTestService, type TestService } from '../support/test-service';
import { keepAsJobsDo, liveThrough } from './lived-brand';

/*
 * The first wall is the tenant condition in every statement; other tests look at that one. Here the
 * statements have none, and only row-level security stands between a brand and all there is.
 */

let t: TestService;
let session: Client;
let brandA: string;
let brandB: string;
let person: string;

const nothing: RowScope = { tenants: [], subject: null, everything: false, directory: false };

beforeAll(async () => {
  t = await startTestService();
  const a = await liveThrough(t, 'wall-a');
  const b = await liveThrough(t, 'wall-b');
  [brandA, brandB, person] = [a.brandId, b.brandId, a.person];
  await keepAsJobsDo(t, [brandA, brandB], person);
  session = new Client({ connectionString: t.database.url });
  await session.connect();
});

afterAll(async () => {
  await session.end();
  await t.close();
});

const tables = `SELECT c.relname AS name,
    array_agg(a.attname::text) FILTER (WHERE a.attname IN ('brand_id', 'customer_id')) AS owners
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'schema_migrations'
  GROUP BY c.relname ORDER BY c.relname`;

/** The owners of the rows a session of the service sees, by table. */
async function seen(scope: RowScope | null): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  const all = await t.database.query<{ name: string; owners: string[] | null }>(tables);
  await session.query(`BEGIN; SET LOCAL ROLE ${appRole}`);
  try {
    if (scope !== null) await session.query(setRowScope(scope));
    for (const { name, owners } of all) {
      const owner = owners === null ? `'somebody'` : `coalesce(${owners.sort().join(', ')})`;
      const { rows } = await session.query<{ owner: string | null }>(
        `SELECT DISTINCT ${owner}::text AS owner FROM ${name} ORDER BY 1`,
      );
      found[name] = rows.map((row) => row.owner ?? 'nobody');
    }
    return found;
  } finally {
    await session.query('ROLLBACK');
  }
}

function tablesOf(found: Record<string, string[]>): string[] {
  return Object.keys(found).filter((name) => found[name]!.length > 0);
}

it('has rows of both brands to look at, in every table', async () => {
  const found = await seen({ ...nothing, everything: true, directory: true });
  expect(tablesOf(found)).toEqual(Object.keys(found));
  for (const name of ['transfers', 'entries', 'wallet_shares', 'redemptions', 'attention_events']) {
    expect(found[name]).toEqual([brandA, brandB].sort());
  }
});

it('shows nothing at all to a session that has not said for whom it reads (T11)', async () => {
  expect(tablesOf(await seen(null))).toEqual([]);
  expect(tablesOf(await seen(nothing))).toEqual([]);
});

it('shows a brand no row of another (P16)', async () => {
  const found = await seen({ ...nothing, tenants: [brandA] });
  const foreign = Object.entries(found).flatMap(([name, owners]) =>
    owners.filter((owner) => owner !== brandA).map((owner) => `${name} of ${owner}`),
  );
  // Of people it knows that they exist, of brands its own row, of keys those in its own scope.
  expect(foreign).toEqual([
    'brands of somebody',
    'customers of somebody',
    'idempotency_keys of somebody',
    // Whoever wants no Mu wants none of any brand.
    `opt_outs of ${person}`,
  ]);
  expect(tablesOf(found).length).toBeGreaterThan(15);
});

it('shows a brand its own row among brands, and only people it has met (P16)', async () => {
  await session.query(
    `BEGIN; SET LOCAL ROLE ${appRole}; ${setRowScope({ ...nothing, tenants: [brandA] })}`,
  );
  try {
    const brands = await session.query('SELECT id FROM brands');
    expect(brands.rows).toEqual([{ id: brandA }]);
    const strangers = await session.query(`SELECT id FROM customers
      WHERE id NOT IN (SELECT customer_id FROM relationships WHERE brand_id = '${brandA}')`);
    expect(strangers.rows).toEqual([]);
    const keys = await session.query(`SELECT DISTINCT scope FROM idempotency_keys`);
    expect(keys.rows).toEqual([{ scope: brandA }]);
  } finally {
    await session.query('ROLLBACK');
  }
});

it('shows a person nothing about another (P16)', async () => {
  const everything = await seen({ ...nothing, subject: person });
  await session.query(
    `BEGIN; SET LOCAL ROLE ${appRole}; ${setRowScope({ ...nothing, subject: person })}`,
  );
  try {
    for (const { name, owners } of await t.database.query<{
      name: string;
      owners: string[] | null;
    }>(tables)) {
      if (owners?.includes('customer_id') !== true) continue;
      const { rows } = await session.query(
        `SELECT DISTINCT customer_id FROM ${name} WHERE customer_id IS DISTINCT FROM '${person}'`,
      );
      expect({ name, rows }).toEqual({ name, rows: [] });
    }
  } finally {
    await session.query('ROLLBACK');
  }
  expect(everything['entries']).not.toEqual([]);
  expect(everything['api_keys']).toEqual([]);
  expect(everything['idempotency_keys']).toEqual([]);
});

it.each([
  'relationships',
  'messages',
  'attention_events',
  'wallet_shares',
  'redemptions',
  'api_keys',
])('lets a brand write no row of another into %s (P16)', async (table) => {
  const row = `SELECT * FROM ${table} WHERE brand_id = '${brandB}' LIMIT 1`;
  await session.query('BEGIN');
  try {
    await session.query(`CREATE TEMP TABLE foreign_row ON COMMIT DROP AS ${row}`);
    await session.query(`GRANT SELECT ON foreign_row TO ${appRole}`);
    await session.query(
      `SET LOCAL ROLE ${appRole}; ${setRowScope({ ...nothing, tenants: [brandA] })}`,
    );
    await expect(
      session.query(`INSERT INTO ${table} SELECT * FROM foreign_row`),
    ).rejects.toMatchObject({ code: '42501' });
  } finally {
    await session.query('ROLLBACK');
  }
});

it('leaves nothing of a caller to the next transaction on its connection (T10)', async () => {
  for (const end of ['COMMIT', 'ROLLBACK']) {
    await session.query(
      `BEGIN; SET LOCAL ROLE ${appRole}; ${setRowScope({ ...nothing, tenants: [brandA] })}`,
    );
    await session.query(end);
    expect(tablesOf(await seen(null))).toEqual([]);
  }
});
