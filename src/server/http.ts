import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { STATUS_CODES } from 'node:http';
import { uuidv7 } from 'uuidv7';
import { RequestError, UnavailableError, type RequestErrorCode } from '../platform/errors';
import { formatError } from '../platform/graphql/format-error';
import { createDoors } from './doors';
import type { ExplorerOptions } from './explorer';
import { healthRoutes } from './health';
import { asRefusal, errorBody, mediaType, sendError } from './json-errors';
import { createMetrics, type Metrics } from './metrics';
import { RouteTable } from './route-table';
import type { Service } from './service';
import { watchStandbys } from './standby-metrics';

/** Adds routes of its own, in a scope without body parsers; `acceptRawBody` and `acceptJson` add one. */
export type Routes = (scope: FastifyInstance, service: Service) => void | Promise<void>;

/** What a server may be given beside the service. */
export interface HttpOptions {
  /** The registry the command batcher reports to; one of its own when absent. */
  metrics?: Metrics;
  explorer?: ExplorerOptions;
  routes?: Routes[];
}

/** The service on a port. */
export interface HttpServer {
  /** Starts to listen where the configuration says; `url` has no path. */
  listen(): Promise<{ url: string }>;
  /**
   * Stops listening, answers 503 to what still arrives, lets requests in flight finish for at most
   * the drain time and closes every connection. The service itself stays open.
   */
  close(): Promise<void>;
}

/** Puts HTTP before a service: the two GraphQL doors, health, metrics, explorer and further routes. */
export async function createHttpServer(
  service: Service,
  options: HttpOptions = {},
): Promise<HttpServer> {
  const { config, log } = service;
  const metrics = options.metrics ?? createMetrics();
  metrics.watchLanes(() => service.commands.depth);
  const state = { draining: false };
  const app = createApp(service);
  const table = new RouteTable(app);
  guardRequests(app, state, table);
  recordRequests(app, service, metrics);
  answerErrors(app, service, metrics);
  const ping = (): Promise<void> => service.database.ping();
  const doors = await createDoors(app, { service, metrics, explorer: options.explorer });
  const { subgraphs } = doors;
  const { standbys } = service.database;
  if (standbys !== null) watchStandbys(metrics.registry, standbys);
  healthRoutes(app, {
    ping,
    draining: () => state.draining,
    metrics,
    subgraphs,
    standbys: () => standbys && standbys.health(),
  });
  for (const routes of options.routes ?? []) {
    await app.register(async (scope) => routes(scope, service));
  }
  return {
    async listen() {
      const { host, port } = config;
      // Who may be let in may also wait to be taken in; beyond its list the kernel drops connections in silence.
      const url = await app.listen({ host, port, backlog: service.config.limits.inFlight });
      config.publicUrl ??= url;
      return { url };
    },
    async close() {
      state.draining = true;
      const timer = setTimeout(() => {
        log.warn('requests in flight were cut off at the end of the drain time');
        app.server.closeAllConnections();
      }, config.limits.drainMs);
      await doors.hangUp();
      await app.close();
      clearTimeout(timer);
      await doors.stop();
    },
  };
}

function createApp({ config: { limits } }: Service): FastifyInstance {
  const app = fastify({
    logger: false,
    genReqId: () => uuidv7(),
    exposeHeadRoutes: false,
    return503OnClosing: false,
    bodyLimit: limits.bodyBytes,
    // A link of a mail is longer than the hundred characters that patterns in routes would be kept to.
    routerOptions: { maxParamLength: limits.headerBytes },
    keepAliveTimeout: limits.requestMs,
    requestTimeout: limits.requestMs,
    clientErrorHandler: refuseConnection,
    frameworkErrors: (_error, request, reply) => {
      void sendError(request, reply, new RequestError('BAD_REQUEST'));
    },
    http: {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.requestMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: 1000,
      // Node would answer without a body; our own check answers in JSON.
      requireHostHeader: false,
    },
  });
  app.removeAllContentTypeParsers();
  app.server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    app.server.emit('request', request, response);
  });
  return app;
}

/** What Node's parser refuses never becomes a request: it is answered on the bare connection. */
function refuseConnection(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const codes: Record<string, RequestErrorCode> = {
    HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
    ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
  };
  const refusal = new RequestError(codes[error.code ?? ''] ?? 'BAD_REQUEST');
  const body = errorBody(refusal);
  const head = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function guardRequests(
  app: FastifyInstance,
  state: { draining: boolean },
  table: RouteTable,
): void {
  const answerNoRoute = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const allowed = table.methodsOf(request.url);
    if (allowed.length === 0) return sendError(request, reply, new RequestError('NOT_FOUND'));
    void reply.header('allow', allowed.join(', '));
    return sendError(request, reply, new RequestError('METHOD_NOT_ALLOWED'));
  };
  app.setNotFoundHandler(answerNoRoute);
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff' });
    // Here rather than in the handler, which would first read the body.
    if (request.is404) return answerNoRoute(request, reply);
    if (request.headers.host === undefined && request.raw.httpVersion === '1.1') {
      throw new RequestError('BAD_REQUEST', 'The Host header is missing.');
    }
    const watched = /^\/(health|metrics)/.test(request.url);
    if (state.draining && !watched) throw new UnavailableError('draining');
    return undefined;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (state.draining) void reply.header('connection', 'close');
  });
}

/** One line a request: who by kind, what by route, how it ended; no address, header or content. */
function recordRequests(app: FastifyInstance, { log }: Service, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none');
    const { method, id: requestId } = request;
    const { statusCode: status, elapsedTime } = reply;
    metrics.request(route, method, status, elapsedTime);
    if (/^\/(health|metrics)/.test(route)) return;
    const milliseconds = Math.round(elapsedTime);
    const caller = (request.caller as { kind: string } | undefined)?.kind;
    log.info({ requestId, method, route, status, milliseconds, caller }, 'request');
  });
}

function answerErrors(app: FastifyInstance, { log }: Service, metrics: Metrics): void {
  app.setErrorHandler((error, request, reply) => {
    const endpoint = /^\/(graphql|subgraph)$/.exec(request.routeOptions.url ?? '')?.[1];
    const refusal = asRefusal(error);
    if (endpoint !== undefined) metrics.operation(endpoint, 'none', refusal?.code ?? 'INTERNAL');
    if (refusal !== null) return sendError(request, reply, refusal);
    const shown = formatError(error, log.child({ requestId: request.id }), () => uuidv7());
    const status = shown.extensions?.['code'] === 'UNAVAILABLE' ? 503 : 500;
    return reply
      .code(status)
      .type(mediaType(request))
      .send(JSON.stringify({ errors: [shown] }));
  });
}
