import { eraseRules } from '../../migrations/privacy/erase-rules';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

it('knows of every table that names customers what becomes of its rows (P17)', async () => {
  const undeclared = await database.query<{ tab: string }>(
    'SELECT DISTINCT p.tab::text AS tab FROM erase_places() p WHERE p.rule IS NULL',
  );
  expect(undeclared).toEqual([]);
});

it('knows of every text of rows that stay whether it is of the person', async () => {
  const undeclared = await database.query<{ column: string }>(`
    SELECT p.tab::text || '.' || a.attname AS column
    FROM (SELECT DISTINCT tab FROM erase_places() WHERE rule = 'KEEP') p
    JOIN pg_attribute a ON a.attrelid = p.tab AND a.attnum > 0 AND NOT a.attisdropped
    WHERE a.atttypid IN ('text'::regtype, 'text[]'::regtype, 'jsonb'::regtype, 'json'::regtype,
        'bytea'::regtype)
      AND coalesce(col_description(a.attrelid, a.attnum), '') !~ 'erase: (NULL|WORD|UNIQUE|REASON|KEEP)'
    ORDER BY 1`);
  expect(undeclared).toEqual([]);
});

it('has no rule for a table there is not', async () => {
  const names = Object.keys(eraseRules);
  const known = await database.query<{ name: string }>(
    'SELECT DISTINCT p.tab::text AS name FROM erase_places() p',
  );
  expect(names.filter((name) => !known.some((one) => one.name === name))).toEqual([]);
});

it('does not let a table that names customers in without a word on it', async () => {
  for (const column of ['customer_id uuid', 'whom uuid REFERENCES customers']) {
    await database.query(`CREATE TABLE stranger (id uuid PRIMARY KEY, ${column}, note text)`);
    const places = await database.query<{ rule: string | null }>(
      `SELECT p.rule FROM erase_places() p WHERE p.tab = 'stranger'::regclass`,
    );
    expect(places).toEqual([{ rule: null }]);
    await database.query('DROP TABLE stranger');
  }
});
