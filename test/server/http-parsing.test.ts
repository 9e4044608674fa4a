import { once } from 'node:events';
import { connect } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { defaultLimits } from '../../src/platform/limits';
import { expectRefusal, startToyServer, type ToyServer } from '../support/toy-server';

const query = '{ me { id } }';
const touch = 'mutation { touch(input: { key: "a" }) { count } }';

describe('what is not a GraphQL request over HTTP', () => {
  let server: ToyServer;
  beforeAll(async () => (server = await startToyServer()));
  afterAll(() => server.close());

  const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
    server.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer brand', ...headers },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });

  it.each(['NONSENSE', '{"query": "{ me', '{"query": NaN}', '', ' '])(
    'answers 400 in JSON to the body %j (H1)',
    async (body) => {
      expectRefusal(await post(body), 400, 'BAD_REQUEST', 'NONSENSE');
    },
  );

  it.each([
    '[]',
    '"x"',
    '7',
    'null',
    '{}',
    '{"qeury":"{ me { id } }"}',
    '{"query":7}',
    '{"query":"{ me { id } }","variables":[7]}',
    '{"query":"{ me { id } }","variables":"{}"}',
    '{"query":"{ me { id } }","operationName":7}',
    '{"query":"{ me { id } }","extensions":"x"}',
    '{"query":"{ me { id } }","variables":{"__proto__":{"a":1}}}',
    '{"query":"{ me { id } }","variables":{"constructor":{"prototype":{}}}}',
  ])('answers 400 to the JSON %s, which is no request (H2)', async (body) => {
    expectRefusal(await post(body), 400, 'BAD_REQUEST');
  });

  it('refuses a list of operations, so that a limit holds for one request (H12)', async () => {
    const list = JSON.stringify(Array.from({ length: 10 }, () => ({ query: touch })));
    expectRefusal(await post(list), 400, 'BAD_REQUEST');
    expect(server.service.seen.touched).toBe(0);
  });

  it.each(['ibm420', 'utf-7', 'utf-16', 'latin1'])(
    'refuses the charset %s (H5)',
    async (charset) => {
      const answer = await post(JSON.stringify({ query }), {
        'content-type': `application/json; charset=${charset}`,
      });
      expectRefusal(answer, 415, 'UNSUPPORTED_MEDIA_TYPE', charset);
    },
  );

  it.each(['utf-8', 'UTF8', '"utf-8"'])('takes the charset %s', async (charset) => {
    const type = `application/json; charset=${charset}`;
    expect((await post(JSON.stringify({ query }), { 'content-type': type })).status).toBe(200);
  });

  it('tolerates a byte order mark and refuses bytes that are no UTF-8 (H5)', async () => {
    const body = Buffer.from(JSON.stringify({ query }));
    expect((await post(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]))).status).toBe(200);
    expectRefusal(await post(Buffer.concat([body, Buffer.from([0xff])])), 400, 'BAD_REQUEST');
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('takes a body in %s', async (encoding, squeeze) => {
    const body = squeeze(JSON.stringify({ query }));
    expect((await post(body, { 'content-encoding': encoding })).json.data.me.id).toBe('me');
  });

  it('refuses an unknown encoding and a body that does not inflate', async () => {
    const headers = { 'content-encoding': 'compress' };
    expectRefusal(await post('{}', headers), 415, 'UNSUPPORTED_MEDIA_TYPE', 'compress');
    expectRefusal(await post('no gzip', { 'content-encoding': 'gzip' }), 400, 'BAD_REQUEST');
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'executes nothing sent as %s, which a foreign page may send unasked (H6)',
    async (type) => {
      const answer = await post(JSON.stringify({ query: touch }), { 'content-type': type });
      expectRefusal(answer, 400, 'BAD_REQUEST');
      expect(server.service.seen.touched).toBe(0);
    },
  );

  it('refuses other media types and a body without one', async () => {
    const other = await post('<a/>', { 'content-type': 'application/xml' });
    expectRefusal(other, 415, 'UNSUPPORTED_MEDIA_TYPE');
    const none = await server.raw(
      'POST /graphql HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}',
    );
    expect(none).toMatch(/^HTTP\/1.1 400 [\s\S]*"BAD_REQUEST"/);
  });

  it('answers only in JSON, and says so before a mutation runs', async () => {
    const answer = await post(JSON.stringify({ query: touch }), { accept: 'text/csv' });
    expectRefusal(answer, 406, 'BAD_REQUEST');
    expect(server.service.seen.touched).toBe(0);
  });
});

describe('methods and paths', () => {
  let server: ToyServer;
  beforeAll(async () => (server = await startToyServer()));
  afterAll(() => server.close());

  const get = (search: string, headers: Record<string, string>) =>
    server.fetch(`/graphql?${search}`, { headers: { authorization: 'Bearer brand', ...headers } });
  const preflighted = { 'apollo-require-preflight': '1' };

  it('answers a query by GET when a header shows that a browser has asked first (H7)', async () => {
    const search = `query=${encodeURIComponent(query)}`;
    expect((await get(search, preflighted)).json).toEqual({ data: { me: { id: 'me' } } });
    expectRefusal(await get(search, {}), 400, 'BAD_REQUEST');
    expectRefusal(await get(search, { 'content-type': 'message/x' }), 415, 'BAD_REQUEST');
  });

  it('never runs a mutation by GET, even as one operation of several (H8)', async () => {
    const alone = await get(`query=${encodeURIComponent(touch)}`, preflighted);
    const text = `query A { me { id } } ${touch.replace('mutation', 'mutation B')}`;
    const chosen = await get(`query=${encodeURIComponent(text)}&operationName=B`, preflighted);
    for (const answer of [alone, chosen]) {
      expectRefusal(answer, 405, 'METHOD_NOT_ALLOWED');
      expect(answer.headers.get('allow')).toBe('POST');
    }
    expect(server.service.seen.touched).toBe(0);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'])(
    'answers 405 to %s (H9)',
    async (method) => {
      const answer = await server.fetch('/graphql', { method });
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')).toBe('GET, POST');
    },
  );

  it('answers 405 to TRACE without sending the request back (H9)', async () => {
    const answer = await server.raw(
      'TRACE /graphql HTTP/1.1\r\nhost: x\r\nx-mine: secret\r\nconnection: close\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1.1 405 [\s\S]*allow: GET, POST[\s\S]*METHOD_NOT_ALLOWED/i);
    expect(answer).not.toContain('secret');
  });

  it.each(['/', '/nope', '/graphql/', '/GRAPHQL', '/%', '/graphql%00', '/../etc/passwd'])(
    'answers %s with JSON',
    async (path) => {
      const answer = await server.raw(
        `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1.1 (404|400) [\s\S]*"(NOT_FOUND|BAD_REQUEST)"/);
    },
  );

  it('does not read the body of a path it does not serve', async () => {
    const answer = await server.fetch('/nope', { method: 'POST', body: 'x'.repeat(2_000_000) });
    expectRefusal(answer, 404, 'NOT_FOUND');
  });
});

describe('requests that the HTTP parser refuses', () => {
  let server: ToyServer;
  beforeAll(async () => (server = await startToyServer({ limits: { requestMs: 1000 } })));
  afterAll(() => server.close());

  it('answers 431 to headers above the limit (H9)', async () => {
    const long = `GET /health/live HTTP/1.1\r\nhost: x\r\nx-long: ${'a'.repeat(64 * 1024)}\r\n\r\n`;
    const many = Array.from({ length: 10_000 }, (_, at) => `h${at}: v\r\n`).join('');
    for (const text of [long, `GET /health/live HTTP/1.1\r\nhost: x\r\n${many}\r\n`]) {
      expect(await server.raw(text)).toMatch(/^HTTP\/1.1 431 [\s\S]*"HEADERS_TOO_LARGE"/);
    }
  });

  it.each([
    ['two lengths', 'content-length: 5\r\ntransfer-encoding: chunked', '0\r\n\r\nGET /x'],
    ['two different content lengths', 'content-length: 5\r\ncontent-length: 6', '{}'],
    ['a line feed in a header', 'x-a: b\nx-b: c\n\nGET /smuggled HTTP/1.1', ''],
    ['a space before the colon', 'content-length : 2', '{}'],
  ])('answers 400 to %s and closes the connection (H11)', async (_name, header, body) => {
    const head = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json';
    const answer = await server.raw(`${head}\r\n${header}\r\n\r\n${body}`);
    expect(answer).toMatch(/^HTTP\/1.1 400 [\s\S]*"BAD_REQUEST"/);
    expect(answer.match(/HTTP\/1.1/g)).toHaveLength(1);
  });

  it('answers 400 without a Host', async () => {
    const answer = await server.raw('GET /health/live HTTP/1.1\r\nconnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 400 [\s\S]*"BAD_REQUEST"/);
  });

  it('answers 408 to a body that never ends and serves others meanwhile (H10)', async () => {
    const slow = server.raw(
      'POST /graphql HTTP/1.1\r\nhost: x\r\nauthorization: Bearer brand\r\n' +
        'content-type: application/json\r\ncontent-length: 100\r\n\r\n{',
    );
    expect((await server.run(query, 'brand')).status).toBe(200);
    expect(await slow).toMatch(/^HTTP\/1.1 408 [\s\S]*"REQUEST_TIMEOUT"/);
  });

  it.each([
    ['says nothing at all', ''],
    ['begins its headers and never ends them', 'POST /graphql HTTP/1.1\r\nhost: x\r\n'],
  ])('closes a connection that %s, and serves others meanwhile (H10)', async (_name, text) => {
    const slow = server.raw(text);
    expect((await server.run(query, 'brand')).status).toBe(200);
    expect(await slow).toMatch(/^HTTP\/1.1 408 [\s\S]*"REQUEST_TIMEOUT"/);
  });

  it('sends away who sends a byte at a time, however long it goes on (H10)', async () => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.on('error', () => undefined);
    const head = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
    socket.write(`${head}authorization: Bearer brand\r\ncontent-length: 100000\r\n\r\n`);
    const drip = setInterval(() => socket.write(' '), 50);
    await once(socket, 'close');
    clearInterval(drip);
    expect(answer).toMatch(/^HTTP\/1.1 408 [\s\S]*"REQUEST_TIMEOUT"/);
  });

  it('closes a connection that is kept and not used (H10)', async () => {
    const answer = await server.raw('GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expect(answer.match(/HTTP\/1.1/g)).toHaveLength(1);
  });

  it('gives nobody more than 15 seconds for all this by default (H10)', () => {
    expect(defaultLimits.requestMs).toBe(15_000);
  });
});
