import { Client, type Dispatcher } from 'undici';
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

type Body = Dispatcher.ResponseData['body'];

/**
 * Opens a subscription by GraphQL over server-sent events, on a connection of its own, apart from those
 * that queries wait for. A partner that sends faster than its events are read is held back by TCP.
 * Throws SubgraphError, or the refusal the partner answers with.
 */
export async function openEvents(
  parts: StreamParts,
  request: StreamRequest,
  headers: OutgoingHeaders,
): Promise<OpenStream> {
  const url = new URL(parts.url);
  const client = new Client(url.origin, {
    pipelining: 1,
    connect: { timeout: parts.openMs },
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const stop = (): void => void client.destroy();
  try {
    const body = await withDeadline(parts.openMs, async (deadline) => {
      deadline.addEventListener('abort', stop);
      try {
        return await accepted(parts, client, { url, request, headers });
      } catch (error) {
        throw error instanceof RequestError ? error : faultOf(parts.subgraph, error, deadline);
      } finally {
        deadline.removeEventListener('abort', stop);
      }
    });
    // Also when nobody reads it yet, or any more.
    body.on('error', () => undefined);
    return { events: results(parts, body), stop };
  } catch (error) {
    stop();
    throw error;
  }
}

interface Sent {
  url: URL;
  request: StreamRequest;
  headers: OutgoingHeaders;
}

async function accepted(
  { subgraph, most }: StreamParts,
  client: Client,
  { url, request, headers }: Sent,
): Promise<Body> {
  const response = await client.request({
    method: 'POST',
    path: url.pathname + url.search,
    headers: {
      ...headers,
      accept: 'text/event-stream',
      'accept-encoding': 'identity',
      'content-type': 'application/json',
    },
    body: JSON.stringify(request),
  });
  const { statusCode, body } = response;
  const type = String(response.headers['content-type']);
  if (statusCode === 200 && /^text\/event-stream\b/i.test(type)) return body;
  if (statusCode >= 500 || !/^application\/(?:[\w.-]+\+)?json\b/i.test(type)) {
    leaveBody(body);
    throw fault(subgraph, statusCode === 200 ? 'content-type' : 'status');
  }
  const text = await readBody(subgraph, body, most, () => undefined);
  throw stopOf(subgraph, answerIn(subgraph, text));
}

async function* results(
  { subgraph, most }: StreamParts,
  body: AsyncIterable<Buffer>,
): AsyncGenerator<unknown, void, void> {
  const never = new AbortController().signal;
  try {
    for await (const { name, data } of readEvents(subgraph, body, most)) {
      if (name === 'complete') return;
      if (name === 'next') yield resultIn(subgraph, data);
    }
  } catch (error) {
    throw faultOf(subgraph, error, never);
  }
  // The end of the body without the end of the subscription: somebody between us hung up.
  throw fault(subgraph, 'connection');
}

function resultIn(subgraph: string, data: string): unknown {
  try {
    const result = parseJson(data);
    if (isObject(result)) return result;
  } catch {
    // What is not JSON is no better than JSON that is no result.
  }
  throw fault(subgraph, 'malformed');
}
