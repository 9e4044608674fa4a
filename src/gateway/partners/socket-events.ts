import { createClient, type Client } from 'graphql-ws';
import { WebSocket, type ClientOptions } from 'ws';
import { Arrivals } from './arrivals';
import { withDeadline } from './deadline';
import { fault } from './fault';
import type { OutgoingHeaders } from './outgoing-headers';
import { readErrors, stopOf } from './read-answer';
import { withoutPrototype } from './safe-json';
import type { OpenStream, StreamParts, StreamRequest } from './streams';

/** Milliseconds a partner has to answer our farewell. */
const closeMs = 1000;

/** Milliseconds after which a silent connection is probed. */
const probeMs = 60_000;

/** Room for what an event is wrapped in. */
const wrapperBytes = 200;

/**
 * Opens a subscription by the graphql-transport-ws protocol, on a socket of its own. What goes out as
 * headers goes as connection parameters too: servers read one or the other. A partner that sends faster
 * than its events are read is held back by TCP. Throws SubgraphError when the connection is not
 * acknowledged in time.
 */
export async function openSocket(
  parts: StreamParts,
  request: StreamRequest,
  headers: OutgoingHeaders,
): Promise<OpenStream> {
  const { subgraph, openMs } = parts;
  const sockets: WebSocket[] = [];
  const client = createClient({
    url: parts.url.replace(/^http/, 'ws'),
    connectionParams: headers,
    retryAttempts: 0,
    webSocketImpl: socketClass(parts, headers, sockets),
    jsonMessageReviver: withoutPrototype,
  });
  const resume = (): void => sockets.forEach((socket) => socket.resume());
  const events = new Arrivals(resume);
  // Before the library hears of it, which would connect anew after a polite farewell.
  const lost = (): void => {
    events.finish(fault(subgraph, 'connection'));
    unsubscribe();
  };
  client.on('closed', lost);
  client.on('error', lost);
  const unsubscribe = client.subscribe(
    { ...request },
    {
      next(event) {
        events.push(event);
        for (const socket of sockets) socket.pause();
      },
      error(errors) {
        const given = Array.isArray(errors);
        const read = { errors: given ? readErrors(subgraph, errors) : [] };
        events.finish(given ? stopOf(subgraph, read) : fault(subgraph, 'connection'));
      },
      complete: () => events.finish(null),
    },
  );
  const stop = (): void => {
    events.finish(fault(subgraph, 'stopped'));
    unsubscribe();
    // Behind what is held back no farewell would be heard.
    for (const socket of sockets) if (socket.isPaused) socket.terminate();
  };
  try {
    await withDeadline(openMs, (deadline) => acknowledged(subgraph, client, deadline));
  } catch (error) {
    stop();
    for (const socket of sockets) socket.terminate();
    throw error;
  }
  return { events, stop };
}

function acknowledged(subgraph: string, client: Client, deadline: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    client.on('connected', () => resolve());
    client.on('closed', () => reject(fault(subgraph, 'connection')));
    client.on('error', () => reject(fault(subgraph, 'connection')));
    deadline.addEventListener('abort', () => reject(fault(subgraph, 'timeout')));
  });
}

/** A socket that tells who asks, takes no more than it may, and is heard of when it is made. */
function socketClass({ most, openMs }: StreamParts, headers: OutgoingHeaders, made: WebSocket[]) {
  const options: ClientOptions & { closeTimeout: number } = {
    headers,
    maxPayload: most + wrapperBytes,
    handshakeTimeout: openMs,
    perMessageDeflate: false,
    followRedirects: false,
    closeTimeout: closeMs,
  };
  return class PartnerSocket extends WebSocket {
    constructor(url: string, protocols: string) {
      super(url, protocols, options);
      this.on('upgrade', ({ socket }) => socket.setKeepAlive(true, probeMs));
      made.push(this);
    }
  };
}
