import { readFile } from 'node:fs/promises';
import { request, type Dispatcher } from 'undici';
import type { SchemaSource } from './config';

/** Where a text comes from: a subgraph's SDL, or a whole document that an address answers. */
export type TextSource = SchemaSource | { kind: 'document'; url: string };

/** Why a text could not be had, in a few words that repeat nothing of what came. */
export class SourceError extends Error {}

export interface SourceLimits {
  subgraphTimeoutMs: number;
  subgraphBytes: number;
}

/** Reads it. Throws SourceError. */
export async function readSource(source: TextSource, limits: SourceLimits): Promise<string> {
  switch (source.kind) {
    case 'sdl':
      return source.sdl;
    case 'file':
      return readText(source.path);
    case 'document':
      return fetchText(source.url, { method: 'GET' }, limits);
    case 'url':
      return sdlIn(await fetchText(source.url, question(source.headers), limits));
  }
}

async function readText(path: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new SourceError(`${path} cannot be read (${code})`);
  }
  // Who writes a file in place empties it first; what it held must not be gone for that moment.
  if (text.trim() === '') throw new SourceError(`${path} is empty`);
  return text;
}

type Question = Pick<Dispatcher.RequestOptions, 'method' | 'body'> & {
  headers?: Record<string, string>;
};

function question(headers: Readonly<Record<string, string>>): Question {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: 'query Sdl { _service { sdl } }' }),
  };
}

/** Redirects are not followed: what is sent along is for the address in the configuration only. */
async function fetchText(url: string, asked: Question, limits: SourceLimits): Promise<string> {
  const signal = AbortSignal.timeout(limits.subgraphTimeoutMs);
  try {
    const { statusCode, body } = await request(url, { ...asked, signal, reset: true });
    if (statusCode === 200) return await textOf(body, limits.subgraphBytes);
    body.on('error', () => undefined).destroy();
    throw new SourceError(`it answered ${statusCode}`);
  } catch (error) {
    if (error instanceof SourceError) throw error;
    if (signal.aborted) throw new SourceError('it did not answer in time');
    const { code } = error as NodeJS.ErrnoException;
    throw new SourceError(`it cannot be reached (${code ?? 'unknown'})`);
  }
}

async function textOf(body: Dispatcher.ResponseData['body'], most: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Leaving the loop closes the connection.
    if (bytes > most) throw new SourceError(`it answered more than ${most} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function sdlIn(text: string): string {
  try {
    const answer = JSON.parse(text) as { data?: { _service?: { sdl?: unknown } } } | null;
    const sdl = answer?.data?._service?.sdl;
    if (typeof sdl === 'string' && sdl !== '') return sdl;
  } catch {
    // Told like an answer without SDL.
  }
  throw new SourceError('it did not answer _service { sdl }');
}
