import type { RequestListener, ServerResponse } from 'node:http';
import type { Partner } from '../../../src/gateway';
import {
  fetchOf,
  partnerAt,
  toyServer,
  until,
  type Recorded,
  type ToyServer,
} from '../../support/toy-partner';

const placed = 'subscription { orderPlaced }';
let answer: (response: ServerResponse) => void = () => undefined;
let heard: { headers: NodeJS.Dict<string | string[]>; body: string }[] = [];
let server: ToyServer;
let partner: Partner;
let report: Recorded;

const listener: RequestListener = (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    answer(response);
  });
};

const limits = { subgraphTimeoutMs: 20_000, subgraphBytes: 1000, subgraphConnections: 1 };

beforeEach(async () => {
  heard = [];
  server = await toyServer(listener);
  ({ partner, report } = partnerAt(server.url, limits, { headers: { key: 'shop' } }));
});

afterEach(async () => {
  await partner.close();
  await server.close();
});

function stream(response: ServerResponse): ServerResponse {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  response.flushHeaders();
  return response;
}

const next = (data: unknown) => `event: next\ndata: ${JSON.stringify(data)}\n\n`;
const complete = 'event: complete\ndata:\n\n';

async function opened(): Promise<AsyncIterator<unknown>> {
  const events = await partner.listen(fetchOf(placed, { n: 1 }));
  return events[Symbol.asyncIterator]();
}

it('Events of a partner come as they are sent, until it completes', async () => {
  answer = (response) =>
    stream(response).end(`:\n\n${next({ data: { a: 1 } })}${next({ data: { a: 2 } })}${complete}`);
  const events = await opened();
  expect(report.open).toEqual([1]);
  const fetch = fetchOf(placed);
  for (const a of [1, 2]) {
    const event = await events.next();
    expect(await partner.answer(fetch, event.value)).toEqual({ data: { a }, errors: [] });
  }
  expect(await events.next()).toEqual({ done: true, value: undefined });
  expect(report.open).toEqual([1, 0]);
  const sent = heard[0]!;
  expect(sent.headers).toMatchObject({
    accept: 'text/event-stream',
    key: 'shop',
    'x-caller': 'anonymous',
  });
  expect(JSON.parse(sent.body)).toEqual({ query: placed, variables: { n: 1 } });
});

it('An event with errors is an answer with errors, and {} is a fault', async () => {
  answer = (response) => stream(response).write(next({ errors: [{ message: 'x' }] }) + next({}));
  const events = await opened();
  const first = await partner.answer(fetchOf(placed), (await events.next()).value);
  expect(first.errors[0]!.originalError).toMatchObject({ reason: 'answered' });
  const { value } = await events.next();
  await expect(partner.answer(fetchOf(placed), value)).rejects.toMatchObject({ reason: 'empty' });
});

const lives = (response: ServerResponse) => void stream(response).write(next({ data: { a: 1 } }));

it('Leaving a stream closes its connection at once, also while an event is awaited', async () => {
  answer = lives;
  const events = await opened();
  await events.next();
  const waiting = events.next();
  await until(() => server.open.size === 1);
  expect(await events.return!()).toMatchObject({ done: true });
  expect(await waiting).toEqual({ done: true, value: undefined });
  await until(() => server.open.size === 0);
  expect(partner.health().streams).toBe(0);
  expect(await events.next()).toMatchObject({ done: true });
});

it('A partner that dies ends its stream with a fault', async () => {
  answer = lives;
  const events = await opened();
  await events.next();
  for (const socket of server.open) socket.resetAndDestroy();
  await expect(events.next()).rejects.toMatchObject({ subgraph: 'shop', reason: 'connection' });
  expect(partner.health().streams).toBe(0);
});

it('A stream that ends without a farewell ends with a fault', async () => {
  answer = (response) => stream(response).end(next({ data: { a: 1 } }));
  const events = await opened();
  await events.next();
  await expect(events.next()).rejects.toMatchObject({ reason: 'connection' });
});

it('Letting a partner go ends its streams', async () => {
  answer = lives;
  const events = await opened();
  await events.next();
  const waiting = events.next().catch((error: unknown) => error);
  await partner.close();
  expect(await waiting).toMatchObject({ subgraph: 'shop', reason: 'stopped' });
  await expect(opened()).rejects.toMatchObject({ reason: 'stopped' });
});

it('Streams do not stand in the way of queries', async () => {
  answer = lives;
  for (let at = 0; at < 3; at += 1) await (await opened()).next();
  expect(partner.health().streams).toBe(3);
  answer = (response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"data": {}}');
  };
  await expect(partner.ask(fetchOf('query { a }'))).resolves.toMatchObject({ errors: [] });
});

it.each([
  ['is not JSON', 'event: next\ndata: {\n\n', 'malformed'],
  ['is no object', 'event: next\ndata: 7\n\n', 'malformed'],
  ['is larger than allowed', next({ data: 'x'.repeat(1001) }), 'too-large'],
])('An event that %s ends the stream with a fault', async (_, text, reason) => {
  answer = (response) => stream(response).write(text);
  const events = await opened();
  await expect(events.next()).rejects.toMatchObject({ reason });
  await until(() => server.open.size === 0);
});

const json = (status: number, body: unknown) => (response: ServerResponse) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

it.each([
  ['answers 500', json(500, {}), { code: 'UNAVAILABLE', reason: 'status' }],
  ['answers a page', (response: ServerResponse) => response.end('<p>'), { reason: 'content-type' }],
  ['hangs up', (response: ServerResponse) => response.destroy(), { reason: 'connection' }],
  [
    'refuses in words of its own',
    json(400, { errors: [{ message: 'select' }] }),
    { code: 'UNAVAILABLE', reason: 'answered' },
  ],
  [
    'forbids it',
    json(200, { errors: [{ message: 'x', extensions: { code: 'FORBIDDEN' } }] }),
    { code: 'FORBIDDEN' },
  ],
  ['answers as to a query', json(200, { data: { a: 1 } }), { code: 'UNAVAILABLE' }],
])('A subscription that a partner %s is not opened', async (_, how, error) => {
  answer = how;
  await expect(opened()).rejects.toMatchObject(error);
  expect(partner.health().streams).toBe(0);
});

it('A subscription that a partner never answers is not opened', async () => {
  answer = () => undefined;
  const { partner: hasty } = partnerAt(server.url, limits, { timeoutMs: 200 });
  const listening = hasty.listen(fetchOf(placed));
  await expect(listening).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'timeout' });
  expect(hasty.health().streams).toBe(0);
  await until(() => server.open.size === 0);
});
