import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequestError, type RequestErrorCode } from '../platform/errors';

/** The media type of an answer: what the caller asked for by name, else plain JSON. */
export function mediaType(request: FastifyRequest): string {
  const graphql = 'application/graphql-response+json';
  const accepted = request.headers.accept ?? '';
  return `${accepted.includes(graphql) ? graphql : 'application/json'}; charset=utf-8`;
}

/** The body every refusal outside GraphQL has, in the shape of a GraphQL answer. */
export function errorBody(error: RequestError): string {
  const extensions = { code: error.code, ...error.extensions };
  return JSON.stringify({ errors: [{ message: error.message, extensions }] });
}

/** Answers with one refusal; `status` only where HTTP has a finer one than the code. */
export function sendError(
  request: FastifyRequest,
  reply: FastifyReply,
  error: RequestError,
  status = error.status,
): FastifyReply {
  const seconds = retryAfter(error);
  if (seconds !== null) void reply.header('retry-after', seconds);
  return reply.code(status).type(mediaType(request)).send(errorBody(error));
}

/** Seconds after which a refusal that passes by itself may be tried again; null for the others. */
export function retryAfter(error: unknown): number | null {
  const seconds = (error as { retryAfterSeconds?: unknown } | null | undefined)?.retryAfterSeconds;
  return typeof seconds === 'number' ? seconds : null;
}

/** What Fastify and its plugins call the mistakes of a sender. */
const refusals: Record<string, RequestErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_CP_ERR_INVALID_CONTENT_ENCODING: 'UNSUPPORTED_MEDIA_TYPE',
};

/** A sender's mistake as a refusal of ours; null when the fault is not the sender's. */
export function asRefusal(error: unknown): RequestError | null {
  if (error instanceof RequestError) return error;
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  const known = refusals[code ?? ''];
  if (known !== undefined) return new RequestError(known);
  return statusCode !== undefined && statusCode < 500 ? new RequestError('BAD_REQUEST') : null;
}
