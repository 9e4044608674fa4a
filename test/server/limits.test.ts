import { deflateSync, gzipSync } from 'node:zlib';
import { getIntrospectionQuery } from 'graphql';
import {
  expectRefusal,
  holdBack,
  startToyServer,
  until,
  type ToyServer,
} from '../support/toy-server';

const repeated = (count: number, make: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => make(at)).join(' ');

/** `levels` fields below each other, the root's included. */
const deep = (levels: number): string =>
  `{ me ${'{ friend '.repeat(levels - 2)}{ id }${' }'.repeat(levels - 1)}`;

describe('limits at n and n + 1', () => {
  let server: ToyServer;
  beforeAll(async () => (server = await startToyServer()));
  afterAll(() => server.close());

  it.each<[string, string, string]>([
    ['12 levels', deep(12), deep(13)],
    [
      '30 aliases',
      `{ me { ${repeated(30, (at) => `a${at}: id`)} } }`,
      `{ me { ${repeated(31, (at) => `a${at}: id`)} } }`,
    ],
    [
      '30 aliases through a fragment',
      `{ me { ${repeated(3, () => 'friend { ...F }')} } } fragment F on ToyPerson { ${repeated(10, (at) => `a${at}: id`)} }`,
      `{ me { x: id ${repeated(3, () => 'friend { ...F }')} } } fragment F on ToyPerson { ${repeated(10, (at) => `a${at}: id`)} }`,
    ],
    [
      '10 root fields',
      `{ ${repeated(10, () => 'me { id }')} }`,
      `{ ${repeated(11, () => 'me { id }')} }`,
    ],
    [
      '10 directives a field',
      `{ me @skip(if: false) { id ${repeated(10, () => '@skip')} } }`,
      `{ me @skip(if: false) { id ${repeated(11, () => '@skip')} } }`,
    ],
    ['200 repeats', `{ me { ${'id '.repeat(200)} } }`, `{ me { ${'id '.repeat(201)} } }`],
  ])('takes %s and no more', async (_name, within, beyond) => {
    const taken = await server.run(within, 'brand');
    expect(taken.json.errors?.[0]?.extensions.code).not.toBe('OPERATION_TOO_COMPLEX');
    expectRefusal(await server.run(beyond, 'brand'), 400, 'OPERATION_TOO_COMPLEX', 'friend');
  });

  it('takes 5 mutations and no more, and runs none of too many (Q2)', async () => {
    const touches = (count: number) =>
      `mutation { ${repeated(count, (at) => `t${at}: touch(input: { key: "k" }) { count }`)} }`;
    expect((await server.run(touches(5), 'brand')).status).toBe(200);
    const before = server.service.seen.touched;
    expectRefusal(await server.run(touches(6), 'brand'), 400, 'OPERATION_TOO_COMPLEX');
    expect(server.service.seen.touched).toBe(before);
  });

  it('takes 2,000 tokens and no more', async () => {
    // Twelve tokens around one argument's list, which validation then refuses.
    const tokens = (count: number) => `{ me { id(a: [${'1 '.repeat(count - 12)}]) } }`;
    const within = await server.run(tokens(2000), 'brand');
    expect(within.json.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expectRefusal(await server.run(tokens(2001), 'brand'), 400, 'OPERATION_TOO_COMPLEX');
  });

  it('takes a cost of 2,000 and no more', async () => {
    const dear = 'a: dear b: dear c: dear d: dear';
    expect((await server.run(`{ ${dear} }`, 'brand')).status).toBe(200);
    const answer = await server.run(`{ ${dear} me { id } }`, 'brand');
    expectRefusal(answer, 400, 'OPERATION_TOO_COMPLEX');
    expect(answer.json.errors).toEqual([
      {
        message: 'The operation is above a limit of size or cost.',
        extensions: { code: 'OPERATION_TOO_COMPLEX' },
      },
    ]);
  });

  it.each([1, 100])('takes a page of %d', async (first) => {
    expect((await server.run(`{ people(first: ${first}) { nodes { id } } }`, 'brand')).status).toBe(
      200,
    );
  });

  it.each([-1, 0, 101, 1_000_000])('leaves a page of %d to the field to refuse', async (first) => {
    const answer = await server.run(`{ people(first: ${first}) { nodes { id } } }`, 'brand');
    expectRefusal(answer, 400, 'BAD_USER_INPUT');
  });

  it('refuses pages in pages in pages by their product (Q6)', async () => {
    const answer = await server.run(
      `{ people(first: 100) { nodes { friends(first: 100) { nodes { friends(first: 100) { nodes { id } } } } } } }`,
      'brand',
    );
    expectRefusal(answer, 400, 'OPERATION_TOO_COMPLEX');
  });

  it('takes 500 events in a batch, whatever they cost together, and no more', async () => {
    const batch = (count: number) =>
      server.run(
        'mutation ($i: BatchInput!) { recordAttentionBatch(input: $i) { count } }',
        'brand',
        { variables: { i: { events: Array.from({ length: count }, () => ({ key: 'k' })) } } },
      );
    expect((await batch(500)).json.data.recordAttentionBatch).toHaveLength(500);
    expectRefusal(await batch(501), 400, 'BAD_USER_INPUT');
  });

  it('returns 10 errors and no more (Q12)', async () => {
    const unknown = await server.run(`{ me { ${repeated(100, (at) => `x${at}`)} } }`, 'brand');
    expect(unknown.json.errors).toHaveLength(10);
    const events = Array.from({ length: 300 }, () => ({ key: 7 }));
    const coerced = await server.run(
      'mutation ($i: BatchInput!) { recordAttentionBatch(input: $i) { count } }',
      'brand',
      { variables: { i: { events } } },
    );
    expectRefusal(coerced, 400, 'BAD_USER_INPUT');
    expect(coerced.json.errors).toHaveLength(10);
    const executed = await server.run('{ me { flaws } }', 'brand');
    expect(executed.json.errors).toHaveLength(10);
  });
});

describe('limits of the load', () => {
  it('takes as many operations at a time as the limit and turns the next away at once', async () => {
    const server = await startToyServer({ limits: { inFlight: 3 } });
    const release = holdBack(server);
    const held = Array.from({ length: 3 }, () => server.run('{ held }', 'brand'));
    await until(() => server.service.seen.open === 3);
    const refused = await server.run('{ me { id } }', 'brand');
    expectRefusal(refused, 503, 'UNAVAILABLE');
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.json.errors[0].extensions.retryable).toBe(true);
    expect((await server.fetch('/health/live')).status).toBe(200);
    release();
    for (const { status } of await Promise.all(held)) expect(status).toBe(200);
    expect((await server.run('{ me { id } }', 'brand')).status).toBe(200);
    await server.close();
  });
});

