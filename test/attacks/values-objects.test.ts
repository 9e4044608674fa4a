import type { Answer } from '../support/http-service';
import { newKey } from '../support/test-service';
import { send, settlingMs, startWorld, type World } from './world';

let w: World;
beforeAll(async () => (w = await startWorld()), settlingMs);
afterAll(() => w.close());

type Json = Record<string, unknown>;

const identify = `mutation ($input: IdentifyCustomerInput!) {
  identifyCustomer(input: $input) { customer { traits } userErrors { code field } } }`;
const record = `mutation ($input: RecordAttentionInput!) {
  recordAttention(input: $input) { event { properties } userErrors { code field } } }`;

/** The two fields that take any JSON object. The object is given as text, to write what JSON allows. */
const places: Record<string, (object: string) => Promise<Answer>> = {
  'identifyCustomer.traits': (object) => post(identify, { externalId: newKey() }, 'traits', object),
  'recordAttention.properties': (object) => {
    const customer = { externalId: w.a.customer['externalId'] };
    return post(record, { customer, action: 'VISIT' }, 'properties', object);
  },
};

function post(query: string, others: Json, field: string, object: string): Promise<Answer> {
  const input = { ...others, idempotencyKey: newKey(), [field]: 'OBJECT' };
  const body = JSON.stringify({ query, variables: { input } }).replace('"OBJECT"', object);
  return w.t.post('/graphql', body, { authorization: `Bearer ${w.a.key}` });
}

/** What was stored; or the codes of the refusal, of either family. */
async function outcome(place: string, object: unknown): Promise<unknown> {
  const text = typeof object === 'string' ? object : JSON.stringify(object);
  const { codes, data } = await (places[place] as (object: string) => Promise<Answer>)(text);
  if (codes.length > 0) return codes;
  const [payload] = Object.values(data) as Json[];
  const refusals = payload?.['userErrors'] as { code: string }[];
  if (refusals.length > 0) return refusals.map(({ code }) => code);
  const shown = (payload?.['customer'] ?? payload?.['event']) as Json;
  return shown['traits'] ?? shown['properties'];
}

