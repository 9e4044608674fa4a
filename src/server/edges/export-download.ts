import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { exportJobId, findKeptFile, isSigned, readPiece, type KeptFile } from '../../exports';
import { allows, type Caller } from '../../platform/auth/caller';
import { RequestError } from '../../platform/errors';
import type { Context } from '../../platform/graphql/context';
import { nilUuid } from '../../platform/ids';
import type { Service } from '../service';
import { readRange, type ByteRange } from './byte-range';

interface FileRequest {
  Params: { id: string; file: string };
  Querystring: Record<string, unknown>;
}

/**
 * `GET /exports/<id>/<name>.ndjson.gz`: a file of an export, for an API key that may read or by the query
 * `ExportFile.url` has. What is not there, is over or is another brand's is one same 404.
 */
export function exportRoutes(scope: FastifyInstance, service: Service): void {
  scope.route<FileRequest>({
    method: ['GET', 'HEAD'],
    url: '/exports/:id/:file',
    handler: async (request, reply) => {
      const file = await findFile(service, request);
      if (file === null) throw new RequestError('NOT_FOUND', 'No such file, or not any more.');
      return serve(service, request, reply, file);
    },
  });
}

async function findFile(
  service: Service,
  request: FastifyRequest<FileRequest>,
): Promise<KeptFile | null> {
  const exportUuid = exportJobId.decode(request.params.id);
  const name = /^([a-z_]{1,63})[.]ndjson[.]gz$/.exec(request.params.file)?.[1];
  const { query } = request;
  const signed = 'signature' in query;
  const caller: Caller = signed ? { kind: 'platform' } : await callerOf(service, request);
  if (exportUuid === null || name === undefined) return null;
  const now = service.clock.now(new Date());
  const linked = { exportUuid, name };
  if (signed && !isSigned(service.config.tokenSecret, linked, query, now)) return null;
  return reading(service, caller, request, (context) => findKeptFile(context, exportUuid, name));
}

/** Throws RequestError UNAUTHENTICATED and FORBIDDEN. */
async function callerOf(service: Service, request: FastifyRequest): Promise<Caller> {
  const caller = await service.authenticate(request.headers);
  if (caller.kind === 'anonymous') throw new RequestError('UNAUTHENTICATED');
  if (!allows({ brand: 'mu:read' }, caller)) throw new RequestError('FORBIDDEN');
  return caller;
}

async function reading<Value>(
  service: Service,
  caller: Caller,
  request: FastifyRequest,
  read: (context: Context) => Promise<Value>,
): Promise<Value> {
  const context = service.contextFor(caller, request.id, service.log);
  try {
    return await read(context);
  } finally {
    await context.reads.close();
  }
}

function serve(
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
  file: KeptFile,
): FastifyReply {
  const etag = `"${file.sha256}"`;
  void reply.headers({
    etag,
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-store',
    'referrer-policy': 'no-referrer',
    'content-disposition': `attachment; filename="${file.name}.ndjson.gz"`,
  });
  const { range, 'if-range': onlyIf, 'if-none-match': known } = request.headers;
  if (known === etag) return reply.code(304).send();
  const asked = onlyIf === undefined || onlyIf === etag ? readRange(range, file.bytes) : null;
  if (asked === 'UNSATISFIABLE') {
    return reply.code(416).header('content-range', `bytes */${file.bytes}`).send();
  }
  const { start, end } = asked ?? { start: 0, end: file.bytes };
  if (asked !== null) {
    void reply.code(206).header('content-range', `bytes ${start}-${end - 1}/${file.bytes}`);
  }
  void reply.type('application/gzip').header('content-length', end - start);
  if (request.method === 'HEAD') return reply.send();
  const pieces = piecesOf(service, request, file, { start, end });
  return reply.send(Readable.from(pieces, { objectMode: false, highWaterMark: 1 }));
}

/** Reads a piece when the one before it has been sent; between them nothing of the database is held. */
async function* piecesOf(
  service: Service,
  request: FastifyRequest,
  file: KeptFile,
  { start, end }: ByteRange,
): AsyncGenerator<Buffer> {
  const brandId = file.brandUuid;
  const caller: Caller = { kind: 'brand', brandId, keyId: nilUuid, scopes: [] };
  for (let at = start; at < end;) {
    const piece = await reading(service, caller, request, (context) =>
      readPiece(context, file, at),
    );
    // The length is told already: a download that breaks off shows as one.
    if (piece === null) throw new Error('the file has gone while it was sent');
    yield piece.subarray(0, end - at);
    at += piece.length;
  }
}
