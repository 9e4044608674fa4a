import {
  expectRefusal,
  holdBack,
  startToyServer,
  until,
  type ToyServer,
} from '../support/toy-server';
import { developmentSecrets } from '../../src/platform/config';

const touch = 'mutation { touch(input: { key: "k" }) { count } }';
const mint = 'mutation { mint { count } }';
const read = '{ me { id } }';

describe('who may run what', () => {
  let server: ToyServer;
  beforeAll(async () => (server = await startToyServer()));
  afterAll(() => server.close());

  it.each<[string | undefined, number, number, number]>([
    ['platform', 200, 403, 200],
    ['brand', 200, 200, 403],
    ['reader', 200, 403, 403],
    ['customer', 200, 200, 403],
    [undefined, 401, 401, 401],
    ['unknown', 401, 401, 401],
  ])('caller %s reads %d, touches %d, mints %d', async (caller, ...expected) => {
    const statuses = [];
    for (const document of [read, touch, mint]) {
      const answer = await server.run(document, caller);
      statuses.push(answer.status);
      if (answer.status === 401) expectRefusal(answer, 401, 'UNAUTHENTICATED');
      if (answer.status === 403) expectRefusal(answer, 403, 'FORBIDDEN');
    }
    expect(statuses).toEqual(expected);
  });

  it('runs nothing of an operation with one field the caller may not run', async () => {
    const before = server.service.seen.touched;
    const both = 'mutation { touch(input: { key: "k" }) { count } mint { count } }';
    expectRefusal(await server.run(both, 'brand'), 403, 'FORBIDDEN');
    expect(server.service.seen.touched).toBe(before);
  });

  it('refuses a bad key before it looks at the body', async () => {
    const answer = await server.run('{ nonsense', 'unknown');
    expectRefusal(answer, 401, 'UNAUTHENTICATED', 'unknown');
  });

  it('closes the reads of every request, whatever became of it', async () => {
    for (const document of [read, touch, '{ broken }', '{ nope }', '{']) {
      await server.run(document, 'brand');
    }
    const release = holdBack(server);
    const abandoned = new AbortController();
    const asked = server
      .fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer brand' },
        body: JSON.stringify({ query: '{ held }' }),
        signal: abandoned.signal,
      })
      .catch((error: unknown) => (error as Error).name);
    await until(() => server.service.seen.open === 1);
    abandoned.abort();
    expect(await asked).toBe('AbortError');
    expect(server.service.seen.open).toBe(1);
    release();
    await until(() => server.service.seen.open === 0);
  });
});

describe('the door for routers', () => {
  let server: ToyServer;
  beforeAll(async () => (server = await startToyServer()));
  afterAll(() => server.close());

  const path = '/subgraph';
  const sdl = '{ _service { sdl } }';
  const secret = { 'x-router-secret': developmentSecrets.routerSecret };

  it.each(['', 'wrong', `${developmentSecrets.routerSecret}x`])(
    'stays shut for the secret %j, whatever the key and the body (G1)',
    async (wrong) => {
      const headers = { 'x-router-secret': wrong };
      expectRefusal(await server.run(sdl, 'platform', { path, headers }), 401, 'UNAUTHENTICATED');
      const nonsense = await server.fetch(path, { method: 'POST', headers, body: 'NONSENSE' });
      expectRefusal(nonsense, 401, 'UNAUTHENTICATED');
    },
  );

  it('stays shut without a secret (G5)', async () => {
    expectRefusal(await server.run(sdl, 'platform', { path }), 401, 'UNAUTHENTICATED');
  });

  it('opens with the secret and still asks who calls', async () => {
    const service = await server.run(sdl, undefined, { path, headers: secret });
    expect(service.json.data._service.sdl).toContain('type ToyPerson');
    expect((await server.run(read, 'brand', { path, headers: secret })).json.data.me.id).toBe('me');
    expectRefusal(
      await server.run(read, undefined, { path, headers: secret }),
      401,
      'UNAUTHENTICATED',
    );
    expectRefusal(
      await server.run(read, 'unknown', { path, headers: secret }),
      401,
      'UNAUTHENTICATED',
    );
  });

  it('is no part of the door for clients, secret or not', async () => {
    for (const headers of [{}, secret]) {
      for (const document of [sdl, '{ _entities(representations: []) { __typename } }']) {
        const answer = await server.run(document, 'platform', { headers });
        expectRefusal(answer, 400, 'GRAPHQL_VALIDATION_FAILED');
      }
    }
    expect((await server.run(read, undefined, { headers: secret })).status).toBe(401);
  });

  it('takes POST alone', async () => {
    const answer = await server.fetch(path, { headers: secret });
    expectRefusal(answer, 405, 'METHOD_NOT_ALLOWED');
    expect(answer.headers.get('allow')).toBe('POST');
  });
});
