import { serviceSchemas } from '../../src/server/create-service';
import { newKey, startTestService } from '../support/test-service';
import type { Answer } from '../support/http-service';
import { validArguments } from './samples';
import { inputPlaces, operationOf, rootFields, withValue, type RootField } from './schema-walk';
import { bearerFor, runRoot, send, settlingMs, startWorld, type World } from './world';

const { publicSchema, sdl } = serviceSchemas();
const mutations = rootFields(publicSchema, sdl).filter(({ operation }) => operation === 'mutation');

let w: World;
beforeAll(async () => (w = await startWorld({ limits: { lockMs: 300 } })), settlingMs);
afterAll(() => w.close());
afterEach(() => (w.t.clock.offsetMs = 0));

const keyed = mutations.filter(({ field }) =>
  inputPlaces(field.args).some(({ path }) => path.at(-1) === 'idempotencyKey'),
);

/** An answer but for whether it is the first, and for when its measures were taken. */
const asFirst = (answer: Answer): string =>
  answer.text
    .replaceAll('"replayed":true', '"replayed":false')
    .replaceAll(/"asOf":"[^"]+"/g, '"asOf":"then"');

test.each(keyed.map((root): [string, RootField] => [root.name, root]))(
  '%s answers a second time what it answered first (I1)',
  async (_, root) => {
    const args = validArguments(root, w.a);
    const ask = () => runRoot(w.t, root, args, bearerFor(w, root));
    const first = await ask();
    expect([first.status, first.text]).toEqual([200, expect.stringContaining('"replayed":false')]);
    const again = await ask();
    expect(again.text).toContain('"replayed":true');
    expect(asFirst(again)).toBe(asFirst(first));
  },
);

test('days later, in another process, the answer is still the first one (I1)', async () => {
  const root = rootNamed('recordAttention');
  const args = validArguments(root, w.a);
  const first = await runRoot(w.t, root, args, w.a.key);
  const { database } = w.t;
  const other = await startTestService({ database });
  other.clock.offsetMs = 40 * 86_400_000;
  const document = operationOf(publicSchema, root, args);
  const { data } = await other.run(document, args, w.a.key);
  const told = JSON.stringify({ data }).replace('"replayed":true', '"replayed":false');
  await other.close();
  expect(told).toBe(first.text.trim());
});

function rootNamed(name: string): RootField {
  return mutations.find((root) => root.name === name) as RootField;
}

const rule = `upsertEarnRule(input: $input) { earnRule { id version } replayed userErrors { code } }`;
const ruleDocument = `mutation ($input: UpsertEarnRuleInput!) { ${rule} }`;
const ruleInput = (key: string) => ({
  name: `rule of ${key.slice(0, 100)}`,
  action: 'SCAN',
  amount: 3,
  channel: 'QR',
  startsAt: '2026-01-01T00:00:00Z',
  minConfidence: 0.5,
  streak: { cap: 3, startAt: 1 },
  idempotencyKey: key,
});
type Rule = ReturnType<typeof ruleInput> & Record<string, unknown>;

const sendRule = (input: unknown, document = ruleDocument) => w.t.ask(document, { input }, w.a.key);

/** As a literal in the document, with its fields in reverse order. */
const literal = (input: Rule): string => `mutation { upsertEarnRule(input: {
  idempotencyKey: "${input.idempotencyKey}", streak: { startAt: 1, cap: 3 }, minConfidence: 0.5
  startsAt: "2026-01-01T00:00:00Z", channel: QR, amount: 3, action: SCAN, name: "${input.name}" })
  { earnRule { id version } replayed userErrors { code } } }`;

