import { serviceSchemas } from '../../src/server/create-service';
import { newKey } from '../support/test-service';
import { validArguments } from './samples';
import { inputPlaces, rootFields, withValue, type InputPlace, type RootField } from './schema-walk';
import { someOf } from './some-of';
import { bearerFor, runRoot, send, settlingMs, startWorld, type World } from './world';

const { publicSchema, sdl } = serviceSchemas();
const mutations = rootFields(publicSchema, sdl).filter(({ operation }) => operation === 'mutation');

let w: World;
beforeAll(async () => (w = await startWorld()), settlingMs);
afterAll(() => w.close());

/** What refuses a text, whichever field it stood in. */
const refusals =
  /"code":"(INVALID_TEXT|INVALID_EMAIL|INVALID_PHONE|INVALID_VALUE|NOT_FOUND|ALREADY_EXISTS|BAD_USER_INPUT)"/;

/** Texts that are never stored: compared, and not what they would have to be; or said of a claim that is over. */
const mismatches: Readonly<Record<string, string>> = {
  'confirmIdentity(input.code)': '"code":"WRONG_CODE"',
  'answerClaim(input.answer.preference.text)': '"code":"ALREADY_CLAIMED"',
  'recordVelvetArrival(input.credential)': '"code":"INVALID_CREDENTIAL"',
};

const unstorable: Record<string, string> = {
  'a NUL (V5)': 'before\0after',
  'the first half of a surrogate pair (V6)': 'before\ud83dafter',
  'the second half of a surrogate pair (V6)': 'before\ude00after',
  'a megabyte less a little (V12)': 'x'.repeat(100_000),
  'a direction override (V12)': 'invoice\u202efdp.exe',
};

/** A user agent is cut, and what a mapping names is compared with what others send, letter by letter. */
const taken = (name: string, what: string): boolean =>
  what.includes('V12') && (/userAgent/.test(name) || /mapping.*override/.test(name + what));

const texts = new Set(['String', 'ID', 'EmailAddress', 'PhoneNumber']);
const places = mutations.flatMap((root) =>
  inputPlaces(root.field.args)
    .filter(({ typeName }) => texts.has(typeName))
    .map((place): [string, RootField, InputPlace] => [
      `${root.name}(${place.path.join('.')})`,
      root,
      place,
    ]),
);

test.each(places.map((place, at) => [...place, at] as const))(
  '%s stores nothing that UTF-8 or PostgreSQL cannot hold, nor what misleads a reader (V5, V6, V12, L6)',
  async (name, root, place, at) => {
    const expected = mismatches[name] ?? refusals.source;
    for (const [what, text] of someOf(Object.entries(unstorable), 2, at)) {
      if (taken(name, what)) continue;
      const args = withValue(root.field.args, validArguments(root, w.a), place.path, text);
      const answer = await runRoot(w.t, root, args, bearerFor(w, root));
      expect([what, answer.status < 500, answer.text]).toEqual([
        what,
        true,
        expect.stringMatching(expected),
      ]);
    }
  },
);

test('no text has become another on its way into the database (V6)', async () => {
  const columns = await w.t.database.query<{ sql: string }>(`
    SELECT format('SELECT count(*) AS hits FROM %I WHERE %I::text LIKE ''%%''||chr(65533)||''%%''',
      table_name, column_name) AS sql
    FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type IN ('text', 'jsonb', 'json')`);
  expect(columns.length).toBeGreaterThan(20);
  const sql = columns.map((column) => column.sql).join(' UNION ALL ');
  const hits = await w.t.database.query<{ hits: string }>(sql);
  expect(hits.filter((row) => Number(row.hits) > 0)).toEqual([]);
});

const name = (text: string, bearer = w.a.key) =>
  send(w.t, bearer, 'upsertShopItem', { externalId: 'texts', name: text, price: 1 });

