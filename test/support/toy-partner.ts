import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { parse } from 'graphql';
import {
  createPartner,
  type Partner,
  type PartnerReport,
  type PartnerRequest,
  type SubgraphFetch,
  type FetchOperation,
  type PartnerSettings,
} from '../../src/gateway';
import type { Caller } from '../../src/platform/auth/caller';
import type { Context } from '../../src/platform/graphql/context';
import { defaultLimits, type Limits } from '../../src/platform/limits';
import { createLog } from '../../src/platform/log';

/** An HTTP server on a port of its own that stands for somebody else's subgraph. */
export interface ToyServer {
  url: string;
  /** The connections it has been given, open and over. */
  connections: number;
  open: Set<Socket>;
  close(): Promise<void>;
}

/** Starts a server; `close` drops its connections. */
export async function toyServer(listener: RequestListener, port = 0): Promise<ToyServer> {
  const server = createServer(listener);
  const toy: ToyServer = {
    url: '',
    connections: 0,
    open: new Set(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of toy.open) socket.destroy();
      }),
  };
  server.on('connection', (socket) => {
    toy.connections += 1;
    toy.open.add(socket);
    socket.on('close', () => toy.open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  toy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql?shop=1`;
  return toy;
}

/** What came to a server, body and all. */
export interface Heard {
  headers: IncomingHttpHeaders;
  body: string;
  path: string | undefined;
}

/** Reads a request whole, then answers it with JSON. */
export function answering(heard: Heard[], answer: (heard: Heard) => unknown): RequestListener {
  return (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { headers, url } = request;
      const one = { headers, path: url, body: Buffer.concat(chunks).toString() };
      heard.push(one);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answer(one)));
    });
  };
}

/** Keeps what a partner reports. */
export class Recorded implements PartnerReport {
  requests: PartnerRequest[] = [];
  retries = 0;
  shares = 0;
  refusals = 0;
  states: string[] = [];
  open: number[] = [];

  request(over: PartnerRequest): void {
    this.requests.push(over);
  }
  retry(): void {
    this.retries += 1;
  }
  shared(): void {
    this.shares += 1;
  }
  refused(): void {
    this.refusals += 1;
  }
  breaker(_subgraph: string, state: string): void {
    this.states.push(state);
  }
  streams(_subgraph: string, open: number): void {
    this.open.push(open);
  }
}

/** A partner called `shop` at this address. */
export function partnerAt(
  url: string,
  limits: Partial<Limits> = {},
  settings: Partial<PartnerSettings> = {},
): { partner: Partner; report: Recorded } {
  const report = new Recorded();
  const whole: PartnerSettings = {
    name: 'shop',
    url,
    headers: {},
    forward: [],
    subscriptions: { protocol: 'sse', url },
    ...settings,
  };
  const parts = { limits: { ...defaultLimits, ...limits }, log: createLog('silent'), report };
  return { partner: createPartner(whole, parts), report };
}

/** A fetch of an operation by somebody. */
export function fetchOf(
  text: string,
  variables: Record<string, unknown> = {},
  asker: { caller?: Caller; clientHeaders?: IncomingHttpHeaders } = {},
): SubgraphFetch {
  const kind = text.split(/\W/)[0] as FetchOperation['kind'];
  const context = { caller: { kind: 'anonymous' }, log: createLog('silent'), ...asker };
  const operation = { text, document: parse(text), kind };
  return { operation, variables, context: context as unknown as Context };
}

/** Waits until something is so; a test's own time limit ends the wait. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
