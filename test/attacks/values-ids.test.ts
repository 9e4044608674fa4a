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

test.each(Object.entries(wrongIds))('an id made of %s is nobody’s (V13)', async (_, make) => {
  for (const [field, kind] of Object.entries(byId)) {
    const own = w.a.ids[kind === 'cus' ? 'msg' : kind] as string;
    const id = make(own);
    const answer = await w.t.ask(`query ($id: ID!) { one: ${field} }`, { id }, w.a.key);
    expect([field, answer.json]).toEqual([field, { data: { one: null } }]);
  }
});

test.each([1.5, true, ['x'], {}, null])('%j is no id at all (V13)', async (id) => {
  for (const field of Object.keys(byId)) {
    const answer = await w.t.ask(`query ($id: ID!) { one: ${field} }`, { id }, w.a.key);
    expect([field, answer.status, answer.codes]).toEqual([field, 400, ['BAD_USER_INPUT']]);
  }
});

test('each of these queries finds what is there (V13)', async () => {
  for (const [field, kind] of Object.entries(byId).filter(([, one]) => one !== 'cus')) {
    const id = w.a.ids[kind];
    const answer = await w.t.ask(`query ($id: ID!) { one: ${field} }`, { id }, w.a.key);
    expect([field, answer.json]).toEqual([field, { data: { one: { id } } }]);
  }
});