/** Other ways to send the same: what counts is the input after coercion, not how it was written. */
const sameInput: Record<string, (input: Rule) => Promise<Answer>> = {
  'with its keys in another order': (input) =>
    sendRule(Object.fromEntries(Object.entries(input).reverse())),
  'as a literal': (input) => w.t.ask(literal(input), {}, w.a.key),
  'as a literal with variables in it': (input) =>
    w.t.ask(
      literal(input).replace('mutation', 'mutation ($a: Mu!)').replace('amount: 3', 'amount: $a'),
      { a: 3 },
      w.a.key,
    ),
  'with the time in another zone': (input) =>
    sendRule({ ...input, startsAt: '2026-01-01T05:30:00+05:30' }),
  'with the time in more digits': (input) =>
    sendRule({ ...input, startsAt: '2026-01-01T00:00:00.000000Z' }),
  'without a value that is the default': (input) =>
    sendRule({ ...input, minConfidence: undefined }),
  'asking for other fields': (input) =>
    sendRule(input, ruleDocument.replace('earnRule { id', 'earnRule { __typename id name')),
  'under an operation name': (input) =>
    sendRule(input, ruleDocument.replace('mutation', 'mutation X')),
  'through the other door': (input) =>
    w.t.ask(ruleDocument, { input }, w.a.key, { door: '/subgraph' }),
  'in escaped JSON': (input) =>
    w.t.post(
      '/graphql',
      JSON.stringify({ query: ruleDocument, variables: { input } }).replace('SCAN', '\\u0053CAN'),
      { authorization: `Bearer ${w.a.key}` },
    ),
  'with a whole number as a fraction': (input) => {
    const body = JSON.stringify({ query: ruleDocument, variables: { input } });
    const headers = { authorization: `Bearer ${w.a.key}` };
    return w.t.post('/graphql', body.replace('"amount":3', '"amount":3.0'), headers);
  },
  'with another key of the brand': async (input) => {
    const made = await send(w.t, w.a.key, 'createApiKey', { name: 'other', scopes: ['RULES'] });
    return w.t.ask(ruleDocument, { input }, made['secret'] as string);
  },
};

test.each(Object.entries(sameInput))(
  'the same input %s is the same request (I2)',
  async (_, again) => {
    const input = ruleInput(newKey());
    const first = (await sendRule(input)).data['upsertEarnRule'];
    expect(first).toMatchObject({ replayed: false, earnRule: { version: 1 } });
    const { data, codes } = await again(input);
    expect(codes).toEqual([]);
    expect(data['upsertEarnRule'].replayed).toBe(true);
    expect(data['upsertEarnRule'].earnRule).toMatchObject(first.earnRule);
  },
);

test('the order of keys does not count inside an object either (I2)', async () => {
  const externalId = newKey();
  const key = newKey();
  const tell = (traits: object) =>
    send(w.t, w.a.key, 'identifyCustomer', { externalId, traits, idempotencyKey: key });
  expect(await tell({ a: { b: 1, c: [2, 3] }, d: 4 })).toMatchObject({ replayed: false });
  expect(await tell({ d: 4, a: { c: [2, 3], b: 1 } })).toMatchObject({ replayed: true });
  const refused = { replayed: false, userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] };
  expect(await tell({ d: 4, a: { c: [3, 2], b: 1 } })).toMatchObject(refused);
});

/** What differs is refused, also where it would come to the same in the end. */
const otherInput: Record<string, (input: Rule) => Promise<Answer>> = {
  'with another amount': (input) => sendRule({ ...input, amount: 4 }),
  'with another action': (input) => sendRule({ ...input, action: 'VISIT' }),
  'with one field more': (input) => sendRule({ ...input, perCustomerPerDay: 1 }),
  'with a field that is null': (input) => sendRule({ ...input, endsAt: null }),
  'with a field less': (input) => sendRule({ ...input, channel: undefined }),
  'with a change deep inside': (input) => sendRule({ ...input, streak: { cap: 4, startAt: 1 } }),
  'with a space after its name': (input) => sendRule({ ...input, name: `${input.name} ` }),
  'a millisecond later': (input) => sendRule({ ...input, startsAt: '2026-01-01T00:00:00.001Z' }),
  'with what is invalid': (input) => sendRule({ ...input, amount: -1 }),
};

test.each(Object.entries(otherInput))('a key sent again %s is refused (I2)', async (_, again) => {
  const input = ruleInput(newKey());
  await sendRule(input);
  const count = 'SELECT count(*) AS rows FROM earn_rules';
  const before = await w.t.database.query(count);
  const { data } = await again(input);
  expect(data['upsertEarnRule']).toEqual({
    earnRule: null,
    replayed: false,
    userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }],
  });
  expect(await w.t.database.query(count)).toEqual(before);
});

test('a key used for one mutation is refused by the others (I2)', async () => {
  const key = newKey();
  await sendRule(ruleInput(key));
  const others = keyed.filter(({ scopes }) => scopes.some((scope) => /^mu:(?!pl|cu)/.test(scope)));
  for (const root of others.filter(({ name }) => name !== 'upsertEarnRule')) {
    const path = inputPlaces(root.field.args).find(
      (place) => place.path.at(-1) === 'idempotencyKey',
    );
    const args = withValue(root.field.args, validArguments(root, w.a), path?.path ?? [], key);
    const { text } = await runRoot(w.t, root, args, w.a.key);
    expect([root.name, text]).toEqual([root.name, expect.stringContaining('KEY_REUSED')]);
  }
});