test.each([
  ['nothing', ''],
  ['spaces', '   '],
  ['other spaces', '\u00a0\u2003\u3000'],
  ['what nobody sees', '\u200b\u200d\ufeff'],
  ['a line feed', 'two\nlines'],
  ['a tab', 'two\tcolumns'],
  ['a line separator', 'two\u2028lines'],
  ['an escape sequence', '\u001b[31mred'],
  ['a direction override', 'invoice\u202efdp.exe'],
  ['an isolate', 'a\u2066b'],
  ['201 bytes', 'x'.repeat(201)],
  ['201 bytes in 67 characters', '漢'.repeat(67)],
  ['a megabyte less a little', 'x'.repeat(200_000)],
])('%s is no name (V12)', async (_, text) => {
  expect(await name(text)).toMatchObject({
    shopItem: null,
    userErrors: [{ code: 'INVALID_TEXT', field: ['name'] }],
  });
});

test.each([
  ['200 bytes', 'x'.repeat(200), undefined],
  ['200 bytes and spaces around', ` ${'x'.repeat(200)} `, 'x'.repeat(200)],
  ['an emoji of many parts', '👩‍👩‍👧‍👦', undefined],
  ['a word with a joiner', 'क्‍ष', undefined],
  ['Arabic', 'مرحبا', undefined],
  ['a letter and its accent apart', 'e\u0301', undefined],
  ['what would be SQL', `'; DROP TABLE brands; --`, undefined],
  ['what would be a pattern', '%_\\%', undefined],
  ['what would be markup', '<b onclick="x">&amp;</b>', undefined],
  ['what would be an array', '{a,"b",NULL}', undefined],
  ['what would be a template', '${7*7} {{7*7}} %s $1', undefined],
])('%s is a name, kept as it is (V12, V14)', async (_, text, kept = text) => {
  expect(await name(text)).toMatchObject({ shopItem: { name: kept }, userErrors: [] });
});

const evils = [`'; DROP TABLE brands; --`, `' OR ''='`, '%', '_', '\\', `" OR 1=1`, '$1', '{}'];

test.each(evils)('%s finds nobody and nothing (V14)', async (evil) => {
  for (const by of [{ externalId: evil }, { email: `${evil}@example.in` }, { id: evil }]) {
    const document = 'query ($by: CustomerBy!) { customer(by: $by) { id } }';
    const answer = await w.t.ask(document, { by }, w.a.key);
    expect(answer.json).toEqual({ data: { customer: null } });
  }
  const list = `query ($filter: CustomerFilter) { customers(filter: $filter) { nodes { id } } }`;
  const answer = await w.t.ask(list, { filter: { externalId: evil } }, w.a.key);
  expect(answer.json).toEqual({ data: { customers: { nodes: [] } } });
  const [row] = await w.t.database.query<{ brands: string }>(
    'SELECT count(*) AS brands FROM brands',
  );
  expect(Number(row?.brands)).toBe(2);
});

test('a name that would be SQL finds its one owner (V14)', async () => {
  // By themselves some of them stand for nobody.
  for (const externalId of evils.map((evil) => `reader ${evil}`)) {
    const { customer } = await send(w.t, w.a.key, 'identifyCustomer', { externalId });
    const document = 'query ($by: CustomerBy!) { customer(by: $by) { id externalId } }';
    const answer = await w.t.ask(document, { by: { externalId } }, w.a.key);
    expect(answer.data['customer']).toEqual({ id: (customer as { id: string }).id, externalId });
  }
});

test('a user agent of any length is cut, not refused, and not in the middle of a character (V12)', async () => {
  const customer = { externalId: w.a.customer['externalId'] };
  for (const userAgent of [
    'x'.repeat(100_000),
    `${'x'.repeat(999)}😀 and more`,
    '😀'.repeat(2000),
  ]) {
    const event = { customer, action: 'VISIT', userAgent, idempotencyKey: newKey() };
    expect(await send(w.t, w.a.key, 'recordAttention', event)).toMatchObject({ userErrors: [] });
  }
});
