import { Pool, type Dispatcher } from 'undici';
import { RequestError } from '../../platform/errors';
import { withDeadline } from './deadline';
import { readEvents } from './event-stream-reader';
import { answerIn } from './exchange';
import { fault, faultOf } from './fault';
import type { OutgoingHeaders } from './outgoing-headers';
import { isObject, stopOf } from './read-answer';
import { leaveBody, readBody } from './read-body';
import { parseJson } from './safe-json';
import type { OpenStream, StreamParts, StreamRequest } from './streams';

/**
 * Subscriptions by GraphQL over server-sent events, each on a connection of its own, apart from those
 * that queries wait for. A partner that sends faster than its events are read is held back by TCP.
 */
export class ServerSentEvents {
  private readonly pool: Pool;
  private readonly path: string;

  constructor(private readonly parts: StreamParts) {
    const url = new URL(parts.url);
    this.path = url.pathname + url.search;
    this.pool = new Pool(url.origin, {
      connections: null,
      pipelining: 1,
      connect: { timeout: parts.openMs },
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /** Throws SubgraphError, or the refusal the partner answers with. */
  async open(request: StreamRequest, headers: OutgoingHeaders): Promise<OpenStream> {
    const stopped = new AbortController();
    const stop = (): void => stopped.abort();
    const body = await withDeadline(this.parts.openMs, async (deadline) => {
      deadline.addEventListener('abort', stop);
      try {
        return await this.accepted(request, headers, stopped.signal);
      } catch (error) {
        throw error instanceof RequestError ? error : faultOf(this.parts.subgraph, error, deadline);
      } finally {
        deadline.removeEventListener('abort', stop);
      }
    });
    return { events: this.results(body), stop };
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }

  private async accepted(
    request: StreamRequest,
    headers: OutgoingHeaders,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData['body']> {
    const { subgraph, most } = this.parts;
    const response = await this.pool.request({
      method: 'POST',
      path: this.path,
      headers: {
        ...headers,
        accept: 'text/event-stream',
        'accept-encoding': 'identity',
        'content-type': 'application/json',
      },
      body: JSON.stringify(request),
      signal,
    });
    const { statusCode, body } = response;
    const type = String(response.headers['content-type']);
    if (statusCode === 200 && /^text\/event-stream\b/i.test(type)) return body;
    if (statusCode >= 500 || !/^application\/(?:[\w.-]+\+)?json\b/i.test(type)) {
      leaveBody(body);
      throw fault(subgraph, statusCode === 200 ? 'content-type' : 'status');
    }
    const answer = answerIn(subgraph, await readBody(subgraph, body, most, () => undefined));
    throw stopOf(subgraph, answer);
  }

  private async *results(body: AsyncIterable<Buffer>): AsyncGenerator<unknown, void, void> {
    const { subgraph, most } = this.parts;
    const never = new AbortController().signal;
    try {
      for await (const { name, data } of readEvents(subgraph, body, most)) {
        if (name === 'complete') return;
        if (name === 'next') yield this.result(data);
      }
    } catch (error) {
      throw faultOf(subgraph, error, never);
    }
    // The end of the body without the end of the subscription: somebody between us hung up.
    throw fault(subgraph, 'connection');
  }

  private result(data: string): unknown {
    try {
      const result = parseJson(data);
      if (isObject(result)) return result;
    } catch {
      // Falls through: what is not JSON is no better than JSON that is no result.
    }
    throw fault(this.parts.subgraph, 'malformed');
  }
}
