import { encodeCursor } from '../../src/platform/graphql/cursor';
import { nilUuid } from '../../src/platform/ids';
import { startWorld, type World } from './world';

let w: World;
beforeAll(async () => (w = await startWorld()));
afterAll(() => w.close());

/** Queries by id and the kind of id each takes. */
const byId: Record<string, string> = {
  'message(id: $id) { id }': 'msg',
  'ledgerTransfer(id: $id) { id }': 'trf',
  'redemption(id: $id) { id }': 'red',
  'brand(id: $id) { id }': 'brd',
  'node(id: $id) { id }': 'msg',
  'customer(by: { id: $id }) { id }': 'cus',
};

const wrongIds: Record<string, (id: string) => unknown> = {
  nothing: () => '',
  'a number': () => 5,
  'a number too large for SQL': () => 9_007_199_254_740_991,
  '"1e3"': () => '1e3',
  'a UUID': () => '018f0000-0000-7000-8000-000000000000',
  base64: (id) => Buffer.from(id).toString('base64'),
  'base64 garbage': () => '////////////////////////////',
  'capital letters': (id) => id.toUpperCase(),
  'capitals after the prefix': (id) => `${id.slice(0, 4)}${id.slice(4).toUpperCase()}`,
  'a capital prefix': (id) => `${id.slice(0, 3).toUpperCase()}${id.slice(3)}`,
  'spaces around': (id) => ` ${id} `,
  'a line feed after it': (id) => `${id}\n`,
  'a NUL after it': (id) => `${id}\0`,
  'one letter less': (id) => id.slice(0, -1),
  'one letter more': (id) => `${id}0`,
  'an i for a 1': (id) => `${id.slice(0, -1)}i`,
  'an o for a 0': (id) => `${id.slice(0, -1)}o`,
  'an l for a 1': (id) => `${id.slice(0, -1)}l`,
  'a first letter no UUID has': (id) => `${id.slice(0, 4)}8${id.slice(5)}`,
  'only z': (id) => `${id.slice(0, 4)}${'z'.repeat(26)}`,
  'the nil UUID': (id) => `${id.slice(0, 4)}${'0'.repeat(26)}`,
  'two prefixes': (id) => `${id.slice(0, 4)}${id}`,
  'no prefix': (id) => id.slice(4),
  'an empty prefix': (id) => id.slice(3),
  'a prefix of ours for something else': (id) => `dlv${id.slice(3)}`,
  'fullwidth letters': (id) => id.replace('_', '＿'),
  SQL: (id) => `${id}' OR '1'='1`,
  'half a surrogate pair': () => 'cus_\ud800',
  '100 KB': () => 'a'.repeat(100_000),
};

test.each(Object.entries(wrongIds))('V13 an id made of %s is nobody’s', async (_, make) => {
  for (const [field, kind] of Object.entries(byId)) {
    const own = w.a.ids[kind === 'cus' ? 'msg' : kind] as string;
    const id = make(own);
    const answer = await w.t.ask(`query ($id: ID!) { one: ${field} }`, { id }, w.a.key);
    expect([field, answer.json]).toEqual([field, { data: { one: null } }]);
  }
});

test.each([1.5, true, ['x'], {}, null])('V13 %j is no id at all', async (id) => {
  for (const field of Object.keys(byId)) {
    const answer = await w.t.ask(`query ($id: ID!) { one: ${field} }`, { id }, w.a.key);
    expect([field, answer.status, answer.codes]).toEqual([field, 400, ['BAD_USER_INPUT']]);
  }
});

test('V13 each of these queries finds what is there', async () => {
  for (const [field, kind] of Object.entries(byId).filter(([, one]) => one !== 'cus')) {
    const id = w.a.ids[kind];
    const answer = await w.t.ask(`query ($id: ID!) { one: ${field} }`, { id }, w.a.key);
    expect([field, answer.json]).toEqual([field, { data: { one: { id } } }]);
  }
});

