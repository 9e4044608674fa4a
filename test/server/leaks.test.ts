import { pino } from 'pino';
import { getIntrospectionQuery } from 'graphql';
import type { Log } from '../../src/platform/log';
import { expectRefusal, startToyServer, type ToyServer } from '../support/toy-server';
import { productionEnv } from '../support/toy-service';

function memoryLog(): { log: Log; text: () => string } {
  const lines: string[] = [];
  const log = pino({ level: 'trace', base: null }, { write: (line: string) => lines.push(line) });
  return { log, text: () => lines.join('') };
}

describe('introspection in production', () => {
  let server: ToyServer;
  beforeAll(async () => (server = await startToyServer({ env: productionEnv })));
  afterAll(() => server.close());

  const questions = [
    '{ __schema { queryType { name } } }',
    '{ __type(name: "Query") { name } }',
    '{ harmless: __schema { queryType { name } } }',
    '{ ...Hidden } fragment Hidden on Query { ... { __schema { queryType { name } } } }',
    'query A { me { id } __schema { queryType { name } } }',
  ];

  it.each(questions)('refuses %s to anybody but developers', async (question) => {
    for (const caller of [undefined, 'brand', 'customer']) {
      expectRefusal(await server.run(question, caller), 400, 'INTROSPECTION_DISABLED');
    }
  });

  it('is open to the platform and to a brand with the developer scope', async () => {
    for (const caller of ['platform', 'developer']) {
      const answer = await server.run(getIntrospectionQuery(), caller);
      expect(answer.json.data.__schema.types.length).toBeGreaterThan(5);
    }
  });

  it('leaves __typename alone', async () => {
    expect((await server.run('{ __typename }')).json).toEqual({ data: { __typename: 'Query' } });
  });
});

describe('what errors do not say', () => {
  const memory = memoryLog();
  let server: ToyServer;
  beforeAll(async () => (server = await startToyServer({ log: memory.log })));
  afterAll(() => server.close());

  it.each([
    '{ me { nam } }',
    '{ mee { id } }',
    '{ people(firs: 1) { nodes { id } } }',
    '{ me { ... on ToyPersn { id } } }',
    'mutation { touch(input: { key: "k", channel: EMIAL }) { count } }',
    'mutation { touch(input: { kee: "k" }) { count } }',
    'query ($p: ToyPersn) { me { id } }',
  ])('no name to try instead in %s', async (document) => {
    const answer = await server.run(document, 'brand');
    expectRefusal(answer, 400, 'GRAPHQL_VALIDATION_FAILED');
    expect(answer.text).not.toMatch(/did you mean|EMAIL|"name"/i);
  });

  it.each<[string, unknown]>([
    ['a misspelt enum value', { key: 'k', channel: 'EMIAL' }],
    ['a misspelt input field', { key: 'k', chanel: 'EMAIL' }],
    ['a wrong type beside an address', { key: { email: 'asha@example.com' } }],
    ['a number that is none', { key: 'k', amount: 'asha@example.com' }],
  ])('neither value nor alternative for %s in variables (L3, L4)', async (_name, input) => {
    const answer = await server.run(
      'mutation ($input: TouchInput!) { touch(input: $input) { count } }',
      'brand',
      { variables: { input } },
    );
    expectRefusal(answer, 400, 'BAD_USER_INPUT', 'asha');
    expect(answer.text).not.toMatch(/did you mean|EMIAL|"EMAIL"/i);
    expect(memory.text()).not.toMatch(/asha|EMIAL/);
  });

  it('no sentence of an exception, only an errorId that the log has too (L5, F24)', async () => {
    const answer = await server.run('{ broken }', 'brand');
    expectRefusal(answer, 500, 'INTERNAL', 'hunter2');
    const { errorId } = answer.json.errors[0].extensions;
    expect(errorId).toMatch(/^[0-9a-f-]{36}$/);
    expect(memory.text()).toContain(errorId);
  });

  it('no key in the log', async () => {
    await server.fetch('/graphql', { headers: { authorization: 'Bearer canary-key-123' } });
    await server.run('{ me { id } }', 'customer');
    expect(memory.text()).toContain('"caller":"customer"');
    expect(memory.text()).not.toMatch(/canary|Bearer/);
  });

  it('no trace to a client that asks for one (L8)', async () => {
    const headers = { 'apollo-federation-include-trace': 'ftv1', 'x-apollo-tracing': '1' };
    const answer = await server.run('{ me { id } }', 'brand', { headers });
    expect(answer.json).toEqual({ data: { me: { id: 'me' } } });
  });

  it('nothing of an operation that is not there', async () => {
    const document = 'query A { me { id } } query B { me { id } }';
    const operationName = 'Nobody';
    const answer = await server.run(document, 'brand', { operationName });
    expectRefusal(answer, 400, 'OPERATION_RESOLUTION_FAILURE', 'Nobody');
    expectRefusal(await server.run(document, 'brand'), 400, 'OPERATION_RESOLUTION_FAILURE');
  });

  it('nothing of a hash that a router sends: whole documents only', async () => {
    const answer = await server.fetch('/subgraph', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-router-secret': server.service.config.routerSecret,
      },
      body: JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: 'ab' } } }),
    });
    expectRefusal(answer, 400, 'PERSISTED_QUERY_NOT_SUPPORTED');
  });

  it('no subscription is run as if it were a query', async () => {
    expectRefusal(await server.run('subscription { me { id } }', 'brand'), 400, 'BAD_REQUEST');
  });
});
