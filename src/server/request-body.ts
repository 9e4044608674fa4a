import compress from '@fastify/compress';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { RequestError } from '../platform/errors';

declare module 'fastify' {
  interface FastifyRequest {
    /** Bytes of the body as it was parsed, after inflating. */
    bodyBytes: number;
  }
}

/** Refuses invalid UTF-8 and drops a byte order mark. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Types a browser sends to any site without asking first: never parsed, and called what they are. */
const simpleTypes = /^(text\/plain|application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

/**
 * Makes the routes of a scope take JSON in UTF-8, also gzipped, deflated or in brotli, of at most this
 * many bytes after inflating. Everything else is refused before it is parsed.
 */
export async function acceptJson(scope: FastifyInstance, maxBytes: number): Promise<void> {
  await scope.register(compress, {
    globalCompression: false,
    globalDecompression: true,
    requestEncodings: ['gzip', 'deflate', 'br', 'identity'],
  });
  const parseJson = scope.getDefaultJsonParser('error', 'error');
  scope.decorateRequest('bodyBytes', 0);
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer', bodyLimit: maxBytes },
    (request, body, done) => {
      request.bodyBytes = body.length;
      void parseJson(request, decode(request, body), done);
    },
  );
  scope.addContentTypeParser('*', (request, _payload, done) => {
    done(refusalOfType(request), undefined);
  });
}

/** Makes the routes of a scope take any body of at most this many bytes as a Buffer, as it was sent. */
export function acceptRawBody(scope: FastifyInstance, maxBytes: number): void {
  scope.removeAllContentTypeParsers();
  const options = { parseAs: 'buffer', bodyLimit: maxBytes } as const;
  scope.addContentTypeParser<Buffer>('*', options, (_request, body, done) => done(null, body));
}

function decode(request: FastifyRequest, body: Buffer): string {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(
    request.headers['content-type'] ?? '',
  )?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    throw new RequestError('UNSUPPORTED_MEDIA_TYPE');
  }
  try {
    return utf8.decode(body);
  } catch {
    throw new RequestError('BAD_REQUEST', 'The body is not UTF-8.');
  }
}

function refusalOfType(request: FastifyRequest): RequestError {
  const type = request.headers['content-type'];
  if (type !== undefined && !simpleTypes.test(type)) {
    return new RequestError('UNSUPPORTED_MEDIA_TYPE');
  }
  return new RequestError('BAD_REQUEST', 'Send application/json: other forms are not executed.');
}
