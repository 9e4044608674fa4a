import { gzipSync } from 'node:zlib';
import type { Answer, Door } from '../support/http-service';
import { newKey } from '../support/test-service';
import { settlingMs, startWorld, type World } from './world';

let w: World;
beforeAll(async () => (w = await startWorld()), settlingMs);
afterAll(() => w.close());

const query = '{ brand { id } }';

/** 200 MB of spaces in some 200 KB. */
const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, ' '));

/** A mutation whose doing can be seen in the database. */
const publish = (name: string): string => `mutation {
  upsertEarnRule(input: { name: "${name}", action: SCAN, amount: 1, idempotencyKey: "${newKey()}" }) {
    replayed } }`;

async function wasPublished(name: string): Promise<boolean> {
  const rows = await w.t.database.query('SELECT FROM earn_rules WHERE name = $1', [name]);
  return rows.length > 0;
}

describe.each<Door>(['/graphql', '/subgraph'])('at %s', (door) => {
  const headers = (more: Record<string, string> = {}): Record<string, string> => ({
    authorization: `Bearer ${w.a.key}`,
    'x-router-secret': w.t.service.config.routerSecret,
    ...more,
  });
  const post = (body: unknown, more?: Record<string, string>): Promise<Answer> =>
    w.t.post(door, body, headers(more));

  test('a sound request is answered, so that each of the others fails for its reason', async () => {
    expect((await post({ query })).data['brand'].id).toBe(w.a.brand.id);
  });

  test.each([
    'NONSENSE',
    '{"query": "{ me',
    '{"query": NaN}',
    '',
    ' ',
    '{"query":"{brand{id}}",}',
    "{'query':1}",
  ])('the body %j is a bad request (H1)', async (body) => {
    const answer = await post(body);
    expect([answer.status, answer.codes]).toEqual([400, ['BAD_REQUEST']]);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.text).not.toContain('NONSENSE');
  });

  test.each([
    '[]',
    '"x"',
    '7',
    'null',
    '{}',
    '{"qeury":"{ brand { id } }"}',
    '{"query":7}',
    '{"query":"{ brand { id } }","variables":[7]}',
    '{"query":"{ brand { id } }","variables":"{}"}',
    '{"query":"{ brand { id } }","operationName":7}',
    '{"query":"{ brand { id } }","extensions":"x"}',
  ])('the JSON %s is no operation (H2)', async (body) => {
    const answer = await post(body);
    expect([answer.status, answer.codes]).toEqual([400, ['BAD_REQUEST']]);
  });

  test('a body may have 256 KiB and no byte more (H3)', async () => {
    const empty = JSON.stringify({ query, variables: { pad: '' } });
    const sized = (bytes: number): string =>
      JSON.stringify({ query, variables: { pad: 'x'.repeat(bytes - empty.length) } });
    expect((await post(sized(256 * 1024))).status).toBe(200);
    const above = await post(sized(256 * 1024 + 1));
    expect([above.status, above.codes]).toEqual([413, ['PAYLOAD_TOO_LARGE']]);
    const huge = await post(sized(3 * 1024 * 1024));
    expect([huge.status, huge.codes]).toEqual([413, ['PAYLOAD_TOO_LARGE']]);
  });

  test('a batch of events may have 1 MiB and no byte more; nothing else may (H3)', async () => {
    const document = (field: string): string =>
      `mutation ($input: RecordAttentionBatchInput!) { ${field}(input: $input) {
        results { event { id } userErrors { code } } } }`;
    const event = {
      customer: { externalId: w.a.customer['externalId'] },
      action: 'VISIT',
      idempotencyKey: newKey(),
    };
    const sized = (bytes: number, field: string): string => {
      const body = { query: document(field), variables: { input: { events: [event] } }, pad: '' };
      const { length } = JSON.stringify(body);
      return JSON.stringify({ ...body, pad: 'x'.repeat(bytes - length) });
    };
    const batch = 'recordAttentionBatch';
    const taken = await post(sized(1024 * 1024, batch));
    expect([taken.status, taken.data[batch].results]).toEqual([
      200,
      [{ event: { id: expect.any(String) }, userErrors: [] }],
    ]);
    for (const body of [
      sized(1024 * 1024 + 1, batch),
      sized(256 * 1024 + 1, `${batch}: recordAttention`),
      sized(256 * 1024 + 1, 'recordAttention'),
      sized(256 * 1024 + 1, batch).replace('mutation', `query A { brand { id } } mutation`),
    ]) {
      const answer = await post(body);
      expect([answer.status, answer.codes]).toEqual([413, ['PAYLOAD_TOO_LARGE']]);
    }
  });

  test('what is inflated counts, not what was sent (H4)', async () => {
    expect(bomb.length).toBeLessThan(256 * 1024);
    const before = process.memoryUsage.rss();
    const answer = await post(bomb, { 'content-encoding': 'gzip' });
    expect([answer.status, answer.codes]).toEqual([413, ['PAYLOAD_TOO_LARGE']]);
    expect(process.memoryUsage.rss() - before).toBeLessThan(64 * 1024 * 1024);
    const small = gzipSync(JSON.stringify({ query }));
    expect((await post(small, { 'content-encoding': 'gzip' })).status).toBe(200);
  });

  test.each(['ibm420', 'utf-7', 'utf-16', 'latin1'])(
    'the charset %s is not taken (H5)',
    async (charset) => {
      const type = { 'content-type': `application/json; charset=${charset}` };
      const answer = await post({ query }, type);
      expect([answer.status, answer.codes]).toEqual([415, ['UNSUPPORTED_MEDIA_TYPE']]);
    },
  );

  test('a byte order mark is tolerated, other bytes are no UTF-8 (H5)', async () => {
    const body = Buffer.from(JSON.stringify({ query }));
    const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]);
    expect((await post(marked)).status).toBe(200);
    const broken = await post(Buffer.concat([body, Buffer.from([0xff])]));
    expect([broken.status, broken.codes]).toEqual([400, ['BAD_REQUEST']]);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'nothing is done that a foreign page can send as %s (H6)',
    async (type) => {
      const name = newKey();
      const answer = await post({ query: publish(name) }, { 'content-type': type });
      expect([answer.status, answer.codes]).toEqual([400, ['BAD_REQUEST']]);
      expect(await wasPublished(name)).toBe(false);
    },
  );

  test('no mutation is done by GET (H8)', async () => {
    const name = newKey();
    const documents = [
      publish(name),
      `query A { brand { id } } ${publish(name).replace('mutation', 'mutation B')}`,
    ];
    for (const document of documents) {
      const chosen = document.startsWith('query') ? '&operationName=B' : '';
      const search = `query=${encodeURIComponent(document)}${chosen}`;
      const more = headers({ 'apollo-require-preflight': '1' });
      const answer = await w.t.fetch(`${door}?${search}`, { headers: more });
      expect([answer.status, answer.codes]).toEqual([405, ['METHOD_NOT_ALLOWED']]);
      expect(answer.headers.get('allow')).toBe('POST');
      expect(await wasPublished(name)).toBe(false);
    }
  });

  test.each(['PUT', 'DELETE', 'PATCH'])('the method %s is not known (H9)', async (method) => {
    const answer = await w.t.fetch(door, { method, headers: headers() });
    expect([answer.status, answer.codes]).toEqual([405, ['METHOD_NOT_ALLOWED']]);
    expect(answer.headers.get('allow')).toBe(door === '/graphql' ? 'GET, POST' : 'POST');
  });

  test('TRACE does not send the request back (H9)', async () => {
    const answer = await w.t.raw(
      `TRACE ${door} HTTP/1.1\r\nhost: x\r\nx-mine: canary\r\nconnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 405 /);
    expect(answer).not.toContain('canary');
  });

  test('headers have a limit (H9)', async () => {
    const start = `POST ${door} HTTP/1.1\r\nhost: x\r\n`;
    const many = Array.from({ length: 10_000 }, (_, at) => `h${at}: v\r\n`).join('');
    for (const text of [
      `${start}x-long: ${'a'.repeat(64 * 1024)}\r\n\r\n`,
      `${start}${many}\r\n`,
    ]) {
      expect(await w.t.raw(text)).toMatch(/^HTTP\/1.1 431 [\s\S]*"HEADERS_TOO_LARGE"/);
    }
  });

  test('operations do not come in lists (H12)', async () => {
    const name = newKey();
    const answer = await post(Array.from({ length: 10 }, () => ({ query: publish(name) })));
    expect([answer.status, answer.codes]).toEqual([400, ['BAD_REQUEST']]);
    expect(await wasPublished(name)).toBe(false);
  });
});

test('a query by GET needs a header that a browser asks for first (H7)', async () => {
  const search = `/graphql?query=${encodeURIComponent(query)}`;
  const key = { authorization: `Bearer ${w.a.key}` };
  const plain = await w.t.fetch(search, { headers: key });
  expect([plain.status, plain.codes]).toEqual([400, ['BAD_REQUEST']]);
  const typed = await w.t.fetch(search, { headers: { ...key, 'content-type': 'message/x' } });
  expect(typed.status).toBe(415);
  const asked = await w.t.fetch(search, { headers: { ...key, 'apollo-require-preflight': '1' } });
  expect(asked.data['brand'].id).toBe(w.a.brand.id);
});

test('a query by GET has one query (H7)', async () => {
  const one = encodeURIComponent(query);
  const headers = { authorization: `Bearer ${w.a.key}`, 'apollo-require-preflight': '1' };
  const deep = encodeURIComponent(publish(newKey()));
  for (const search of [
    `query=${one}&query=${deep}`,
    `query=${one}&operationName=A&operationName=B`,
  ]) {
    const answer = await w.t.fetch(`/graphql?${search}`, { headers });
    expect([answer.status, answer.codes]).toEqual([400, ['BAD_REQUEST']]);
  }
});
