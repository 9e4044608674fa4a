import { getIntrospectionQuery } from 'graphql';
import { expectRefusal, type ToyServer } from '../../support/toy-server';
import { productionEnv } from '../../support/toy-service';
import {
  apolloManifest,
  byHash,
  get,
  manifestFile,
  me,
  named,
  schemaNames,
  send,
  sha,
  startsServers,
  touch,
} from './scene';

const startWith = startsServers();

describe('the safelist', () => {
  let server: ToyServer;
  beforeAll(async () => {
    const manifest = manifestFile(apolloManifest(me, named, touch));
    const env = { ...productionEnv, PERSISTED_OPERATIONS: manifest, SAFELIST: 'on' };
    server = await startWith({ env });
  });

  it('runs the manifest’s documents by id, by hash and by text', async () => {
    const answer = { data: { me: { id: 'me' } } };
    expect((await send(server, { documentId: sha(me) })).json).toEqual(answer);
    expect((await send(server, byHash(sha(me)))).json).toEqual(answer);
    expect((await send(server, { query: me })).json).toEqual(answer);
    expect((await send(server, { query: me, ...byHash(sha(me)) })).json).toEqual(answer);
  });

  it.each([
    'query Named { me { name } }',
    'query Named{me{name}}',
    '\n\n# a comment\nquery Named {\r\n\tme { name, } \n} # more',
  ])('does not mind the spacing of %j', async (query) => {
    expect((await send(server, { query })).json).toEqual({ data: { me: { name: 'person me' } } });
  });

  it.each([
    ['another field', 'query Me { me { id name } }'],
    ['another name', 'query Mine { me { id } }'],
    ['no name', '{ me { id } }'],
    ['an alias', 'query Me { me { nr: id } }'],
    ['a second operation', `${me} query More { me { name } }`],
    ['a fragment', 'query Me { me { ...Id } } fragment Id on ToyPerson { id }'],
    ['a directive', 'query Me { me { id @include(if: true) } }'],
    ['what is not GraphQL', 'query Me { me { id }'],
    ['more tokens than are read', `query Me { me { ${'id '.repeat(3000)} } }`],
    ['a value written out', 'mutation Touch { touch(input: { key: "k" }) { count } }'],
  ])('refuses %s', async (_what, query) => {
    for (const bearer of ['brand', 'platform']) {
      expectRefusal(await send(server, { query }, bearer), 403, 'DOCUMENT_NOT_TRUSTED');
    }
  });

  it('refuses what a body hides elsewhere', async () => {
    const other = '{ me { id name } }';
    expectRefusal(await send(server, [{ query: other }]), 400, 'BAD_REQUEST');
    expectRefusal(await send(server, { query: [other] }), 400, 'BAD_REQUEST');
    expectRefusal(await send(server, { query: { kind: 'Document' } }), 400, 'BAD_REQUEST');
    expectRefusal(await send(server, { documentId: sha(me), query: other }), 400, 'BAD_REQUEST');
    const headers = { 'apollo-require-preflight': 'true' };
    const twice = await get(
      server,
      [
        ['query', me],
        ['query', other],
      ],
      headers,
    );
    expectRefusal(twice, 400, 'BAD_REQUEST');
    const alone = await get(server, [['query', other]], headers);
    expectRefusal(alone, 403, 'DOCUMENT_NOT_TRUSTED');
  });

  it('registers nothing', async () => {
    const query = 'query Other { me { id name } }';
    const sent = await send(server, { query, ...byHash(sha(query)) });
    expectRefusal(sent, 403, 'DOCUMENT_NOT_TRUSTED');
    expectRefusal(await send(server, byHash(sha(query))), 200, 'PERSISTED_QUERY_NOT_FOUND');
    const lie = await send(server, { query, ...byHash(sha(me)) });
    expectRefusal(lie, 400, 'PERSISTED_QUERY_HASH_MISMATCH');
  });

  it('lets developers and the platform introspect, and nothing beside that', async () => {
    for (const bearer of ['developer', 'platform']) {
      const { json } = await send(server, { query: getIntrospectionQuery() }, bearer);
      expect(json.data.__schema.types.length).toBeGreaterThan(5);
      const both = 'query A { me { name } __schema { queryType { name } } }';
      expectRefusal(await send(server, { query: both }, bearer), 403, 'DOCUMENT_NOT_TRUSTED');
      const hidden = `${schemaNames} query Other { me { name } }`;
      const sent = { query: hidden, operationName: 'Other' };
      expectRefusal(await send(server, sent, bearer), 403, 'DOCUMENT_NOT_TRUSTED');
    }
    const refused = await send(server, { query: getIntrospectionQuery() });
    expectRefusal(refused, 403, 'DOCUMENT_NOT_TRUSTED');
  });

  it('binds batches of events too, however large', async () => {
    const query = `mutation ($input: BatchInput!) { recordAttentionBatch(input: $input) { count } }`;
    const events = Array.from({ length: 400 }, () => ({ key: 'k'.repeat(1000) }));
    const sent = await send(server, { query, variables: { input: { events } } }, 'developer');
    expectRefusal(sent, 403, 'DOCUMENT_NOT_TRUSTED');
  });

  it('leaves routers at /subgraph alone', async () => {
    const answer = await server.run('query Free { me { id name } }', 'brand', {
      path: '/subgraph',
      headers: { 'x-router-secret': productionEnv.ROUTER_SECRET },
    });
    expect(answer.json).toEqual({ data: { me: { id: 'me', name: 'person me' } } });
  });
});