const own = `customer(by: $by)`;
/** Every list with the parts its cursors have. */
const lists: Record<string, { list: string; place: (string | number)[] }> = {
  customers: { list: 'customers(after: $after) { nodes { id } }', place: moment() },
  messages: { list: `${own} { messages(after: $after) { nodes { id } } }`, place: moment() },
  attention: { list: `${own} { attention(after: $after) { nodes { id } } }`, place: moment() },
  statement: {
    list: `${own} { wallet { statement(after: $after) { nodes { id } } } }`,
    place: [1],
  },
};

function moment(): string[] {
  return ['2026-01-01T00:00:00.000Z', nilUuid];
}

const base64 = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

const wrongCursors: Record<string, (good: string, place: (string | number)[]) => unknown> = {
  nothing: () => '',
  'a word': () => 'x',
  'one letter less': (good) => good.slice(0, -1),
  'the last half': (good) => good.slice(good.length / 2),
  'another version': (good) => `2${good.slice(1)}`,
  'no version': (good) => good.slice(1),
  padding: (good) => `${good}=`,
  'a space': (good) => `${good} `,
  'a list too long': (_, place) => `1${base64([...place, 1])}`,
  'a list too short': (_, place) => `1${base64(place.slice(1))}`,
  'an object': (_, place) => `1${base64(Object.assign({}, place, { length: place.length }))}`,
  'text that is no JSON': () => `1${base64('[1')}`,
  'bytes that are no text': () => `1${Buffer.from([0xff, 0xfe]).toString('base64url')}`,
  nulls: (_, place) => `1${base64(place.map(() => null))}`,
  fractions: (_, place) => `1${base64(place.map(() => 1.5))}`,
  'a number beyond the exact ones': (_, place) => `1${base64(place.map(() => 2 ** 53))}`,
  SQL: (_, place) => `1${base64(place.map(() => `x' OR '1'='1`))}`,
  infinity: (_, place) => `1${base64(['infinity', ...place.slice(1)])}`,
  'a zone PostgreSQL lacks': (_, place) =>
    `1${base64(['2026-01-01T00:00:00+23:00', ...place.slice(1)])}`,
  'a day the calendar lacks': (_, place) =>
    `1${base64(['2026-02-30T00:00:00Z', ...place.slice(1)])}`,
  'a NUL': (_, place) => `1${base64(place.map(() => 'a\0'))}`,
  'a list of lists': (_, place) => `1${base64([place])}`,
  '1,000 levels': () => `1${base64('['.repeat(70))}`,
  '201 characters': () => `1${'A'.repeat(200)}`,
  '200,000 characters': () => `1${'A'.repeat(200_000)}`,
};

describe.each(Object.entries(lists))('the list %s', (_, { list, place }) => {
  const read = (after: unknown) => {
    const by = list.startsWith('customer(')
      ? '($after: String, $by: CustomerBy!)'
      : '($after: String)';
    const variables = { after, by: { externalId: w.a.customer['externalId'] } };
    return w.t.ask(`query ${by} { ${list} }`, variables, w.a.key);
  };

  test('V15 takes a cursor it could have made, also one whose row is gone', async () => {
    const answer = await read(encodeCursor(place));
    expect([answer.status, answer.codes]).toEqual([200, []]);
    expect((await read(null)).text).toContain('"id"');
  });

  test.each(Object.entries(wrongCursors))('V15 takes no cursor with %s', async (_what, make) => {
    const answer = await read(make(encodeCursor(place), place));
    expect(answer.codes).toEqual(['BAD_USER_INPUT']);
    expect(answer.text).not.toContain('"nodes"');
  });

  test('V15 takes no cursor of a list that is sorted otherwise', async () => {
    const others = Object.values(lists).filter((other) => other.place.length !== place.length);
    for (const other of others) {
      expect((await read(encodeCursor(other.place))).codes).toEqual(['BAD_USER_INPUT']);
    }
    expect(others.length).toBeGreaterThan(0);
  });
});