describe('limits of the body', () => {
  let server: ToyServer;
  beforeAll(async () => (server = await startToyServer()));
  afterAll(() => server.close());
  const { bodyBytes, batchBodyBytes } = { bodyBytes: 256 * 1024, batchBodyBytes: 1024 * 1024 };

  const post = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
    server.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer brand', ...headers },
      body: body as string,
    });
  const padded = (query: string, bytes: number, more: object = {}): string => {
    const empty = JSON.stringify({ query, ...more, extensions: { pad: '' } });
    const pad = 'x'.repeat(bytes - Buffer.byteLength(empty));
    return JSON.stringify({ query, ...more, extensions: { pad } });
  };
  const batch =
    'mutation { ...B } fragment B on Mutation { recordAttentionBatch(input: { events: [] }) { count } }';

  it('takes 256 KiB and no more (H3)', async () => {
    expect((await post(padded('{ me { id } }', bodyBytes))).status).toBe(200);
    expectRefusal(await post(padded('{ me { id } }', bodyBytes + 1)), 413, 'PAYLOAD_TOO_LARGE');
  });

  it('takes 1 MiB from a batch of attention and no more (H3)', async () => {
    expect((await post(padded(batch, batchBodyBytes))).status).toBe(200);
    expectRefusal(await post(padded(batch, batchBodyBytes + 1)), 413, 'PAYLOAD_TOO_LARGE');
  });

  it('is not misled by a batch in an operation that is not the one to run', async () => {
    const document = `query A { me { id } } ${batch.replace('mutation', 'mutation B')}`;
    const body = (operationName: string) => padded(document, bodyBytes + 1, { operationName });
    expectRefusal(await post(body('A')), 413, 'PAYLOAD_TOO_LARGE');
    expect((await post(body('B'))).status).toBe(200);
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
  ] as const)('counts the inflated bytes of %s', async (encoding, squeeze) => {
    const headers = { 'content-encoding': encoding };
    expect((await post(squeeze(padded(batch, batchBodyBytes)), headers)).status).toBe(200);
    const answer = await post(squeeze(padded(batch, batchBodyBytes + 1)), headers);
    expectRefusal(answer, 413, 'PAYLOAD_TOO_LARGE');
  });

  it('stops inflating a bomb at the limit (H4)', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, ' '));
    const before = process.memoryUsage().rss;
    expectRefusal(await post(bomb, { 'content-encoding': 'gzip' }), 413, 'PAYLOAD_TOO_LARGE');
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('refuses a variable of 10 MB and a list of 100,000 (Q11)', async () => {
    const text = JSON.stringify({
      query: '{ me { id } }',
      variables: { v: 'x'.repeat(10_000_000) },
    });
    expectRefusal(await post(text), 413, 'PAYLOAD_TOO_LARGE');
    const events = Array.from({ length: 100_000 }, () => ({ key: 'k' }));
    const list = JSON.stringify({ query: batch, variables: { i: { events } } });
    expectRefusal(await post(list), 413, 'PAYLOAD_TOO_LARGE');
  });
});

