import fc from 'fast-check';
import { mapConnection, readPage, toConnection } from '../../../src/platform/graphql/connection';
import { decodeCursor, encodeCursor, type CursorKind } from '../../../src/platform/graphql/cursor';
import { defaultLimits } from '../../../src/platform/limits';

const badInput = expect.objectContaining({ code: 'BAD_USER_INPUT', status: 400 }) as Error;

function expectRefused(text: string, kinds: readonly CursorKind[]): void {
  let thrown: unknown;
  try {
    decodeCursor(text, kinds);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toEqual(badInput);
}

const uuid = '0193f8a0-0000-7000-8000-000000000001';
const part = fc.oneof(
  fc.maxSafeInteger().map((value) => ['integer', value + 0] as const),
  fc
    .string({ unit: 'grapheme', maxLength: 12 })
    .filter((text) => !text.includes('\0'))
    .map((value) => ['text', value] as const),
  fc.uuid().map((value) => ['uuid', value] as const),
  fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((value) => ['time', value.toISOString()] as const),
);

test('a cursor gives back the parts it was made of and travels in a URL as it is', () => {
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 2 }), (parts) => {
      const values = parts.map(([, value]) => value);
      const cursor = encodeCursor(values);
      expect(cursor).toMatch(/^1[A-Za-z0-9_-]+$/);
      expect(
        decodeCursor(
          cursor,
          parts.map(([kind]) => kind),
        ),
      ).toEqual(values);
    }),
  );
});

test('any other text is a bad request and never another error', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expectRefused(text, ['integer']);
      expectRefused(`1${Buffer.from(text).toString('base64url')}`, ['integer', 'uuid']);
    }),
  );
});

test('a cursor of another version, another list or with parts of another kind is refused', () => {
  const cursor = encodeCursor([5, uuid]);
  expect(decodeCursor(cursor, ['integer', 'uuid'])).toEqual([5, uuid]);
  expectRefused(`2${cursor.slice(1)}`, ['integer', 'uuid']);
  expectRefused(cursor, ['integer']);
  expectRefused(cursor, ['integer', 'uuid', 'text']);
  expectRefused(cursor, ['uuid', 'integer']);
  expectRefused(cursor, ['integer', 'time']);
});

test('forged parts that a statement could not read are refused', () => {
  for (const value of [1.5, 2 ** 53, '5', null, [5]]) {
    expectRefused(forge([value]), ['integer']);
  }
  expectRefused(forge(['a\0b']), ['text']);
  expectRefused(`1${Buffer.from('["\\ud800"]').toString('base64url')}`, ['text']);
  expectRefused(forge([uuid.toUpperCase()]), ['uuid']);
  expectRefused(forge([`${uuid}\n`]), ['uuid']);
  expectRefused(forge(['2026-02-30T00:00:00Z']), ['time']);
  expectRefused(forge({ 0: 5, length: 1 }), ['integer']);
});

function forge(parts: unknown): string {
  return `1${Buffer.from(JSON.stringify(parts)).toString('base64url')}`;
}

test('a time in another form than cursors are made of is refused', () => {
  // PostgreSQL reads no zone beyond ±15:59 although RFC 3339 writes some.
  for (const zone of ['+23:00', '-23:59', '+00:00', 'z', '']) {
    expectRefused(forge([`2026-01-01T00:00:00${zone}`]), ['time']);
  }
  expectRefused(forge(['2026-01-01t00:00:00Z']), ['time']);
  expectRefused(forge(['2026-01-01T00:00:00.1234567Z']), ['time']);
});

test('a cursor keeps microseconds of the database', () => {
  const time = '2026-01-01T00:00:00.123456Z';
  expect(decodeCursor(encodeCursor([time]), ['time'])).toEqual([time]);
});

test('a cursor has at most 200 characters, coming and going', () => {
  const longest = encodeCursor(['x'.repeat(145)]);
  expect(longest).toHaveLength(200);
  expect(decodeCursor(longest, ['text'])).toEqual(['x'.repeat(145)]);
  expectRefused(forge(['x'.repeat(146)]), ['text']);
  expect(() => encodeCursor(['x'.repeat(146)])).toThrow('too long');
});

test('a page has 20 items unless told, at most the limit, at least one', () => {
  const read = (first?: number | null) => readPage({ first }, defaultLimits, ['integer']);
  expect(read()).toEqual({ first: 20, after: null });
  expect(read(null)).toEqual({ first: 20, after: null });
  expect(read(1).first).toBe(1);
  expect(read(100).first).toBe(100);
  for (const first of [0, -1, 101, 1.5, NaN]) expect(() => read(first)).toThrow(badInput);
});

test('a page after a cursor has the cursor read', () => {
  const page = readPage({ first: 2, after: encodeCursor([7]) }, defaultLimits, ['integer']);
  expect(page).toEqual({ first: 2, after: [7] });
  expect(() => readPage({ after: '' }, defaultLimits, ['integer'])).toThrow(badInput);
});

test('a connection leaves out the row fetched to see whether more follow', () => {
  const rows = [{ n: 1 }, { n: 2 }, { n: 3 }];
  const more = toConnection(rows, { first: 2, after: null }, (row) => [row.n]);
  expect(more.nodes).toEqual([{ n: 1 }, { n: 2 }]);
  expect(more.edges.map(({ node }) => node)).toEqual(more.nodes);
  expect(more.pageInfo).toEqual({
    hasNextPage: true,
    hasPreviousPage: false,
    startCursor: encodeCursor([1]),
    endCursor: encodeCursor([2]),
  });
  const last = toConnection(rows, { first: 3, after: [0] }, (row) => [row.n]);
  expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
});

test('an empty page has no cursors', () => {
  const { pageInfo, edges } = toConnection([], { first: 2, after: null }, () => [1]);
  expect(edges).toEqual([]);
  expect(pageInfo).toMatchObject({ hasNextPage: false, startCursor: null, endCursor: null });
});

test('a list of something else keeps its places, and makes each node once', () => {
  let made = 0;
  const list = toConnection([{ n: 1 }, { n: 2 }], { first: 2, after: null }, (row) => [row.n]);
  const mapped = mapConnection(list, ({ n }) => ({ name: `n${n}`, place: (made += 1) }));
  expect(mapped.nodes.map(({ name }) => name)).toEqual(['n1', 'n2']);
  expect(mapped.edges.map(({ node }) => node)).toEqual(mapped.nodes);
  expect(mapped.edges.map(({ cursor }) => cursor)).toEqual([encodeCursor([1]), encodeCursor([2])]);
  expect(mapped.pageInfo).toEqual(list.pageInfo);
  expect(made).toBe(2);
});
