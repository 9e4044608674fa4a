import { fault } from './fault';

/** One event of a `text/event-stream`, as far as GraphQL over it goes. */
export interface StreamEvent {
  name: string;
  data: string;
}

const lineFeed = 0x0a;

/**
 * The events in the bytes of a `text/event-stream` whose lines end with LF or CRLF. Throws SubgraphError
 * `too-large` when an event has more than `most` bytes of data, before it is whole.
 */
export async function* readEvents(
  subgraph: string,
  bytes: AsyncIterable<Buffer>,
  most: number,
): AsyncGenerator<StreamEvent, void, void> {
  const event = new EventBuilder();
  for await (const line of readLines(subgraph, bytes, most + longestFieldName)) {
    const complete = event.take(line);
    if (event.size > most) throw fault(subgraph, 'too-large');
    if (complete !== null) yield complete;
  }
}

const longestFieldName = 'data: '.length;

async function* readLines(
  subgraph: string,
  bytes: AsyncIterable<Buffer>,
  most: number,
): AsyncGenerator<string, void, void> {
  let parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    let from = 0;
    for (let to = chunk.indexOf(lineFeed); to >= 0; to = chunk.indexOf(lineFeed, from)) {
      const line = Buffer.concat([...parts, chunk.subarray(from, to)]);
      const end = line.at(-1) === 0x0d ? -1 : undefined;
      if (line.subarray(0, end).length > most) throw fault(subgraph, 'too-large');
      yield line.subarray(0, end).toString('utf8');
      parts = [];
      size = 0;
      from = to + 1;
    }
    const rest = chunk.subarray(from);
    size += rest.length;
    if (size > most + 1) throw fault(subgraph, 'too-large');
    parts.push(rest);
  }
}

/** Puts an event together, line by line. */
class EventBuilder {
  private name = 'message';
  private data: string[] = [];
  /** Bytes of data so far. */
  size = 0;

  /** The event that an empty line completes, else null. Fields we do not know are passed over. */
  take(line: string): StreamEvent | null {
    if (line === '') return this.complete();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.name = value;
    if (field === 'data') {
      this.data.push(value);
      this.size += Buffer.byteLength(value);
    }
    return null;
  }

  private complete(): StreamEvent | null {
    const { name, data } = this;
    this.name = 'message';
    this.data = [];
    this.size = 0;
    const means = data.length > 0 || name !== 'message';
    return means ? { name, data: data.join('\n') } : null;
  }
}
