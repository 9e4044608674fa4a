import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterwards } from '../support/afterwards';

/** A request as it came in. */
export interface Received {
  id: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** As it came, for the signature. */
  text: string;
  body: { type: string; timestamp: string; data: Record<string, unknown> };
}

type Answer = (response: ServerResponse, request: Received) => void;

/** A brand's server on the loopback, which remembers what it was sent. */
export class Receiver {
  readonly received: Received[] = [];
  /** The most requests that were under way at one moment, and how many are. */
  peak = 0;
  underWay = 0;
  /** Requests for one id that came while another one for it was under way. */
  overlaps = 0;
  answer: Answer = (response) => response.writeHead(204).end();
  private readonly ids = new Set<string>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on('request', (request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => receiver.take(text, request.url ?? '', request.headers, response));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    afterwards(() => receiver.close());
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  get idsReceived(): string[] {
    return this.received.map(({ id }) => id);
  }

  /** Answers every request with this status from now on. */
  always(status: number, headers: Record<string, string> = {}): void {
    this.answer = (response) => response.writeHead(status, headers).end();
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private take(
    text: string,
    path: string,
    headers: IncomingHttpHeaders,
    response: ServerResponse,
  ): void {
    const id = headers['webhook-id'] as string;
    if (this.ids.has(id)) this.overlaps += 1;
    this.ids.add(id);
    this.underWay += 1;
    this.peak = Math.max(this.peak, this.underWay);
    response.on('close', () => {
      this.underWay -= 1;
      this.ids.delete(id);
    });
    const request = { id, path, headers, text, body: JSON.parse(text) as Received['body'] };
    this.received.push(request);
    this.answer(response, request);
  }
}
