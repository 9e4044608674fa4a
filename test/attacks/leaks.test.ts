import { getIntrospectionQuery } from 'graphql';
import { createLog } from '../../src/platform/log';
import type { Answer, HttpService } from '../support/http-service';
import { startHttpService } from '../support/http-service';
import { newKey, type TestBrand } from '../support/test-service';
import { fullBuckets, send } from './world';

const logged: string[] = [];
const log = createLog('trace', { write: (line: string) => void logged.push(line) });

let t: HttpService;
let brand: TestBrand;
let token: string;

beforeAll(async () => {
  t = await startHttpService({ log, limits: fullBuckets });
  brand = await t.createBrand('leaky', { budget: 1000 });
  await send(t, brand.apiKey, 'identifyCustomer', { externalId: 'one', email: 'one@example.in' });
  const minted = await send(t, brand.apiKey, 'createCustomerToken', {
    customer: { externalId: 'one' },
  });
  token = minted['token'] as string;
});

afterAll(() => t.close());
beforeEach(() => (logged.length = 0));

async function keyWith(...scopes: string[]): Promise<string> {
  const made = await send(t, brand.apiKey, 'createApiKey', { name: newKey(), scopes });
  return made['secret'] as string;
}

describe('in production', () => {
  const questions = [
    '{ __schema { queryType { name } } }',
    '{ __type(name: "Query") { name } }',
    '{ harmless: __schema { queryType { name } } }',
    '{ ...Hidden } fragment Hidden on Query { ... { __schema { queryType { name } } } }',
    'query A { brand { id } __schema { queryType { name } } }',
    '{ __schema @skip(if: true) { queryType { name } } }',
    getIntrospectionQuery().replace(/\s+/g, ' '),
  ];

  // The doors ask the configuration at each request.
  beforeAll(() => (t.service.config.developerTools = false));
  afterAll(() => (t.service.config.developerTools = true));

  test.each(questions)('the schema is not told to everybody by %s (L1)', async (question) => {
    const callers = [undefined, token, await keyWith('READ', 'KEYS', 'CUSTOMERS')];
    for (const bearer of callers) {
      const answer = await t.ask(question, {}, bearer);
      expect([answer.status, answer.codes]).toEqual([400, ['INTROSPECTION_DISABLED']]);
    }
  });

  test('the schema is told to developers, to the platform and to routers (L1)', async () => {
    const developer = await keyWith('DEVELOPER');
    for (const bearer of [developer, t.platformKey]) {
      expect((await t.ask(questions[0] as string, {}, bearer)).status).toBe(200);
    }
    const router = await t.ask(questions[0] as string, {}, undefined, { door: '/subgraph' });
    expect(router.status).toBe(200);
  });

  test('introspection does not go deeper than anything else (L1, Q10)', async () => {
    const deep = `{ __schema { types { ${'fields { type { '.repeat(8)} name ${'} }'.repeat(8)} } } }`;
    const answer = await t.ask(deep, {}, t.platformKey);
    expect([answer.status, answer.codes]).toEqual([400, ['OPERATION_TOO_COMPLEX']]);
  });
});

const misspelt = [
  '{ brnd { id } }',
  '{ brand { slgu } }',
  '{ customers(firs: 1) { nodes { id } } }',
  '{ brand { ... on Brnd { id } } }',
  'query ($p: CustomrBy) { brand { id } }',
  'mutation { recordMessage(input: { chanel: EMAIL }) { replayed } }',
  `mutation { recordMessage(input: { channel: EMIAL, externalId: "x", idempotencyKey: "12345678" }) {
    replayed } }`,
];