test('an event sent alone and in a batch is the same event (I2)', async () => {
  const alone = rootNamed('recordAttention');
  const { input } = validArguments(alone, w.a);
  const first = await runRoot(w.t, alone, { input }, w.a.key);
  const document = `mutation ($input: RecordAttentionBatchInput!) {
    recordAttentionBatch(input: $input) { results { replayed event { id } } } }`;
  const batch = await w.t.ask(document, { input: { events: [input, input] } }, w.a.key);
  const again = { replayed: true, event: { id: first.data['recordAttention'].event.id } };
  expect(batch.data['recordAttentionBatch'].results).toEqual([again, again]);
});

test('people are compared by how they are named, not by who they are (I2)', async () => {
  const event = (customer: object, idempotencyKey: string) =>
    send(w.t, w.a.key, 'recordAttention', { customer, action: 'VISIT', idempotencyKey });
  const key = newKey();
  const { externalId, email } = w.a.customer;
  expect(await event({ externalId }, key)).toMatchObject({ replayed: false });
  const refused = { userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }], event: null };
  expect(await event({ email }, key)).toMatchObject(refused);
  expect(await event({ externalId }, key)).toMatchObject({ replayed: true });
});

test('of 64 at once one is done and all are answered alike (I3)', async () => {
  const root = rootNamed('recordAttention');
  const args = validArguments(root, w.a);
  const answers = await Promise.all(
    Array.from({ length: 64 }, () => runRoot(w.t, root, args, w.a.key)),
  );
  const different = [...new Set(answers.map(asFirst))];
  expect(different).toEqual(different.slice(0, 1));
  expect(answers.filter(({ text }) => text.includes('"replayed":false'))).toHaveLength(1);
});

test('who waits too long may come again with the same key (I3)', async () => {
  const input = { externalId: newKey(), channel: 'EMAIL', idempotencyKey: newKey() };
  const document = `mutation ($input: RecordMessageInput!) {
    recordMessage(input: $input) { replayed userErrors { code } } }`;
  const ask = () => w.t.ask(document, { input }, w.a.key);
  await w.t.database.query('BEGIN');
  await w.t.database.query('SELECT FROM brands FOR UPDATE');
  const waited = await ask();
  await w.t.database.query('ROLLBACK');
  expect([waited.status, waited.codes]).toEqual([503, ['UNAVAILABLE']]);
  expect(waited.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(waited.json['errors'][0].extensions.retryable).toBe(true);
  expect((await ask()).data['recordMessage']).toEqual({ replayed: false, userErrors: [] });
  expect((await ask()).data['recordMessage']).toEqual({ replayed: true, userErrors: [] });
});

test('a refusal stays one when its reason is gone, and a new key succeeds (I5)', async () => {
  const brand = await w.t.createBrand('poor', { budget: 10 });
  const message = (idempotencyKey: string) =>
    send(w.t, brand.apiKey, 'recordMessage', {
      externalId: 'offer',
      channel: 'EMAIL',
      openMu: 5,
      audience: 100,
      idempotencyKey,
    });
  const key = newKey();
  const refused = { message: null, userErrors: [{ code: 'BUDGET_EXHAUSTED' }] };
  expect(await message(key)).toMatchObject({ ...refused, replayed: false });
  const funds = { brandId: brand.id, amount: 1000, reason: 'more' };
  await send(w.t, w.t.platformKey, 'issueMu', funds);
  expect(await message(key)).toMatchObject({ ...refused, replayed: true });
  expect(await message(newKey())).toMatchObject({ userErrors: [], reserved: 500 });
  expect(await message(key)).toMatchObject({ ...refused, replayed: true });
});

test('too little Mu once is too little Mu for that key for ever (I5)', async () => {
  const customer = { externalId: 'saver' };
  await send(w.t, w.a.key, 'identifyCustomer', customer);
  const redeem = (idempotencyKey: string) =>
    send(w.t, w.a.key, 'redeem', { customer, amount: 3, description: 'tea', idempotencyKey });
  const key = newKey();
  const refused = { redemption: null, userErrors: [{ code: 'INSUFFICIENT_MU' }] };
  expect(await redeem(key)).toMatchObject(refused);
  await send(w.t, w.a.key, 'upsertEarnRule', { name: 'quiz', action: 'QUIZ', amount: 3 });
  await send(w.t, w.a.key, 'recordAttention', { customer, action: 'QUIZ' });
  expect(await redeem(key)).toMatchObject({ ...refused, replayed: true });
  expect(await redeem(newKey())).toMatchObject({ userErrors: [] });
});