describe('documents made to be expensive', () => {
  let server: ToyServer;
  beforeAll(async () => (server = await startToyServer()));
  afterAll(() => server.close());

  const doubling = repeated(
    24,
    (at) => `fragment F${at} on ToyPerson { ...F${at + 1} ...F${at + 1} }`,
  );
  const selves = repeated(
    60,
    (at) =>
      `fragment F${at} on ToyPerson { friend { ...F${(at + 1) % 60} } friend { ...F${(at + 7) % 60} } }`,
  );
  const tooComplex = 'OPERATION_TOO_COMPLEX';
  const invalid = 'GRAPHQL_VALIDATION_FAILED';

  it.each<[string, string, string]>([
    [
      '101 aliases of a root field',
      `{ ${repeated(101, (at) => `a${at}: __typename`)} }`,
      tooComplex,
    ],
    ['1,000 aliases', `{ ${repeated(1000, (at) => `a${at}: __typename`)} }`, tooComplex],
    [
      '100 mutations',
      `mutation { ${repeated(100, (at) => `t${at}: mint { count }`)} }`,
      tooComplex,
    ],
    ['a depth of 15', deep(15), tooComplex],
    ['a depth of 900', deep(900), tooComplex],
    ['a depth of 2,000', deep(2000), tooComplex],
    ['a depth of 20,000', deep(20_000), tooComplex],
    ['15,000 tokens', `{ me { ${'id '.repeat(15_000)} } }`, tooComplex],
    [
      '24 doubling fragments',
      `{ me { ...F0 } } ${doubling} fragment F24 on ToyPerson { id }`,
      tooComplex,
    ],
    ['500 times the same root field', `{ ${'__typename '.repeat(500)} }`, tooComplex],
    ['500 times the same field', `{ me { ${'id '.repeat(500)} } }`, tooComplex],
    [
      '500 fields that conflict',
      `{ me { ${repeated(500, (at) => `friend { id${at} }`)} } }`,
      tooComplex,
    ],
    [
      'fragments in a circle',
      '{ me { ...A } } fragment A on ToyPerson { friend { ...A } }',
      invalid,
    ],
    ['fragments in many circles', `{ me { ...F0 } } ${selves}`, tooComplex],
    ['1,000 unknown directives', `{ me { id ${repeated(900, (at) => `@d${at}`)} } }`, tooComplex],
    [
      'unknown directives on many fields',
      `{ me { ${repeated(60, (at) => `x${at} ${'@d '.repeat(10)}`)} } }`,
      invalid,
    ],
    ['100 times @skip', `{ me { id ${'@skip(if: true) '.repeat(100)} } }`, tooComplex],
    [
      'introspection in circles',
      `{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }`,
      invalid,
    ],
  ])(
    'refuses %s before anything runs (Q1, Q2, Q3, Q4, Q7, Q8, Q9, Q10)',
    async (_name, document, code) => {
      expectRefusal(await server.run(document, 'brand'), 400, code);
      expect(server.service.seen.open).toBe(0);
    },
  );

  it('still answers the introspection of developers’ tools', async () => {
    const answer = await server.run(
      getIntrospectionQuery({ inputValueDeprecation: true }),
      'brand',
    );
    expect(answer.json.data.__schema.queryType.name).toBe('Query');
  });
});
