import type { RequestListener, ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import type { Partner } from '../../../src/gateway';
import { SubgraphError } from '../../../src/gateway';
import { fetchOf, partnerAt, toyServer, until, type ToyServer } from '../../support/toy-partner';

const secret = 'select * from orders; host db.internal';
const timeoutMs = 300;

let server: ToyServer | null = null;
let partner: Partner | null = null;

afterEach(async () => {
  await partner?.close();
  await server?.close();
  server = null;
  partner = null;
});

function send(response: ServerResponse, body: string, type = 'application/json'): void {
  response.setHeader('content-type', type);
  response.end(body);
}

type Mode = [name: string, reason: string, listener: RequestListener];

const good = JSON.stringify({ data: { orders: secret } });

const modes: Mode[] = [
  ['never answers', 'timeout', () => undefined],
  [
    'answers after the time is over',
    'timeout',
    (_, response) => void setTimeout(send, 2 * timeoutMs, response, good),
  ],
  [
    'hangs after its headers',
    'timeout',
    (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders(),
  ],
  ['drips its body', 'timeout', drip],
  [
    'answers a page of HTML',
    'content-type',
    (_, response) => send(response, `<p>${secret}`, 'text/html'),
  ],
  ['calls its JSON text', 'content-type', (_, response) => send(response, good, 'text/plain')],
  ['does not say what it answers', 'content-type', (_, response) => response.end(good)],
  [
    'answers 500 and a text',
    'status',
    (_, response) => send(Object.assign(response, { statusCode: 500 }), secret, 'text/plain'),
  ],
  [
    'answers 500 and GraphQL',
    'status',
    (_, response) => send(Object.assign(response, { statusCode: 500 }), good),
  ],
  [
    'answers 503',
    'busy',
    (_, response) => send(Object.assign(response, { statusCode: 503 }), good),
  ],
  [
    'redirects',
    'status',
    (_, response) => response.writeHead(307, { location: '/elsewhere' }).end(),
  ],
  [
    'answers 404 and a page',
    'status',
    (_, response) => send(Object.assign(response, { statusCode: 404 }), secret, 'text/html'),
  ],
  [
    'answers 401 and JSON that is not GraphQL',
    'empty',
    (_, response) =>
      send(Object.assign(response, { statusCode: 401 }), JSON.stringify({ error: secret })),
  ],
  ['breaks its JSON off', 'malformed', (_, response) => send(response, good.slice(0, -3))],
  [
    'compresses though it was asked not to',
    'malformed',
    (_, response) => send(response.setHeader('content-encoding', 'gzip'), '\u001f\u008b'),
  ],
  ['resets the connection in its body', 'connection', reset],
  ['closes the connection without a word', 'connection', (request) => request.socket.destroy()],
  ['promises a longer body than it sends', 'connection', short],
  ['answers {}', 'empty', (_, response) => send(response, '{}')],
  [
    'answers {} with an empty list of errors',
    'empty',
    (_, response) => send(response, '{"errors": []}'),
  ],
  [
    'answers data null without an error',
    'empty',
    (_, response) => send(response, '{"data": null}'),
  ],
  ['answers a list', 'malformed', (_, response) => send(response, `[${good}]`)],
  [
    'answers data that is a text',
    'malformed',
    (_, response) => send(response, JSON.stringify({ data: secret })),
  ],
  ['answers data that is a list', 'malformed', (_, response) => send(response, '{"data": []}')],
  [
    'answers errors that are a text',
    'malformed',
    (_, response) => send(response, JSON.stringify({ data: {}, errors: secret })),
  ],
  ['answers null', 'malformed', (_, response) => send(response, 'null')],
  [
    'says its body is huge',
    'too-large',
    (_, response) =>
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-length': 2 ** 40 })
        .flushHeaders(),
  ],
  [
    'does not speak HTTP',
    'malformed',
    (request) => request.socket.end(`SSH-2.0-${secret}\r\n\r\n`),
  ],
  [
    'sends headers without end',
    'malformed',
    (request) => void request.socket.write(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(40_000)}`),
  ],
];

function drip(_request: unknown, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
}

function reset(request: Parameters<RequestListener>[0], response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write(good.slice(0, 10), () => request.socket.resetAndDestroy());
}

function short(request: Parameters<RequestListener>[0], response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
  response.write(good, () => request.socket.end());
}

it.each(modes)('A partner that %s is a fault (%s) within its time', async (_, reason, listener) => {
  server = await toyServer(listener);
  const subgraphTimeoutMs = reason === 'timeout' ? timeoutMs : 5000;
  const limits = { subgraphTimeoutMs, subgraphRetries: 1 };
  const { partner: asked, report } = partnerAt(server.url, limits);
  partner = asked;
  const error = await asked.ask(fetchOf('query { orders }')).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SubgraphError);
  expect(error).toMatchObject({ code: 'UNAVAILABLE', subgraph: 'shop', reason });
  const shown = inspect(error, { depth: 10 }).split('\n    at ')[0];
  expect(shown).not.toMatch(/select|db\.internal|127\.0\.0\.1/);
  expect(report.requests.at(-1)).toMatchObject({
    subgraph: 'shop',
    kind: 'query',
    outcome: reason,
  });
  expect(asked.health()).toMatchObject({ underWay: 0, lastAnswerAt: null, lastFault: { reason } });
});

it('A partner nobody listens at is a fault', async () => {
  server = await toyServer(() => undefined);
  const { url } = server;
  await server.close();
  ({ partner } = partnerAt(url));
  await expect(partner.ask(fetchOf('query { orders }'))).rejects.toMatchObject({
    reason: 'connection',
  });
});

it('A partner whose name nobody knows is a fault', async () => {
  ({ partner } = partnerAt('http://nowhere.invalid/graphql', { subgraphTimeoutMs: 2000 }));
  await expect(partner.ask(fetchOf('query { orders }'))).rejects.toBeInstanceOf(SubgraphError);
});

it('A partner with more requests than connections keeps only its own waiting', async () => {
  server = await toyServer(() => undefined);
  ({ partner } = partnerAt(server.url, { subgraphTimeoutMs: 1000, subgraphConnections: 2 }));
  const asked = partner;
  const stuck = Array.from({ length: 6 }, (_, at) =>
    asked.ask(fetchOf(`query { orders${at} }`)).catch((error: unknown) => error),
  );
  await until(() => server?.connections === 2);
  expect(asked.health().underWay).toBe(6);
  expect(server.connections).toBe(2);
  for (const error of await Promise.all(stuck)) {
    expect(error).toMatchObject({ reason: 'timeout' });
  }
});
