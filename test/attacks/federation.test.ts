import { randomUUID } from 'node:crypto';
import { idKind } from '../../src/platform/ids';
import type { Answer } from '../support/http-service';
import { settlingMs, startWorld, type World } from './world';

let w: World;
beforeAll(async () => (w = await startWorld()), settlingMs);
afterAll(() => w.close());

type Representation = Record<string, unknown>;

const entities = `query ($all: [_Any!]!) { _entities(representations: $all) {
  __typename ... on Customer { id } ... on Brand { id } ... on Message { id }
  ... on AttentionEvent { id } ... on LedgerEntry { id } ... on LedgerTransfer { id } } }`;

const ask = (all: unknown, bearer = w.a.key): Promise<Answer> =>
  w.t.ask(entities, { all }, bearer, { door: '/subgraph' });

async function loaded(all: unknown[], bearer = w.a.key): Promise<(Representation | null)[]> {
  const { data, codes } = await ask(all, bearer);
  expect(codes).toEqual([]);
  return data['_entities'] as (Representation | null)[];
}

const sdl = '{ _service { sdl } }';

describe('without the secret of the router', () => {
  const wrong: Record<string, (secret: string) => Record<string, string>> = {
    'no header': () => ({}),
    'an empty header': () => ({ 'x-router-secret': '' }),
    'another secret': () => ({ 'x-router-secret': 'x'.repeat(40) }),
    'one letter less': (secret) => ({ 'x-router-secret': secret.slice(0, -1) }),
    'one letter more': (secret) => ({ 'x-router-secret': `${secret}x` }),
    'capital letters': (secret) => ({ 'x-router-secret': secret.toUpperCase() }),
    'the secret twice': (secret) => ({ 'x-router-secret': `${secret}, ${secret}` }),
    'the secret as a bearer': (secret) => ({ authorization: `Bearer ${secret}` }),
    'the secret in a cookie': (secret) => ({ cookie: `x-router-secret=${secret}` }),
    'the secret under another name': (secret) => ({ 'x-apollo-router-secret': secret }),
  };

  test.each(Object.entries(wrong))('with %s nothing is parsed (G1)', async (_, make) => {
    const headers = make(w.t.service.config.routerSecret);
    const bodies = [
      { query: sdl },
      { query: entities, variables: { all: [] } },
      'NONSENSE',
      '',
      `{"query":"${'x'.repeat(2_000_000)}"}`,
    ];
    for (const body of bodies) {
      const key = { authorization: `Bearer ${w.t.platformKey}`, ...headers };
      const answer = await w.t.post('/subgraph', body, key);
      expect([answer.status, answer.codes]).toEqual([401, ['UNAUTHENTICATED']]);
    }
    const plain = await w.t.post('/subgraph', 'query=x', {
      ...headers,
      'content-type': 'text/plain',
    });
    expect(plain.status).toBe(401);
  });

  test('the secret in the address opens nothing (G1)', async () => {
    const secret = encodeURIComponent(w.t.service.config.routerSecret);
    const answer = await w.t.post(`/subgraph?x-router-secret=${secret}`, { query: sdl });
    expect(answer.status).toBe(401);
  });
});

test('the door for clients knows neither field, whoever asks and with what (G1)', async () => {
  const headers = { 'x-router-secret': w.t.service.config.routerSecret };
  for (const bearer of [undefined, w.a.key, w.token, w.t.platformKey]) {
    for (const query of [sdl, entities, '{ __type(name: "_Any") { name } }']) {
      const answer = await w.t.ask(query, { all: [] }, bearer, { headers });
      expect(answer.text).not.toMatch(/"sdl":|"_entities":|"_Any"/);
      expect(answer.data['__type'] ?? null).toBeNull();
    }
    const service = await w.t.ask(sdl, {}, bearer, { headers });
    expect([service.status, service.codes]).toEqual([400, ['GRAPHQL_VALIDATION_FAILED']]);
  }
});

test('a router without a caller reads the schema and no entity (G1)', async () => {
  const service = await w.t.ask(sdl, {}, undefined, { door: '/subgraph' });
  expect(service.data['_service'].sdl).toBe(w.t.service.sdl);
  const answer = await w.t.ask(entities, { all: [] }, undefined, { door: '/subgraph' });
  expect([answer.status, answer.codes]).toEqual([401, ['UNAUTHENTICATED']]);
});

test('a thousand representations are answered, in order, and one more is refused (G2)', async () => {
  const known = w.a.ids['msg'];
  const all = Array.from({ length: 1000 }, (_, at) => ({
    __typename: 'Message',
    id: at % 3 === 0 ? known : idKind('msg').encode(randomUUID()),
  }));
  const found = await loaded(all);
  const expected = all.map(({ id }) => (id === known ? { __typename: 'Message', id } : null));
  expect(found).toEqual(expected);
  const refused = await ask([...all, all[0]]);
  expect(refused.codes).toEqual(['BAD_USER_INPUT']);
  expect(refused.json['data']).toBeNull();
});

