import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportedTables, keptBack } from '../../src/exports/exported-tables';
import { idKindOf, referredTables } from '../../src/exports/public-ids';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

interface Column {
  tab: string;
  col: string;
  type: string;
  refers: string | null;
}

let columns: Column[];

beforeAll(async () => {
  database = await createTestDatabase();
  columns = await database.query<Column>(`
    SELECT c.relname AS tab, a.attname AS col, format_type(a.atttypid, NULL) AS type,
      (SELECT min(f.confrelid::regclass::text) FROM pg_constraint f WHERE f.conrelid = c.oid
        AND f.contype = 'f' AND f.conkey = ARRAY[a.attnum]) AS refers
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition`);
});

afterAll(() => database.drop());

const given = (): Column[] =>
  columns.filter(
    ({ tab, col }) =>
      exportedTables[tab] !== undefined && !exportedTables[tab].without.includes(col),
  );

/** Ids of things the graph gives no id to. */
const plain = [
  'accounts.owner', // a brand, or what a reserve is for
  'bounces.address', // a digest of the address
  'consent_receipts.id',
  'genome_features.genome_id',
  'genomes.id',
  'identity_history.id',
  'next_scores.genome_id',
  'segmentation_cells.segmentation_id',
  'segmentations.id',
  'surprise_draws.ticket', // of the draw, for its proof
  'velvet_arrivals.credential_id',
];

it('gives out every table, or says why not', () => {
  const tables = [...new Set(columns.map(({ tab }) => tab))].sort();
  const declared = [...Object.keys(exportedTables), ...Object.keys(keptBack)].sort();
  expect(declared).toEqual(tables);
});

it('leaves out columns there are, and every column of bytes unless it is meant to be read', () => {
  for (const [tab, { without }] of Object.entries(exportedTables)) {
    for (const col of without) {
      expect(columns.find((one) => one.tab === tab && one.col === col)).toBeDefined();
    }
  }
  const bytes = given().filter(({ type }) => type === 'bytea');
  expect(bytes.map(({ tab, col }) => `${tab}.${col}`)).toEqual(['surprise_pools.commitment']);
  expect(given().filter(({ col }) => /(hash|seed|password|secret)$/.test(col))).toEqual([]);
});

it('gives out rows of a brand by its brand_id, wherever there is one', () => {
  for (const [tab, { where }] of Object.entries(exportedTables)) {
    const branded = columns.some((one) => one.tab === tab && one.col === 'brand_id');
    expect([tab, branded ? where : 'x.brand_id = $1']).toEqual([tab, 'x.brand_id = $1']);
    expect([tab, branded]).toEqual([tab, tab !== 'brands' && tab !== 'customers']);
  }
});

it('writes every id as the graph does', () => {
  const uuids = given().filter(({ type }) => type === 'uuid' || type === 'uuid[]');
  const silent = uuids.filter(({ tab, col }) => idKindOf(tab, col) === null);
  expect(silent.map(({ tab, col }) => `${tab}.${col}`).sort()).toEqual(plain);
  for (const { tab, col, refers } of uuids) {
    if (refers === null || plain.includes(`${tab}.${col}`)) continue;
    expect([tab, col, referredTables[col]]).toEqual([tab, col, refers]);
  }
});

it('knows prefixes that ids have', () => {
  const source = join(__dirname, '../../src');
  const texts = readdirSync(source, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(source, name), 'utf8'));
  const prefixes = new Set(
    texts.flatMap((text) => [...text.matchAll(/idKind\('(\w+)'\)/g)].map(([, one]) => one)),
  );
  const used = given().flatMap(({ tab, col }) => idKindOf(tab, col)?.prefix ?? []);
  expect([...new Set(used)].filter((one) => !prefixes.has(one))).toEqual([]);
});
