import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema, GraphQLError } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Partner } from '../../../src/gateway';
import { fetchOf, partnerAt, until, type Recorded } from '../../support/toy-partner';

const opened = 'subscription { ticketOpened(of: "x") }';
const limits = { subgraphTimeoutMs: 20_000, subgraphBytes: 1000 };
const schema = buildSchema(`
  type Query { a: Int }
  type Subscription { ticketOpened(of: String): String }
`);

let http: Server;
let sockets: WebSocketServer;
let partner: Partner;
/** The same for somebody who waits less. */
let hasty: Partner;
let report: Recorded;
/** What the partner sends, one after the other. */
let source: () => AsyncIterable<unknown> = nothing;
let left = 0;
let connected: { headers: unknown; params: unknown }[] = [];

async function* nothing(): AsyncGenerator {
  // Nothing comes.
}

beforeEach(async () => {
  left = 0;
  connected = [];
  http = createServer();
  sockets = new WebSocketServer({ server: http, path: '/live' });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/live`;
  const settings = { headers: { key: 'shop' }, subscriptions: { protocol: 'ws', url } } as const;
  ({ partner, report } = partnerAt(url, limits, settings));
  ({ partner: hasty } = partnerAt(url, limits, { ...settings, timeoutMs: 200 }));
});

afterEach(async () => {
  await partner.close();
  await hasty.close();
  for (const socket of sockets.clients) socket.terminate();
  sockets.close();
  await new Promise((resolve) => http.close(resolve));
});

/** A partner as it should be. */
function speaks(): void {
  useServer(
    {
      schema,
      onConnect: ({ extra, connectionParams }) => {
        connected.push({ headers: extra.request.headers, params: connectionParams });
      },
      subscribe: async function* () {
        try {
          for await (const ticketOpened of source()) yield { data: { ticketOpened } };
        } finally {
          left += 1;
        }
      } as never,
    },
    sockets,
  );
}

/** A partner that says these words, after it has been greeted as it should. */
function says(...words: string[]): void {
  sockets.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      const { type, id } = JSON.parse(data.toString()) as { type: string; id: string };
      if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
      if (type !== 'subscribe') return;
      for (const word of words) socket.send(word.replace('ID', id));
    });
  });
}

async function listened(): Promise<AsyncIterator<unknown>> {
  return (await partner.listen(fetchOf(opened, { n: 1 })))[Symbol.asyncIterator]();
}

async function* forever(): AsyncGenerator {
  yield 'one';
  await new Promise(() => undefined);
}

it('Events of a partner come as they are sent, until it completes', async () => {
  speaks();
  source = async function* () {
    yield 'one';
    yield 'two';
  };
  const events = await listened();
  expect(report.open).toEqual([1]);
  for (const ticketOpened of ['one', 'two']) {
    const { value } = await events.next();
    const answer = await partner.answer(fetchOf(opened), value);
    expect(answer).toEqual({ data: { ticketOpened }, errors: [] });
  }
  expect(await events.next()).toMatchObject({ done: true });
  expect(report.open).toEqual([1, 0]);
  const told = { key: 'shop', 'x-caller': 'anonymous' };
  expect(connected[0]).toMatchObject({ headers: told, params: told });
  await until(() => sockets.clients.size === 0);
});

it('Leaving a stream closes its socket at once, also while an event is awaited', async () => {
  speaks();
  source = forever;
  const events = await listened();
  await events.next();
  const waiting = events.next();
  await events.return!();
  expect(await waiting).toEqual({ done: true, value: undefined });
  await until(() => sockets.clients.size === 0);
  expect(partner.health().streams).toBe(0);
});

it('A partner that dies ends its stream with a fault', async () => {
  speaks();
  source = forever;
  const events = await listened();
  await events.next();
  for (const socket of sockets.clients) socket.terminate();
  await expect(events.next()).rejects.toMatchObject({ subgraph: 'shop', reason: 'connection' });
  expect(partner.health().streams).toBe(0);
});

it('A partner that says farewell without completing is not asked anew', async () => {
  speaks();
  source = forever;
  const events = await listened();
  await events.next();
  for (const socket of sockets.clients) socket.close(1000);
  await expect(events.next()).rejects.toMatchObject({ reason: 'connection' });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(connected).toHaveLength(1);
});

it('Letting a partner go ends its streams', async () => {
  speaks();
  source = forever;
  const events = await listened();
  await events.next();
  const waiting = events.next().catch((error: unknown) => error);
  await partner.close();
  expect(await waiting).toMatchObject({ reason: 'stopped' });
});

const nextOf = (payload: unknown) => JSON.stringify({ id: 'ID', type: 'next', payload });

it('A partner that is faster than its reader is held back', async () => {
  let sent = 0;
  let most = 100_000;
  speaks();
  source = async function* () {
    for (; sent < most; sent += 1) yield `${sent} ${'x'.repeat(900)}`;
  };
  const events = await listened();
  await events.next();
  let before = 0;
  while (sent !== before) {
    before = sent;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  // What the sockets' own buffers hold, and no more.
  expect(sent).toBeLessThan(50_000);
  // Let go, it would send the rest at one go, and leave the tests after this one no time.
  most = 0;
  expect(await events.next()).toMatchObject({ done: false });
});

it('Of events that come together each is read', async () => {
  says(
    ...Array.from({ length: 50 }, (_, at) => nextOf({ data: { at } })),
    '{"id":"ID","type":"complete"}',
  );
  const events = await listened();
  for (let at = 0; at < 50; at += 1) {
    expect(await events.next()).toEqual({ done: false, value: { data: { at } } });
  }
  expect(await events.next()).toMatchObject({ done: true });
});

it('Keys that would change every object are left out', async () => {
  says('{"id":"ID","type":"next","payload":{"data":{"__proto__":{"polluted":true}}}}');
  const { value } = await (await listened()).next();
  expect(Object.keys((value as { data: object }).data)).toEqual([]);
});

it('An event that is larger than allowed ends the stream with a fault', async () => {
  says(nextOf({ data: 'x'.repeat(900) }), nextOf({ data: 'x'.repeat(1200) }));
  const events = await listened();
  expect(await events.next()).toMatchObject({ done: false });
  await expect(events.next()).rejects.toMatchObject({ reason: 'connection' });
});

it.each([
  ['nonsense', 'connection', undefined],
  ['{"type":"next"}', 'connection', undefined],
  ['{"id":"ID","type":"error","payload":[{"message":"select"}]}', 'answered', undefined],
  [
    '{"id":"ID","type":"error","payload":[{"message":"x","extensions":{"code":"FORBIDDEN"}}]}',
    undefined,
    'FORBIDDEN',
  ],
])('A partner that says %s ends the stream', async (word, reason, code = 'UNAVAILABLE') => {
  says(word);
  const events = await listened();
  const error = await events.next().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject(reason === undefined ? { code } : { code, reason });
});

it('What a partner refuses by GraphQL is told without its words', async () => {
  useServer({ schema, onSubscribe: () => [new GraphQLError('select * from tickets')] }, sockets);
  const error = await (await listened()).next().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ reason: 'answered' });
});

it('A subscription that is not acknowledged in time is not opened', async () => {
  sockets.on('connection', () => undefined);
  const listening = hasty.listen(fetchOf(opened));
  await expect(listening).rejects.toMatchObject({ reason: 'timeout' });
  await until(() => sockets.clients.size === 0);
});

it('A subscription at a partner that does not take sockets is not opened', async () => {
  sockets.shouldHandle = () => false;
  await expect(listened()).rejects.toMatchObject({ reason: 'connection' });
});

it('A subscription at a partner that is away is not opened', async () => {
  const url = 'ws://127.0.0.1:9/live';
  const made = partnerAt(url.replace('ws', 'http'), limits, {
    subscriptions: { protocol: 'ws', url },
  });
  await expect(made.partner.listen(fetchOf(opened))).rejects.toMatchObject({
    reason: 'connection',
  });
  expect(left).toBe(0);
});
