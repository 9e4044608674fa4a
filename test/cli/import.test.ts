import { readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runImport } from '../../src/cli/import';
import { startTestService, type TestService } from '../support/test-service';

const sample = join(__dirname, '../../examples/data/cdnow-sample.txt');

let t: TestService;
let folder: string;
let output: string;

beforeAll(async () => {
  t = await startTestService();
  folder = mkdtempSync(join(tmpdir(), 'atomic-rewards-import-'));
  process.env['DATABASE_URL'] = t.database.url;
});

afterAll(async () => {
  delete process.env['DATABASE_URL'];
  rmSync(folder, { recursive: true });
  await t.close();
});

beforeEach(() => {
  output = '';
  const write = (text: string | Uint8Array) => {
    output += String(text);
    return true;
  };
  jest.spyOn(process.stdout, 'write').mockImplementation(write);
  jest.spyOn(process.stderr, 'write').mockImplementation(write);
});

afterEach(() => jest.restoreAllMocks());

function fileOf(lines: string[]): string {
  const file = join(folder, 'purchases.txt');
  writeFileSync(file, lines.join('\r\n'));
  return file;
}

/** What is stored for a brand, summed by the database. */
async function totals(slug: string) {
  const [row] = await t.database.query(
    `SELECT count(DISTINCT o.customer_id)::int AS customers, count(*)::int AS orders,
       coalesce(sum(o.items), 0)::int AS items, coalesce(sum(o.total_minor), 0)::text AS cents,
       min(o.purchased_at)::text AS first, max(o.purchased_at)::text AS last
     FROM purchases o JOIN brands b ON b.id = o.brand_id WHERE b.slug = $1`,
    [slug],
  );
  return row;
}

/** The same sums, taken from the file column by column. */
function sumsOf(file: string) {
  const rows = readFileSync(file, 'ascii')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns.length === 5);
  const days = rows.map((columns) => columns[2] as string).sort();
  const instant = (day: string) => day.replace(/(....)(..)(..)/, '$1-$2-$3 00:00:00+00');
  return {
    customers: new Set(rows.map((columns) => columns[0])).size,
    orders: rows.length,
    items: rows.reduce((sum, columns) => sum + Number(columns[3]), 0),
    cents: String(rows.reduce((sum, columns) => sum + Math.round(Number(columns[4]) * 100), 0)),
    first: instant(days[0] as string),
    last: instant(days.at(-1) as string),
  };
}

describe('importing orders', () => {
  test('brings in the whole CDNOW sample, and a second time changes nothing', async () => {
    expect(await runImport(['orders', sample])).toBe(0);
    expect(output).toContain(
      '2,357 customers and 6,919 orders added to demo; ' +
        '0 customers and 0 orders there already; 0 lines refused.',
    );
    const expected = sumsOf(sample);
    expect(expected).toMatchObject({ customers: 2357, orders: 6919 });
    expect(await totals('demo')).toEqual(expected);

    output = '';
    expect(await runImport(['orders', sample])).toBe(0);
    expect(output).toContain(
      '0 customers and 0 orders added to demo; ' +
        '2,357 customers and 6,919 orders there already; 0 lines refused.',
    );
    expect(await totals('demo')).toEqual(expected);
  }, 120_000);

  test('keeps equal lines apart, also when the file has grown at its beginning', async () => {
    await t.createBrand('grown');
    const line = ' 00004 0001 19970101  2   29.33';
    await runImport(['orders', '--brand', 'grown', fileOf([line, line])]);
    expect(await totals('grown')).toMatchObject({ customers: 1, orders: 2, cents: '5866' });

    output = '';
    const grown = fileOf([' 00003 0001 19970101  1   10.00', line, line, line]);
    expect(await runImport(['orders', '--brand', 'grown', grown])).toBe(0);
    expect(output).toContain('1 customer and 2 orders added to grown');
    expect(output).toContain('1 customer and 2 orders there already');
    expect(await totals('grown')).toMatchObject({ customers: 2, orders: 4, cents: '9799' });
  });

  test('reports bad lines by number, imports the others, and ends with 1', async () => {
    await t.createBrand('careless');
    const file = fileOf([
      ' 00004 0001 19970101  2   29.33',
      'customer sample date cds dollars',
      ' 00004 0001 19970230  2   29.33',
      '',
      ' 00005 0002 19970101  0   29.33',
      ' 00006 0003 19970101  2   29.331',
      ' 00007 0004 19970102  1   14.96',
    ]);
    expect(await runImport(['orders', '--brand', 'careless', file])).toBe(1);
    expect(output).toContain('2 orders added to careless');
    expect(output).toContain('4 lines refused.');
    expect(output.split('\n').filter((line) => /^line \d/.test(line))).toEqual([
      'line 2: not a purchase',
      'line 3: not a purchase',
      'line 5: items: INVALID_VALUE',
      'line 6: amount: INVALID_VALUE',
    ]);
    expect(await totals('careless')).toMatchObject({ orders: 2, cents: '4429' });
  });

  test('keeps the currency it is told, and refuses the same line in another', async () => {
    await t.createBrand('foreign');
    const file = fileOf([' 00004 0001 19970101  2   29.33']);
    const args = ['orders', '--brand', 'foreign', file, '--currency'];
    expect(await runImport([...args, 'EUR'])).toBe(0);
    expect(await runImport([...args, 'USD'])).toBe(1);
    expect(output).toContain('line 1: idempotencyKey: IDEMPOTENCY_KEY_REUSED');
    const rows = await t.database.query(
      `SELECT DISTINCT o.currency FROM purchases o JOIN brands b ON b.id = o.brand_id
       WHERE b.slug = 'foreign'`,
    );
    expect(rows).toEqual([{ currency: 'EUR' }]);
  });

  test('ends with 1 and says so when there is no such brand', async () => {
    expect(await runImport(['orders', '--brand', 'nobody', sample])).toBe(1);
    expect(output).toContain('There is no brand nobody.');
  });

  test('fails for a file that cannot be read', async () => {
    await expect(runImport(['orders', join(folder, 'missing.txt')])).rejects.toThrow('ENOENT');
    await expect(runImport(['orders', folder])).rejects.toThrow('EISDIR');
  });
});
