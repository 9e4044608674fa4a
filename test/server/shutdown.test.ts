import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { holdBack, startToyServer, until, type ToyServer } from '../support/toy-server';

interface Outcome {
  status: number;
  connection: string | undefined;
  text: string;
}

/** Asks over the connections of an agent, as a load balancer does. */
function ask(server: ToyServer, agent: Agent, query: string): Promise<Outcome> {
  const headers = { 'content-type': 'application/json', authorization: 'Bearer brand' };
  return new Promise((resolve, reject) => {
    const sent = request(`${server.url}/graphql`, { method: 'POST', agent, headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, connection: answer.headers.connection, text }),
      );
    });
    sent.on('error', reject);
    sent.end(JSON.stringify({ query }));
  });
}

/** A connection on which the next bytes can be awaited. */
async function dial(server: ToyServer): Promise<{ socket: Socket; next: () => Promise<string> }> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  await new Promise((resolve) => socket.once('connect', resolve));
  const next = (): Promise<string> =>
    new Promise((resolve) => socket.once('data', (chunk: Buffer) => resolve(chunk.toString())));
  return { socket, next };
}

describe('draining', () => {
  it('finishes 200 requests in flight, resets none, and takes no new connection', async () => {
    const server = await startToyServer();
    const release = holdBack(server);
    const agent = new Agent({ keepAlive: true });
    const underWay = Array.from({ length: 200 }, () => ask(server, agent, '{ held }'));
    await until(() => server.service.seen.open === 200);
    const closing = server.close();
    await expect(fetch(`${server.url}/health/live`)).rejects.toThrow('fetch failed');
    release();
    const outcomes = await Promise.all(underWay);
    await closing;
    expect(new Set(outcomes.map(({ text }) => text.trim()))).toEqual(
      new Set(['{"data":{"held":"done"}}']),
    );
    expect(new Set(outcomes.map(({ connection }) => connection))).toEqual(new Set(['close']));
    expect(server.service.seen.open).toBe(0);
    agent.destroy();
  });

  it('answers 503 in JSON to what still arrives on an open connection, also to readiness', async () => {
    const server = await startToyServer();
    const first = await dial(server);
    const body = JSON.stringify({ query: '{ held }' });
    const post =
      'POST /graphql HTTP/1.1\r\nhost: x\r\nauthorization: Bearer brand\r\n' +
      `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    // The first bytes of a request keep these connections from counting as idle.
    const second = await dial(server);
    first.socket.write(post.slice(0, 10));
    second.socket.write('GET /he');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closing = server.close();
    first.socket.write(post.slice(10) + body);
    second.socket.write('alth/ready HTTP/1.1\r\nhost: x\r\n\r\n');
    const [refused, readiness] = await Promise.all([first.next(), second.next()]);
    expect(refused).toMatch(/^HTTP\/1.1 503 [\s\S]*connection: close[\s\S]*"UNAVAILABLE"/i);
    expect(refused).toMatch(/retry-after: 1/i);
    expect(readiness).toMatch(/^HTTP\/1.1 503 [\s\S]*"UNAVAILABLE"/);
    await closing;
    expect(server.service.seen.open).toBe(0);
  });

  it('cuts off what does not finish in the drain time', async () => {
    const server = await startToyServer({ limits: { drainMs: 200 } });
    const release = holdBack(server);
    const agent = new Agent({ keepAlive: true });
    const slow = ask(server, agent, '{ held }').catch((error: unknown) => (error as Error).message);
    await until(() => server.service.seen.open === 1);
    await server.close();
    expect(await slow).toBe('socket hang up');
    release();
    await until(() => server.service.seen.open === 0);
  });

  it('closes connections that are kept alive without a request', async () => {
    const server = await startToyServer();
    const idle = await dial(server);
    idle.socket.write('GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(await idle.next()).toMatch(/^HTTP\/1.1 200/);
    const ended = new Promise((resolve) => idle.socket.once('close', resolve));
    await server.close();
    await ended;
  });
});
