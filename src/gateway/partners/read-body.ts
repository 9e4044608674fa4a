import type { Dispatcher } from 'undici';
import { fault } from './fault';

type Body = Dispatcher.ResponseData['body'];

/**
 * The text of a body of at most `most` bytes. A larger one is left at once, together with its
 * connection: throws SubgraphError `too-large`. `count` is told of every byte that came.
 */
export async function readBody(
  subgraph: string,
  body: Body,
  most: number,
  count: (bytes: number) => void,
): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    count(chunk.length);
    if (size > most) throw fault(subgraph, 'too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}

/** Lets go of a body nobody reads; what its connection says after that is no news. */
export function leaveBody(body: Body): void {
  body.on('error', () => undefined);
  body.destroy();
}