const keys = (count: number): Json =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`key${at}`, at]));
const nested = (levels: number): string => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels);
const listed = (levels: number): string =>
  `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
const sized = (bytes: number): Json => ({ a: 'x'.repeat(bytes - '{"a":""}'.length) });

describe.each(Object.keys(places))('%s', (place) => {
  test('an object comes back as it was sent (V11)', async () => {
    const sent = {
      text: 'a"b\\c/d\u2028é漢😀',
      '': 'no name',
      'a key with spaces and "quotes"': [
        1,
        -1,
        0.5,
        1e-7,
        123_456_789.25,
        [],
        {},
        [null, true, false],
      ],
      large: 1e21,
      least: 5e-324,
      nothing: [null],
      deep: { b: { c: 'd' } },
    };
    expect(await outcome(place, sent)).toEqual(sent);
  });

  test('64 keys over all levels are the most (V11)', async () => {
    expect(await outcome(place, keys(64))).toEqual(keys(64));
    expect(await outcome(place, keys(65))).toEqual(['LIMIT_EXCEEDED']);
    expect(await outcome(place, { a: [keys(31), keys(32)] })).toEqual({ a: [keys(31), keys(32)] });
    expect(await outcome(place, { a: [keys(32), keys(32)] })).toEqual(['LIMIT_EXCEEDED']);
    expect(await outcome(place, keys(10_000))).toEqual(['LIMIT_EXCEEDED']);
  });

  test('four levels are the most (V11)', async () => {
    for (const made of [nested, listed]) {
      expect(await outcome(place, made(4))).toEqual(JSON.parse(made(4)));
      expect(await outcome(place, made(5))).toEqual(['LIMIT_EXCEEDED']);
      expect(await outcome(place, made(100))).toEqual(['LIMIT_EXCEEDED']);
      expect(await outcome(place, made(101))).toEqual(['BAD_USER_INPUT']);
      expect(await outcome(place, made(20_000))).toEqual(['BAD_USER_INPUT']);
    }
  });

  test('16 KiB are the most (V11)', async () => {
    expect(await outcome(place, sized(16 * 1024))).toEqual(sized(16 * 1024));
    expect(await outcome(place, sized(16 * 1024 + 1))).toEqual(['LIMIT_EXCEEDED']);
    const chinese = (count: number): Json => ({ a: '漢'.repeat(count) });
    expect(await outcome(place, chinese(5458))).toEqual(chinese(5458));
    expect(await outcome(place, chinese(5459))).toEqual(['LIMIT_EXCEEDED']);
  });

  test.each([
    '{"__proto__":{"admin":true}}',
    '{"a":{"__proto__":{"admin":true}}}',
    '{"\\u005f_proto__":{"admin":true}}',
    '{"constructor":{"prototype":{"admin":true}}}',
  ])('%s is no request (V11)', async (object) => {
    expect(await outcome(place, object)).toEqual(['BAD_REQUEST']);
  });

  test.each(['{"constructor":1}', '{"prototype":{}}', '{"a":[{"constructor":null}]}'])(
    '%s has a key that no object may have (V11)',
    async (object) => {
      expect(await outcome(place, object)).toEqual(['INVALID_VALUE']);
    },
  );

  test.each(['{"a\\u0000b":1}', '{"a":"\\u0000"}', '{"a":["\\ud800"]}', '{"\\udc00":1}'])(
    '%s cannot be stored (V5, V6)',
    async (object) => {
      expect(await outcome(place, object)).toEqual(['INVALID_TEXT']);
    },
  );

  test.each(['[]', '"{}"', '1', 'true', '{"a":1e400}', '{"a":[{"b":-1e400}]}'])(
    '%s is no object of JSON (V11)',
    async (object) => {
      expect(await outcome(place, object)).toEqual(['BAD_USER_INPUT']);
    },
  );
});

test('a literal may not smuggle in what a variable may not hold (V11)', async () => {
  const ask = async (traits: string) => {
    const { codes, data } = await w.t.ask(
      `mutation { identifyCustomer(input: { externalId: "literal", traits: ${traits},
        idempotencyKey: "${newKey()}" }) { customer { traits } userErrors { code } } }`,
      {},
      w.a.key,
    );
    return codes[0] ?? data['identifyCustomer'].userErrors[0]?.code ?? null;
  };
  expect(await ask('{ a: 1 }')).toBeNull();
  expect(await ask('{ __proto__: { admin: true } }')).toBe('INVALID_VALUE');
  expect(await ask('{ a: { constructor: { prototype: { admin: true } } } }')).toBe('INVALID_VALUE');
  expect(await ask('{ a: 1e400 }')).toBe('BAD_USER_INPUT');
  expect(await ask('{ a: ENUM }')).toBe('BAD_USER_INPUT');
  expect(await ask('{ a: 9007199254740993 }')).toBe('BAD_USER_INPUT');
  expect(await ask(`{ a: ${'['.repeat(500)}${']'.repeat(500)} }`)).toBe('BAD_USER_INPUT');
  expect(({} as Json)['admin']).toBeUndefined();
});

test('traits grow to their limits over many calls, and not beyond (V11)', async () => {
  const externalId = newKey();
  const tell = async (traits: Json) => {
    const input = { externalId, traits };
    const { userErrors, customer } = await send(w.t, w.a.key, 'identifyCustomer', input);
    return (userErrors as { code: string }[])[0]?.code ?? (customer as { traits: Json }).traits;
  };
  expect(await tell(keys(60))).toEqual(keys(60));
  const more = Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`more${at}`, at]));
  expect(await tell(more)).toBe('LIMIT_EXCEEDED');
  expect(await tell({ ...more, key0: null })).toEqual({ ...keys(60), ...more, key0: undefined });
  expect(await tell({ big: 'x'.repeat(16_000) })).toBe('LIMIT_EXCEEDED');
});
