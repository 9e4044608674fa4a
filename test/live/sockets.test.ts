import { once } from 'node:events';
import type { FastifyInstance } from 'fastify';
import WebSocket from 'ws';
import { createHttpServer } from '../../src/server/http';
import { eventually } from '../support/spawned-service';
import { startTestService } from '../support/test-service';

test('a connection leaves nothing behind at the server of all', async () => {
  const t = await startTestService();
  t.service.config.port = 0;
  let scope!: FastifyInstance;
  const server = await createHttpServer(t.service, { routes: [(one) => void (scope = one)] });
  const { url } = await server.listen();
  const connect = async (): Promise<number> => {
    const address = `${url.replace('http', 'ws')}/graphql`;
    const socket = new WebSocket(address, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.terminate();
    await once(socket, 'close');
    return scope.websocketServer.listenerCount('error');
  };
  try {
    const first = await connect();
    for (let more = 0; more < 3; more += 1) expect(await connect()).toBe(first);
  } finally {
    await server.close();
    await t.close();
  }
});

test('a subscription that is ended before it has begun leaves its place to others', async () => {
  const t = await startTestService();
  t.service.config.port = 0;
  const server = await createHttpServer(t.service);
  const { url } = await server.listen();
  const brand = await t.createBrand('kaapico');
  const open = async (): Promise<number> => {
    const text = await (await fetch(`${url}/metrics`)).text();
    return Number(/^rewards_subscriptions_open (\d+)$/m.exec(text)?.[1]);
  };
  const subscribe = {
    type: 'subscribe',
    payload: { query: 'subscription { walletChanged { amount } }' },
  };
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const heard: string[] = [];
  socket.on('message', (data: Buffer) => heard.push(data.toString()));
  const send = (message: object): void => socket.send(JSON.stringify(message));
  try {
    await once(socket, 'open');
    send({ type: 'connection_init', payload: { authorization: `Bearer ${brand.apiKey}` } });
    await eventually(() => heard.length === 1);
    send({ ...subscribe, id: 'stays' });
    await eventually(async () => (await open()) === 1);
    for (const id of ['a', 'b', 'c']) {
      send({ ...subscribe, id });
      send({ id, type: 'complete' });
    }
    // Whoever is answered next came behind them.
    send({ ...subscribe, id: 'stays too' });
    await eventually(async () => (await open()) === 2);
    socket.terminate();
    await eventually(async () => (await open()) === 0);
    expect(t.service.announcements.following).toBe(0);
  } finally {
    socket.terminate();
    await server.close();
    await t.close();
  }
});
