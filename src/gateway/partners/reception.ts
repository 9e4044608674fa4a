import type { Dispatcher } from 'undici';
import { fault, type FaultReason } from './fault';

/** What one HTTP request came to, for figures and spans; filled in as it goes on. */
export interface Course {
  status?: number;
  bytes: number;
}

export interface ReceptionParts {
  subgraph: string;
  /** The most bytes of a body. */
  most: number;
  signal: AbortSignal;
  course: Course;
  /** Why a body need not be read, or null. */
  refuse: (status: number, headers: ResponseHeaders) => FaultReason | null;
}

/** The headers of a response that say what its body is. */
export interface ResponseHeaders {
  type: string;
  length: number;
}

/**
 * Takes in the response to one request as undici reads it from the connection, without a stream in
 * between. `text` rejects with SubgraphError, or with what undici or the signal ends it with; a
 * connection that still has something to say then is closed.
 */
export class Reception implements Dispatcher.DispatchHandlers {
  readonly text: Promise<string>;
  private readonly chunks: Buffer[] = [];
  private settle!: { resolve: (text: string) => void; reject: (error: unknown) => void };
  private abort: (() => void) | null = null;
  private over = false;

  constructor(private readonly parts: ReceptionParts) {
    this.text = new Promise((resolve, reject) => (this.settle = { resolve, reject }));
    parts.signal.addEventListener('abort', this.onAbort);
  }

  onConnect(abort: () => void): void {
    this.abort = abort;
    if (this.over || this.parts.signal.aborted) this.end(this.parts.signal.reason);
  }

  onHeaders(status: number, raw: Buffer[]): boolean {
    if (status < 200) return true;
    const { course, refuse, subgraph } = this.parts;
    course.status = status;
    const reason = refuse(status, readHeaders(raw));
    if (reason !== null) this.end(fault(subgraph, reason));
    return true;
  }

  onData(chunk: Buffer): boolean {
    const { course, most, subgraph } = this.parts;
    if (this.over) return true;
    course.bytes += chunk.length;
    if (course.bytes > most) this.end(fault(subgraph, 'too-large'));
    else this.chunks.push(chunk);
    return true;
  }

  onComplete(): void {
    this.close();
    this.settle.resolve(Buffer.concat(this.chunks).toString('utf8'));
  }

  onError(error: Error): void {
    this.close();
    this.settle.reject(error);
  }

  private readonly onAbort = (): void => this.end(this.parts.signal.reason);

  /** The first reason is the one that counts. */
  private end(reason: unknown): void {
    this.close();
    this.settle.reject(reason);
    this.abort?.();
  }

  private close(): void {
    this.over = true;
    this.parts.signal.removeEventListener('abort', this.onAbort);
  }
}

/** Names and values take turns. A header that is sent twice is read as one with a comma. */
function readHeaders(raw: readonly Buffer[]): ResponseHeaders {
  const types: string[] = [];
  let length = 0;
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] as Buffer;
    if (name.length !== 12 && name.length !== 14) continue;
    const lower = name.toString('latin1').toLowerCase();
    const value = (raw[at + 1] as Buffer).toString('latin1');
    if (lower === 'content-type') types.push(value);
    else if (lower === 'content-length') length = Number(value);
  }
  return { type: types.join(','), length };
}
