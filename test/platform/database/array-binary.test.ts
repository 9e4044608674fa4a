import fc from 'fast-check';
import { arrayBinary } from '../../../src/platform/database/array-binary';
import { listTypesOf, type ListType } from '../../../src/platform/database/list-types';
import { asParameters } from '../../../src/platform/database/prepared-client';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

/** What PostgreSQL reads where it is sent the list in binary. */
async function readAs(type: ListType, list: readonly unknown[]): Promise<unknown> {
  const binary = arrayBinary(list, type);
  expect(binary).toBeInstanceOf(Buffer);
  // The driver hands bigints in lists over as texts; a double holds all of ours.
  const shown = type === 'bigint' ? '::float8[]' : '';
  const sql = `SELECT $1::${type}[]${shown} AS list`;
  const [row] = await database.query<{ list: unknown }>(sql, [binary]);
  return row?.list;
}

const least = Number.MIN_SAFE_INTEGER;
const most = Number.MAX_SAFE_INTEGER;

const lists: [ListType, readonly unknown[]][] = [
  ['uuid', ['019352c6-36fd-7435-991f-0007c81cb1e6', 'ffffffff-ffff-ffff-ffff-ffffffffffff']],
  ['text', ['', 'NULL', '{}', '"\\,', 'a\nb\t', 'é😀', 'x'.repeat(100_000), ' ']],
  ['bigint', [0, -1, 1, 2 ** 32, -(2 ** 32), 2 ** 32 - 1, -(2 ** 32) - 1, least, most]],
  ['integer', [0, -1, 2 ** 31 - 1, -(2 ** 31) + 1]],
  ['smallint', [0, -1, 2 ** 15 - 1, -(2 ** 15) + 1]],
  ['boolean', [true, false]],
  ['timestamptz', ['1969-12-31T23:59:59.999Z', '2026-11-22T10:11:12.345Z'].map(dateOf)],
  ['float8', [0, -0.1, 1e300, 5e-324, Infinity, -Infinity]],
  ['bytea', [Buffer.alloc(0), Buffer.from([0, 34, 92, 255]), Buffer.alloc(70_000, 7)]],
];

function dateOf(text: string): Date {
  return new Date(text);
}

it.each(lists)(
  'a list of %s arrives as it is, with what is null and what stands twice',
  async (type, list) => {
    const told = [...list, null, undefined, ...list.flatMap((one) => [one, one]), null];
    expect(await readAs(type, told)).toEqual(told.map((one) => one ?? null));
    expect(await readAs(type, [])).toEqual([]);
    expect(await readAs(type, [null])).toEqual([null]);
  },
);

it('documents arrive as they are', async () => {
  const documents = [{ a: '"\\ é😀' }, [1], null, 'x', {}];
  const texts = documents.map((one) => (one === null ? null : JSON.stringify(one)));
  expect(await readAs('jsonb', texts)).toEqual(documents);
  expect(await readAs('json', texts)).toEqual(documents);
});

it('whatever texts and numbers there are, PostgreSQL reads the same in binary as in text', async () => {
  const rows = fc.array(
    fc.tuple(
      fc.option(fc.string({ unit: 'grapheme' })),
      fc.option(fc.maxSafeInteger()),
      fc.option(
        fc.date({ min: new Date('1800-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }),
      ),
    ),
    { maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(rows, async (drawn) => {
      const columns = [0, 1, 2].map((at) => drawn.map((row) => row[at]));
      const sql = 'SELECT $1::text[] AS a, $2::bigint[]::float8[] AS b, $3::timestamptz[] AS c';
      expect(asParameters(sql, columns).every((it) => Buffer.isBuffer(it))).toBe(true);
      const [row] = await database.query<object>(sql, asParameters(sql, columns));
      expect(Object.values(row ?? {})).toEqual(columns);
    }),
    { numRuns: 50 },
  );
});

it('what a type has no form for here is left to the text of the list, and so to PostgreSQL', async () => {
  const strange: [ListType, unknown][] = [
    ['uuid', '019352c636fd7435991f0007c81cb1e6'],
    ['uuid', '019352c6-36fd-7435-991f-0007c81cb1eg'],
    ['uuid', '019352c6-36fd-7435-991f-0007c81cb1é6'],
    ['uuid', '019352c6036fd07435099100007c81cb1e6a'],
    ['bigint', most + 1],
    ['bigint', '1'],
    ['bigint', 0.5],
    ['integer', 2 ** 31],
    ['smallint', 2 ** 15],
    ['boolean', 'true'],
    ['text', 1],
    ['jsonb', { a: 1 }],
    ['timestamptz', '2026-11-22'],
    ['timestamptz', new Date(NaN)],
    ['timestamptz', new Date('9999-01-01')],
    ['float8', '1'],
    ['bytea', 'x'],
  ];
  for (const [type, value] of strange)
    expect([type, arrayBinary([value], type)]).toEqual([type, null]);
  const sql = 'SELECT $1::timestamptz[] AS list';
  const far = [new Date('9999-01-01')];
  const [row] = await database.query<{ list: Date[] }>(sql, asParameters(sql, [far]));
  expect(row?.list).toEqual(far);
  const wrong = database.query('SELECT $1::uuid[]', asParameters('SELECT $1::uuid[]', [['x']]));
  await expect(wrong).rejects.toMatchObject({ code: '22P02' });
});

it('a statement says what its lists are of; one that is cast in two ways is sent as text', () => {
  expect(listTypesOf('SELECT $2::uuid[], $1::text, $3::date[], $4::bigint[]')).toEqual([
    undefined,
    'uuid',
    undefined,
    'bigint',
  ]);
  expect(listTypesOf('SELECT $1::uuid[], $1::text[], $2::uuid[], $2::uuid')).toEqual([]);
  expect(asParameters('SELECT $1::text[], $1::uuid[]', [['a']])).toEqual(['{a}']);
  expect(asParameters('SELECT $1::text, $2', ['a', ['b']])).toEqual(['a', '{b}']);
});
