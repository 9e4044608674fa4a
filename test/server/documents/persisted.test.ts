import { expectRefusal, type ToyServer } from '../../support/toy-server';
import { productionEnv } from '../../support/toy-service';
import {
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

describe('a persisted document', () => {
  let server: ToyServer;
  beforeAll(async () => {
    const manifest = { me, 'sha1-of-something': touch, [sha(named)]: named, schemaNames };
    server = await startWith({ env: { PERSISTED_OPERATIONS: manifestFile(manifest) } });
  });

  it.each(['me', sha(me), `sha256:${sha(me)}`])('runs by its id %s', async (documentId) => {
    const answer = await send(server, { documentId });
    expect(answer.json).toEqual({ data: { me: { id: 'me' } } });
  });

  it('takes variables and the name of the operation', async () => {
    const body = { documentId: 'sha1-of-something', operationName: 'Touch' };
    const answer = await send(server, { ...body, variables: { input: { key: 'k' } } });
    expect(answer.json.data.touch.count).toBeGreaterThan(0);
    const other = await send(server, { ...body, operationName: 'Other' });
    expectRefusal(other, 400, 'OPERATION_RESOLUTION_FAILURE');
  });

  it('is bound by the access rules of its caller', async () => {
    const body = { documentId: 'sha1-of-something', variables: { input: { key: 'k' } } };
    expectRefusal(await send(server, body, 'reader'), 403, 'FORBIDDEN');
  });

  it('runs by the hash that Apollo clients send', async () => {
    expect((await send(server, byHash(sha(named)))).json).toEqual({
      data: { me: { name: 'person me' } },
    });
  });

  it('is refused by an id nobody knows, and no cache keeps that', async () => {
    for (const documentId of ['nobody', `sha256:${sha('{ me { name } }')}`, '__proto__', '']) {
      const answer = await send(server, { documentId });
      expectRefusal(answer, 400, 'PERSISTED_DOCUMENT_NOT_FOUND', documentId || undefined);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  it('has one name in a request', async () => {
    expectRefusal(await send(server, { documentId: 'me', query: named }), 400, 'BAD_REQUEST');
    const twice = { documentId: 'me', ...byHash(sha(named)) };
    expectRefusal(await send(server, twice), 400, 'BAD_REQUEST');
    expectRefusal(await send(server, { documentId: 7 }), 400, 'BAD_REQUEST');
  });

  it('runs by GET, with its id and variables in the address alone', async () => {
    const answer = await get(server, [['documentId', 'me']]);
    expect(answer.json).toEqual({ data: { me: { id: 'me' } } });
  });

  it('is no mutation by GET', async () => {
    const answer = await get(server, [
      ['documentId', 'sha1-of-something'],
      ['variables', '{"input":{"key":"k"}}'],
    ]);
    expectRefusal(answer, 405, 'METHOD_NOT_ALLOWED');
  });

  it('is named once in an address', async () => {
    const twice = await get(server, [
      ['documentId', 'me'],
      ['documentId', sha(named)],
    ]);
    expectRefusal(twice, 400, 'BAD_REQUEST');
    expectRefusal(await get(server, [['extensions', '{']]), 400, 'BAD_REQUEST');
  });

  it('leaves a whole document in an address to the rules it had', async () => {
    expectRefusal(await get(server, [['query', me]]), 400, 'BAD_REQUEST');
    const asked = await get(server, [['query', me]], { 'apollo-require-preflight': 'true' });
    expect(asked.json).toEqual({ data: { me: { id: 'me' } } });
  });
});

describe('limits on a persisted document', () => {
  const deep = 'query Deep { me { friend { friend { id } } } }';

  it.each([
    [4, 200],
    [3, 400],
  ])('hold at a depth of 4 when %i levels are allowed', async (depth, status) => {
    const server = await startWith({
      env: { PERSISTED_OPERATIONS: manifestFile({ deep }) },
      limits: { depth },
    });
    const answer = await send(server, { documentId: 'deep' });
    expect(answer.status).toBe(status);
    if (status !== 200) expectRefusal(answer, 400, 'OPERATION_TOO_COMPLEX');
  });

  it('hold for the body beside the id, but for the batch of events that may be larger', async () => {
    const batch =
      'mutation B($input: BatchInput!) { recordAttentionBatch(input: $input) { count } }';
    const manifest = manifestFile({ batch, touch });
    const limits = { bodyBytes: 1000 };
    const server = await startWith({ env: { PERSISTED_OPERATIONS: manifest }, limits });
    const filled = (body: object, bytes: number) => {
      const bare = JSON.stringify({ ...body, pad: '' }).length;
      return { ...body, pad: 'x'.repeat(bytes - bare) };
    };
    const single = { documentId: 'touch', variables: { input: { key: 'k' } } };
    expect((await send(server, filled(single, 1000))).status).toBe(200);
    expectRefusal(await send(server, filled(single, 1001)), 413, 'PAYLOAD_TOO_LARGE');
    const events = { documentId: 'batch', variables: { input: { events: [{ key: 'k' }] } } };
    expect((await send(server, filled(events, 1001))).status).toBe(200);
  });

  it('leave introspection to developers, in the manifest or not', async () => {
    const manifest = manifestFile({ schemaNames });
    const server = await startWith({ env: { ...productionEnv, PERSISTED_OPERATIONS: manifest } });
    const refused = await send(server, { documentId: 'schemaNames' });
    expectRefusal(refused, 400, 'INTROSPECTION_DISABLED');
    const shown = await send(server, { documentId: 'schemaNames' }, 'developer');
    expect(shown.json.data.__schema.queryType.name).toBe('Query');
  });
});
