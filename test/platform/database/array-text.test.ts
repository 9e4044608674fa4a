import { arrayText } from '../../../src/platform/database/array-text';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

/** What PostgreSQL reads where it is sent the list as text. */
async function readAs(type: string, list: readonly unknown[]): Promise<unknown> {
  const [row] = await database.query<{ list: unknown }>(`SELECT $1::${type}[] AS list`, [
    arrayText(list),
  ]);
  return row?.list;
}

it('a list of texts arrives as it is, whatever stands in them', async () => {
  const texts = [
    '',
    ' ',
    'a',
    'NULL',
    'null',
    '{}',
    '{a,b}',
    ',',
    '"',
    '\\',
    '\\"',
    'a\nb\t',
    'é😀',
    "'",
  ];
  expect(await readAs('text', [...texts, null, undefined])).toEqual([...texts, null, null]);
  expect(await readAs('text', [])).toEqual([]);
});

it('numbers, truth values, times and bytes arrive as they are', async () => {
  const now = new Date('2026-11-22T12:00:00.123Z');
  const times = [now, now, new Date('0001-01-01T00:00:00.000Z')];
  expect(await readAs('timestamptz', [...times, null])).toEqual([...times, null]);
  expect(await readAs('float8', [0.1, -3, 1e300, null])).toEqual([0.1, -3, 1e300, null]);
  expect(await readAs('boolean', [true, false, null])).toEqual([true, false, null]);
  const bytes = [Buffer.from([0, 34, 92, 255]), Buffer.alloc(0)];
  expect(await readAs('bytea', bytes)).toEqual(bytes);
  expect(await readAs('jsonb', ['{"a": "\\"\\\\"}', '[1]'])).toEqual([{ a: '"\\' }, [1]]);
});

it('a list that holds lists, objects or times of other ages is left to the driver', () => {
  const lists = [[['a']], [{ a: 1 }], [new Date(Date.UTC(10_000, 0))], [new Date(NaN)]];
  expect(lists.map(arrayText)).toEqual([null, null, null, null]);
});