test.each(misspelt)('nobody is helped to guess by %s (L2)', async (document) => {
  for (const bearer of [undefined, brand.apiKey]) {
    const answer = await t.ask(document, {}, bearer);
    expect([answer.status, answer.codes[0]]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
    expect(answer.text).not.toMatch(/did you mean|"EMAIL"|"slug"|"CustomerBy"/i);
  }
});

const identify = `mutation ($input: IdentifyCustomerInput!) {
  identifyCustomer(input: $input) { customer { id } userErrors { code field message } } }`;
const message = `mutation ($input: RecordMessageInput!) {
  recordMessage(input: $input) { message { id } userErrors { code field message } } }`;

test.each<[string, string, unknown]>([
  ['a misspelt enum value (L3)', message, { externalId: 'x', channel: 'EMIAL' }],
  ['a misspelt field (L3)', message, { externalId: 'x', chanel: 'EMAIL' }],
  ['a misspelt key of a customer (L3)', identify, { emial: 'canary.person@example.in' }],
  [
    'a wrong type beside an address (L4)',
    identify,
    { email: 'canary.person@example.in', phone: 5 },
  ],
  ['an address where an object belongs (L4)', identify, { traits: 'canary.person@example.in' }],
  ['an address where a list belongs (L4)', identify, { consents: 'canary.person@example.in' }],
  ['an address for the whole input (L4)', identify, 'canary.person@example.in'],
  ['an address where a number belongs (L4)', message, { openMu: 'canary.person@example.in' }],
])('%s in variables is answered by its place, without its value', async (_, document, input) => {
  const answer = await t.ask(document, { input }, brand.apiKey);
  expect([answer.status, answer.codes[0]]).toEqual([400, 'BAD_USER_INPUT']);
  expect(answer.text).not.toMatch(/canary|EMIAL|did you mean|"EMAIL"/i);
  expect(logged.join('')).not.toMatch(/canary|EMIAL/);
});

test('a refusal names the field and not what stood in it (L4)', async () => {
  const input = { email: 'canary person', phone: 'canary phone', externalId: 'canary\0id' };
  const answer = await t.ask(
    identify,
    { input: { ...input, idempotencyKey: newKey() } },
    brand.apiKey,
  );
  const { userErrors } = answer.data['identifyCustomer'];
  expect((userErrors as { field: string[] }[]).map(({ field }) => field)).toEqual([
    ['externalId'],
    ['email'],
    ['phone'],
  ]);
  expect(answer.text + logged.join('')).not.toContain('canary');
});

/** A fault of ours, told by nothing but its number, which the log has too. */
function expectMasked(answer: Answer, canary: string | RegExp): void {
  expect([answer.status, answer.codes]).toEqual([500, ['INTERNAL']]);
  const [error] = answer.json['errors'] as { message: string; extensions: { errorId: string } }[];
  expect(error?.message).toBe('Something went wrong on our side');
  expect(answer.text).not.toMatch(canary);
  expect(logged.join('')).toContain(error?.extensions.errorId);
  expect(logged.join('')).not.toMatch(canary);
}

test('a statement that fails says nothing of tables or columns (L5)', async () => {
  await t.database.query('ALTER TABLE messages RENAME COLUMN subject TO canary_subject');
  const read = await t.ask(
    '{ customer(by: { externalId: "one" }) { messages { nodes { id } } } }',
    {},
    brand.apiKey,
  );
  const input = {
    externalId: newKey(),
    channel: 'SMS',
    subject: 'canary text',
    idempotencyKey: newKey(),
  };
  const write = await t.ask(message, { input }, brand.apiKey);
  await t.database.query('ALTER TABLE messages RENAME COLUMN canary_subject TO subject');
  expectMasked(read, /canary|subject|SELECT/);
  expectMasked(write, /canary|subject|INSERT/);
  const again = await t.ask(message, { input }, brand.apiKey);
  expect(again.data['recordMessage']).toMatchObject({ message: { id: expect.any(String) } });
});

test('an exception of a function in the database says nothing (L5)', async () => {
  await t.database.query(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'canary password=hunter2 %', NEW.subject USING DETAIL = 'canary detail', HINT = 'canary hint';
    END $$`);
  await t.database.query(
    'CREATE TRIGGER fail BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION fail()',
  );
  const input = {
    externalId: newKey(),
    channel: 'SMS',
    subject: 'canary text',
    idempotencyKey: newKey(),
  };
  const answer = await t.ask(message, { input }, brand.apiKey);
  await t.database.query('DROP TRIGGER fail ON messages; DROP FUNCTION fail');
  expectMasked(answer, /canary|hunter2|plpgsql/);
});

test('a violated constraint shows neither its name nor the row (L7)', async () => {
  await t.database.query(
    `ALTER TABLE messages ADD CONSTRAINT canary_check CHECK (subject NOT LIKE 'canary%') NOT VALID`,
  );
  const input = {
    externalId: newKey(),
    channel: 'SMS',
    subject: 'canary text',
    idempotencyKey: newKey(),
  };
  const answer = await t.ask(message, { input }, brand.apiKey);
  await t.database.query('ALTER TABLE messages DROP CONSTRAINT canary_check');
  expectMasked(answer, /canary text|Failing row|violates/);
  expect(answer.text).not.toContain('canary_check');
});

test('a fault of one command leaves its neighbours alone (L7)', async () => {
  await t.database.query(
    `ALTER TABLE messages ADD CONSTRAINT canary_check CHECK (subject NOT LIKE 'canary%') NOT VALID`,
  );
  const ask = (subject: string) => {
    const input = { externalId: newKey(), channel: 'SMS', subject, idempotencyKey: newKey() };
    return t.ask(message, { input }, brand.apiKey);
  };
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) => ask(at === 7 ? 'canary text' : 'sound')),
  );
  await t.database.query('ALTER TABLE messages DROP CONSTRAINT canary_check');
  expect(answers.map(({ status }) => status)).toEqual(
    answers.map((_, at) => (at === 7 ? 500 : 200)),
  );
});

test('who comes second in a race is told so in our words (L7)', async () => {
  const externalId = newKey();
  const ask = (brandKey: string) => {
    const input = { externalId, channel: 'SMS', idempotencyKey: newKey() };
    return t.ask(message, { input }, brandKey);
  };
  const answers = await Promise.all(Array.from({ length: 16 }, () => ask(brand.apiKey)));
  const payloads = answers.map(({ data }) => data['recordMessage']);
  expect(payloads.filter((payload) => payload.message !== null)).toHaveLength(1);
  for (const payload of payloads.filter((one) => one.message === null)) {
    expect(payload.userErrors).toMatchObject([{ code: 'ALREADY_EXISTS', field: ['externalId'] }]);
  }
});

test('nothing of a request is in the log but who, where and how it ended (L7)', async () => {
  const input = {
    externalId: 'canary-external',
    email: 'canary@example.in',
    phone: '+919820054321',
    traits: { name: 'Canary Person' },
    idempotencyKey: 'canary-key-1',
  };
  await t.ask(identify, { input }, brand.apiKey, {
    headers: { 'user-agent': 'canary\u00a0agent' },
  });
  await t.fetch('/graphql?canary=query');
  expect(logged.join('')).toContain('"route":"/graphql"');
  expect(logged.join('')).not.toMatch(/canary|98200|Bearer/i);
  expect(logged.join('')).not.toContain(brand.apiKey);
});

test.each<Record<string, string>>([
  { 'apollo-federation-include-trace': 'ftv1' },
  { 'x-apollo-tracing': '1' },
  { 'apollo-query-plan-experimental': '1' },
  { 'x-debug': 'true', debug: '1' },
  { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
])('nothing is traced for %j (L8)', async (headers) => {
  for (const door of ['/graphql', '/subgraph'] as const) {
    const answer = await t.ask('{ brand { slug } }', {}, brand.apiKey, { headers, door });
    expect(answer.json).toEqual({ data: { brand: { slug: 'leaky' } } });
    expect([...answer.headers.keys()].join(' ')).not.toMatch(/trace|debug|powered|server\b/);
  }
});

/** What a client can put into a request that a log might show. */
test('what is logged of a request is a line of JSON, whatever it holds (S1)', async () => {
  const forged = '\\n{"level":50,"msg":"canary"}\\u001b[31m';
  const body = `{"query":"query A { brand { id } }","operationName":"${forged}","variables":{"${forged}":1}}`;
  const head = (path: string, agent: string) =>
    [
      `POST ${path} HTTP/1.1`,
      'host: x',
      `user-agent: ${agent}`,
      `x-request-id: canary\u0085{"level":50}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      `authorization: Bearer ${brand.apiKey}`,
      'connection: close\r\n\r\n',
    ].join('\r\n') + body;
  for (const path of ['/graphql', '/graphql?x=%0a%7b%22level%22%3a50%7d', '/%0acanary%1b[31m']) {
    expect(await t.raw(head(path, 'canary\u001b[31m'))).toMatch(/^HTTP\/1.1 4\d\d /);
    expect(await t.raw(head(path, 'c'.repeat(1000)))).toMatch(/^HTTP\/1.1 4\d\d /);
  }
  expect(await t.raw(head('/graphql', 'c'.repeat(1_000_000)))).toMatch(/^HTTP\/1.1 431 /);
  expect(logged.length).toBeGreaterThan(2);
  for (const line of logged) {
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number) });
    expect(line.length).toBeLessThan(1000);
  }
  // eslint-disable-next-line no-control-regex -- control characters are what must not be there
  expect(logged.join('')).not.toMatch(/canary|[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  expect(logged.join('')).not.toContain(brand.apiKey);
});
