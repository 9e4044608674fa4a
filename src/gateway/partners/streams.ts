import { fault } from './fault';
import type { OutgoingHeaders } from './outgoing-headers';
import type { PartnerReport } from './partner-report';
import { openEvents } from './server-sent-events';
import { openSocket } from './socket-events';

/** A subscription as it is sent to a partner. */
export interface StreamRequest {
  query: string;
  variables: Record<string, unknown>;
}

/** Events as they come, and how to end them: `stop` may be called at any time, and lets go at once. */
export interface OpenStream {
  events: AsyncIterator<unknown>;
  stop: () => void;
}

export interface StreamParts {
  subgraph: string;
  protocol: 'sse' | 'ws';
  url: string;
  /** Milliseconds a partner has to accept a subscription; events then come when they come. */
  openMs: number;
  /** The most bytes of one event. */
  most: number;
  report: PartnerReport;
}

const over = { done: true, value: undefined } as const;

/** The subscriptions that are open at a partner. */
export class Streams {
  private readonly opened = new Set<WatchedStream>();
  private closed = false;

  constructor(private readonly parts: StreamParts) {}

  get size(): number {
    return this.opened.size;
  }

  /** Opens one. Throws SubgraphError, or the refusal the partner answers with. */
  async open(request: StreamRequest, headers: OutgoingHeaders): Promise<AsyncIterable<unknown>> {
    if (this.isClosed()) throw fault(this.parts.subgraph, 'stopped');
    const begin = this.parts.protocol === 'sse' ? openEvents : openSocket;
    const opened = await begin(this.parts, request, headers);
    const stream = new WatchedStream(opened, () => this.forget(stream));
    this.opened.add(stream);
    this.told();
    if (!this.isClosed()) return stream;
    stream.end();
    throw fault(this.parts.subgraph, 'stopped');
  }

  /** Ends all of them; whoever reads one gets SubgraphError. */
  close(): void {
    this.closed = true;
    for (const stream of [...this.opened]) stream.end();
  }

  private isClosed(): boolean {
    return this.closed;
  }

  private forget(stream: WatchedStream): void {
    if (this.opened.delete(stream)) this.told();
  }

  private told(): void {
    this.parts.report.streams(this.parts.subgraph, this.size);
  }
}

/** A stream that says when it is over, whichever side ends it. */
class WatchedStream implements AsyncIterableIterator<unknown> {
  private left = false;

  constructor(
    private readonly opened: OpenStream,
    private readonly ended: () => void,
  ) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<unknown>> {
    if (this.left) return over;
    try {
      const event = await this.opened.events.next();
      if (event.done === true) this.end();
      return event;
    } catch (error) {
      this.end();
      if (this.hasLeft()) return over;
      throw error;
    }
  }

  /** The reader leaves: no event comes after it, not even one that is being waited for. */
  async return(): Promise<IteratorResult<unknown>> {
    this.left = true;
    this.end();
    return over;
  }

  end(): void {
    this.opened.stop();
    this.ended();
  }

  private hasLeft(): boolean {
    return this.left;
  }
}
