import { HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../platform/auth/caller';
import { positionHeader } from '../platform/database/standby/position';
import { RequestError, UnavailableError } from '../platform/errors';
import type { Admission } from './admission';
import { mayIntrospect } from './introspection';
import { sendError } from './json-errors';
import type { EventStream } from './live/event-stream';
import type { LiveOperations } from './live/live-operations';
import type { webSocket } from './live/web-socket';
import type { OperationShape } from './limits/document-shape';
import { checkShape, chosenOperation, type ShapeReader } from './limits/shape-limits';
import type { Endpoint, Served } from './served';
import type { Service } from './service';
import { traced } from './tracing';
import type { View } from './view';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; set before the body is read. */
    caller: Caller;
  }
}

/** The mutations whose body may be larger: they carry hundreds of events. */
const batchMutations = ['recordAttentionBatch', 'importEvents'];

/** What serving operations at one of the two doors takes. */
export interface EndpointParts {
  endpoint: Endpoint;
  service: Service;
  /** What is served now; another after the supergraph has changed. */
  view: () => View;
  shapes: ShapeReader;
  /** Counts the operations under way at both doors. */
  admission: Admission;
  live: LiveOperations;
  streams: EventStream;
  /** One for all connections: it listens to the server of all of them. */
  sockets: ReturnType<typeof webSocket>;
}

/** Answers one GraphQL request; the caller is known and the body is parsed. */
export async function serveOperation(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: EndpointParts,
): Promise<FastifyReply> {
  const { service, endpoint, admission } = parts;
  admission.check();
  if (asksForStream(request, parts)) return parts.streams(request, reply);
  if (!acceptsAnswer(request)) {
    const refusal = new RequestError('BAD_REQUEST', 'Answers are application/json.');
    return sendError(request, reply, refusal, 406);
  }
  const operation = refuse(request, reply, parts);
  const log = service.log.child({ requestId: request.id });
  const context = service.contextFor(request.caller, request.id, log);
  context.clientHeaders = request.headers;
  // A mutation reads what it has written: it waits for that, or does not begin.
  if (operation?.type === 'query') context.reads.hurry();
  else if (context.reads.crowded) throw new UnavailableError('load');
  const showsCost = request.headers['x-cost'] !== undefined;
  const showsPlan = service.config.developerTools && request.headers['x-query-plan'] !== undefined;
  const served: Served = Object.assign(context, {
    served: { endpoint, address: request.ip, showsCost, showsPlan },
  });
  admission.open += 1;
  try {
    const spanned = {
      'http.request.method': request.method,
      'http.route': request.routeOptions.url,
    };
    const answer = await traced(request.headers, spanned, () => run(request, served, parts));
    const { position } = context.reads;
    if (position !== null) void reply.header(positionHeader, position);
    void send(reply, answer);
  } finally {
    admission.open -= 1;
    context.reads.close().catch(() => log.warn('a read session did not end cleanly'));
  }
  return reply;
}

function run(
  request: FastifyRequest,
  served: Served,
  { view }: EndpointParts,
): Promise<HTTPGraphQLResponse> {
  return view().apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method,
      headers: headersForApollo(request),
      search: searchOf(request),
      body: request.body,
    },
    context: async () => served,
  });
}

/** Whether it is a subscription whose sender reads server-sent events. */
function asksForStream(request: FastifyRequest, { shapes }: EndpointParts): boolean {
  if (request.method !== 'POST' || !/text\/event-stream/i.test(request.headers.accept ?? '')) {
    return false;
  }
  const { query, operationName } = documentOf(request);
  const shape = typeof query === 'string' ? shapes.read(query) : null;
  return shape !== null && chosenOperation(shape, operationName)?.type === 'subscription';
}

/**
 * Holds a document against the limits before anything expensive looks at it, and answers the operation
 * that will run; undefined where Apollo Server will refuse. Throws RequestError.
 */
function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: EndpointParts,
): OperationShape | undefined {
  const { shapes, service, endpoint } = parts;
  const { limits } = service.config;
  const { query, operationName } = documentOf(request);
  const shape = typeof query === 'string' ? shapes.read(query) : null;
  const operation = shape === null ? undefined : chosenOperation(shape, operationName);
  const isBatch = batchMutations.some((name) => operation?.rootNames.has(name) === true);
  if (request.bodyBytes > limits.bodyBytes && !isBatch) {
    throw new RequestError('PAYLOAD_TOO_LARGE');
  }
  if (operation === undefined) return undefined;
  checkShape(operation, limits);
  if (operation.type === 'subscription') {
    throw new RequestError('BAD_REQUEST', 'Subscriptions need text/event-stream or a WebSocket.');
  }
  const open = endpoint === 'subgraph' || mayIntrospect(request.caller, service.config);
  if (!open && introspects(operation)) throw new RequestError('INTROSPECTION_DISABLED');
  if (operation.type === 'mutation' && request.method === 'GET') {
    void reply.header('allow', 'POST');
    throw new RequestError('METHOD_NOT_ALLOWED');
  }
  return operation;
}

function introspects({ rootNames }: OperationShape): boolean {
  return rootNames.has('__schema') || rootNames.has('__type');
}

/** The document as sent, unchecked: Apollo Server refuses what is no string. */
function documentOf(request: FastifyRequest): { query?: unknown; operationName?: string | null } {
  if (request.method !== 'GET') {
    const { body } = request;
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {};
  }
  const search = new URLSearchParams(searchOf(request));
  return { query: search.get('query'), operationName: search.get('operationName') };
}

function searchOf(request: FastifyRequest): string {
  const at = request.url.indexOf('?');
  return at < 0 ? '' : request.url.slice(at);
}

/** Only what decides about the form of request and answer; nothing that switches tracing on. */
function headersForApollo({ headers }: FastifyRequest): HeaderMap {
  const names = ['content-type', 'accept', 'apollo-require-preflight', 'x-apollo-operation-name'];
  const map = new HeaderMap();
  for (const name of names) {
    const value = headers[name];
    if (value !== undefined) map.set(name, String(value));
  }
  return map;
}

/** Asked before execution: a mutation must not run and then be refused its answer. */
function acceptsAnswer({ headers }: FastifyRequest): boolean {
  const { accept } = headers;
  return (
    accept === undefined || /\*\/\*|application\/(\*|json|graphql-response\+json)/i.test(accept)
  );
}

function send(reply: FastifyReply, answer: HTTPGraphQLResponse): FastifyReply {
  if (answer.body.kind !== 'complete') throw new Error('an answer came in parts');
  for (const [name, value] of answer.headers) void reply.header(name, value);
  return reply.code(answer.status ?? 200).send(answer.body.string);
}
