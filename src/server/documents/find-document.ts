import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequestError } from '../../platform/errors';
import { mayIntrospect } from '../introspection';
import type { Service } from '../service';
import type { DocumentLookup } from './document-lookup';

/**
 * Puts the text of the document where the request has an id, before anything else reads the body: what
 * follows sees an operation that was sent whole.
 */
export function findDocument(lookup: DocumentLookup, { config }: Service) {
  return (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void => {
    try {
      if (!request.ws) find(request, lookup, mayIntrospect(request.caller, config));
    } catch (error) {
      // The same id may be known in a moment; a cache must not go on saying that it is not.
      if (error instanceof RequestError) void reply.header('cache-control', 'no-store');
      done(error as Error);
      return;
    }
    done();
  };
}

function find(request: FastifyRequest, lookup: DocumentLookup, open: boolean): void {
  if (request.method === 'GET') readAddress(request, lookup, open);
  else request.body = withText(request.body, lookup, open);
}

/** An operation with its document's text in `query`; what is no operation is answered as it is. */
export function withText(sent: unknown, lookup: DocumentLookup, mayIntrospect: boolean): unknown {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return sent;
  const query = lookup.textOf(sent, mayIntrospect);
  if (query === undefined) return sent;
  const { documentId: _id, extensions, ...others } = sent as Record<string, unknown>;
  return { ...others, query, ...withoutHash(extensions) };
}

function readAddress(request: FastifyRequest, lookup: DocumentLookup, open: boolean): void {
  const [path, search] = split(request.url);
  const parameters = new URLSearchParams(search);
  if (naming.some((name) => parameters.getAll(name).length > 1)) {
    throw new RequestError('BAD_REQUEST', 'A parameter is there twice.');
  }
  const documentId = parameters.get('documentId');
  const sent = {
    query: parameters.get('query'),
    documentId,
    extensions: jsonOf(parameters.get('extensions')),
  };
  const query = lookup.textOf(sent, open);
  if (query === undefined) return;
  const { extensions } = withoutHash(sent.extensions);
  parameters.delete('documentId');
  if (extensions === undefined) parameters.delete('extensions');
  else parameters.set('extensions', JSON.stringify(extensions));
  parameters.set('query', query);
  request.raw.url = `${path}?${parameters.toString()}`;
  // Reading a document of the manifest is harmless whoever's page asks, so its address alone is enough.
  if (documentId !== null) request.headers['apollo-require-preflight'] = 'true';
}

/** The parameters that say which document is meant. */
const naming = ['query', 'documentId', 'extensions'];

function withoutHash(extensions: unknown): { extensions?: unknown } {
  if (extensions === undefined) return {};
  if (typeof extensions !== 'object' || extensions === null) return { extensions };
  const { persistedQuery, ...others } = extensions as Record<string, unknown>;
  if (persistedQuery === undefined) return { extensions };
  return Object.keys(others).length === 0 ? {} : { extensions: others };
}

function jsonOf(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    throw new RequestError('BAD_REQUEST', 'The extensions are not JSON.');
  }
}

function split(url: string): [string, string] {
  const at = url.indexOf('?');
  return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
}
