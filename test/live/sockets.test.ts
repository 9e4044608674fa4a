import { once } from 'node:events';
import type { FastifyInstance } from 'fastify';
import WebSocket from 'ws';
import { createHttpServer } from '../../src/server/http';
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
