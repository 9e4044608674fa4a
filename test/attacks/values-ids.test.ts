import { randomUUID } from 'node:crypto';
import { ReadSession } from '../../src/platform/database/read-session';
import { idKind } from '../../src/platform/ids';
import { newKey } from '../support/test-service';
import { send, settlingMs, startWorld, type World } from './world';

let w: World;
beforeAll(async () => (w = await startWorld()), settlingMs);
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

test.each(Object.entries(wrongIds))('an id made of %s is nobody’s (V13, L6)', async (_, make) => {
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

/** Look-ups, and for each what is the caller's own, another brand's and nobody's. */
const lookups = (): Record<string, [own: string, foreign: string, missing: string]> => ({
  'message(id: $key) { id }': three('msg'),
  'ledgerTransfer(id: $key) { id }': three('trf'),
  'redemption(id: $key) { id }': three('red'),
  'magnet(id: $key) { id }': three('mag'),
  'node(id: $key) { id }': three('msg'),
  'customer(by: { id: $key }) { id }': three('cus'),
  'customer(by: { externalId: $key }) { id }': ['brand-a only', 'brand-b only', newKey()],
  'customer(by: { email: $key }) { id }': [
    'brand-a@example.in',
    'brand-b@example.in',
    `${newKey()}@example.in`,
  ],
});

const three = (kind: string): [string, string, string] => [
  w.a.ids[kind] as string,
  w.b.ids[kind] as string,
  idKind(kind).encode(randomUUID()),
];

test('what is one’s own, foreign or missing is looked for by the same statements, so in the same time (L9, T6)', async () => {
  const asked: string[] = [];
  // Looks on, and lets everything through.
  const watch = jest.spyOn(ReadSession.prototype, 'query');
  for (const [field, keys] of Object.entries(lookups())) {
    const type = field.includes('email')
      ? 'EmailAddress'
      : field.includes('xternal')
        ? 'String'
        : 'ID';
    const document = `query ($key: ${type}!) { one: ${field} }`;
    const statements: string[][] = [];
    const answers: unknown[] = [];
    for (const key of keys) {
      watch.mockClear();
      const { data } = await w.t.run(document, { key }, w.a.key);
      const texts = watch.mock.calls.map(([text]) => text);
      // A key is read again every few seconds, whatever it asks.
      statements.push(texts.filter((text) => !text.includes('FROM api_keys')));
      answers.push(data['one']);
    }
    expect([field, answers]).toEqual([field, [{ id: expect.any(String) }, null, null]]);
    expect([field, ...statements]).toEqual([field, statements[0], statements[0], statements[0]]);
    asked.push(...(statements[0] ?? []));
  }
  watch.mockRestore();
  expect(asked.length).toBeGreaterThanOrEqual(Object.keys(lookups()).length);
});

test('ids of customers tell neither when nor in which order they came (T6)', async () => {
  const ids: string[] = [];
  for (let at = 0; at < 20; at += 1) {
    const { customer } = await send(w.t, w.a.key, 'identifyCustomer', { externalId: newKey() });
    ids.push((customer as { id: string }).id);
  }
  expect([...ids].sort()).not.toEqual(ids);
  // Ten letters of 26 would be the moment in an id that tells it.
  expect(new Set(ids.map((id) => id.slice(4, 10))).size).toBe(ids.length);
});