test('50,000 representations are refused for their bytes or their number (G2)', async () => {
  const all = Array.from({ length: 50_000 }, () => ({ __typename: 'X' }));
  const answer = await ask(all);
  expect([answer.status, answer.codes]).toEqual([413, ['PAYLOAD_TOO_LARGE']]);
  const bare = await ask(Array.from({ length: 50_000 }, () => 1));
  expect([bare.status, bare.codes]).toEqual([400, ['BAD_USER_INPUT']]);
});

const strange: Record<string, () => unknown> = {
  'an unknown type': () => ({ __typename: 'Nobody', id: w.a.ids['msg'] }),
  'a type without a key': () => ({ __typename: 'Wallet', id: w.a.ids['msg'] }),
  'the query type': () => ({ __typename: 'Query' }),
  'a scalar': () => ({ __typename: 'String' }),
  'an interface': () => ({ __typename: 'Node', id: w.a.ids['msg'] }),
  'the union itself': () => ({ __typename: '_Entity', id: w.a.ids['msg'] }),
  'a name every object has': () => ({ __typename: 'constructor', id: w.a.ids['msg'] }),
  'the name of the prototype': () => ({ __typename: '__proto__', id: w.a.ids['msg'] }),
  'a type in small letters': () => ({ __typename: 'message', id: w.a.ids['msg'] }),
  'a type with a space': () => ({ __typename: 'Message ', id: w.a.ids['msg'] }),
  'a number for a type': () => ({ __typename: 5, id: w.a.ids['msg'] }),
  'a list for a type': () => ({ __typename: ['Message'], id: w.a.ids['msg'] }),
  'no type': () => ({ id: w.a.ids['msg'] }),
  'no key': () => ({ __typename: 'Message' }),
  'null for a key': () => ({ __typename: 'Message', id: null }),
  'a number for a key': () => ({ __typename: 'Message', id: 5 }),
  'a list for a key': () => ({ __typename: 'Message', id: [w.a.ids['msg']] }),
  'an object for a key': () => ({ __typename: 'Customer', id: { toString: 'x' } }),
  'a key of another type': () => ({ __typename: 'Message', id: w.a.ids['trf'] }),
  'an empty key': () => ({ __typename: 'Brand', slug: '' }),
  'a slug that is SQL': () => ({ __typename: 'Brand', slug: `' OR '1'='1` }),
  'a NUL in a key': () => ({ __typename: 'Customer', externalId: 'a\0b' }),
  'half a surrogate pair in a key': () => ({ __typename: 'Customer', externalId: '\ud800' }),
  'an e-mail that is none': () => ({ __typename: 'Customer', email: '@' }),
  'a key of 100 KB': () => ({ __typename: 'Customer', externalId: 'x'.repeat(100_000) }),
  'a text': () => 'Message',
  'a number': () => 7,
  'a list': () => [{ __typename: 'Message', id: w.a.ids['msg'] }],
  true: () => true,
};

test.each(Object.entries(strange))('%s is null in its place (G2)', async (_, make) => {
  const mine = { __typename: 'Message', id: w.a.ids['msg'] };
  expect(await loaded([mine, make(), mine])).toEqual([mine, null, mine]);
});

test('all of them together are null, each in its place (G2)', async () => {
  const mine = { __typename: 'Brand', id: w.a.brand.id };
  const all = Object.values(strange).flatMap((make) => [make(), mine]);
  const found = await loaded(all);
  expect(found).toEqual(all.map((_, at) => (at % 2 === 0 ? null : mine)));
});

test('null is no list of representations, nor is a list of it (G2)', async () => {
  for (const all of [null, [null], undefined]) {
    const answer = await ask(all);
    expect([answer.status, answer.codes]).toEqual([400, ['BAD_USER_INPUT']]);
  }
});

test('a representation cannot reach a prototype (G2)', async () => {
  const body = (all: string): string =>
    `{"query":${JSON.stringify(entities)},"variables":{"all":${all}}}`;
  const headers = {
    authorization: `Bearer ${w.a.key}`,
    'x-router-secret': w.t.service.config.routerSecret,
  };
  const poisoned = '[{"__typename":"Brand","__proto__":{"slug":"brand-a"}}]';
  const answer = await w.t.post('/subgraph', body(poisoned), headers);
  expect([answer.status, answer.codes]).toEqual([400, ['BAD_REQUEST']]);
  const literal = entities
    .replace('($all: [_Any!]!)', '')
    .replace('$all', '[{ __typename: "Brand", __proto__: { slug: "brand-a" } }]');
  const inDocument = await w.t.ask(literal, {}, w.a.key, { door: '/subgraph' });
  expect(inDocument.data['_entities']).toEqual([null]);
  expect(({} as Representation)['slug']).toBeUndefined();
});
