import websocket from '@fastify/websocket';
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { brandBucketOf } from '../brands';
import { sameHash, sha256 } from '../platform/auth/secrets';
import { RequestError } from '../platform/errors';
import { allowOrigins } from './cors';
import { bucketsByKind, CostBuckets, type BucketOf } from './cost-buckets';
import type { DocumentLookup } from './documents/document-lookup';
import { findDocument } from './documents/find-document';
import { openDocuments } from './documents/open-documents';
import { explorerRoutes, type ExplorerOptions } from './explorer';
import { serveOperation, type EndpointParts } from './graphql-endpoint';
import { ownGraph } from './graphs/own-graph';
import { serveGraphs } from './graphs/served-graphs';
import { eventStream } from './live/event-stream';
import { LiveCount } from './live/live-count';
import { LiveOperations } from './live/live-operations';
import { webSocket } from './live/web-socket';
import { ShapeReader } from './limits/shape-limits';
import type { Metrics } from './metrics';
import { acceptJson } from './request-body';
import type { Endpoint } from './served';
import type { Service } from './service';
import { createView, type View } from './view';

/** What the two doors are made of. */
export interface DoorParts {
  service: Service;
  metrics: Metrics;
  explorer?: ExplorerOptions;
}

/** The GraphQL routes, running. */
export interface Doors {
  /** Ends all subscriptions. */
  hangUp(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Adds `/graphql` for clients and `/subgraph` for routers. What clients are served may change while the
 * server runs; a request ends with what it began with.
 */
export async function createDoors(app: FastifyInstance, parts: DoorParts): Promise<Doors> {
  const { service, explorer, metrics } = parts;
  const { limits, routerSecret } = service.config;
  app.decorateRequest('caller');
  await app.register(websocket, { options: { maxPayload: limits.bodyBytes } });
  const viewParts = { service, metrics, buckets: new CostBuckets(callerBuckets(service)) };
  const graphs = await serveGraphs(viewParts);
  const subgraph = await createView(ownGraph(service.subgraphSchema, limits), viewParts);
  const load = { open: 0 };
  const endpoint = (name: Endpoint, view: () => View): EndpointParts => {
    const { buckets } = viewParts;
    const shapes = new ShapeReader(limits);
    const count = new LiveCount(limits);
    const graph = () => view().graph;
    const live = new LiveOperations({ service, graph, count, shapes, buckets });
    return { endpoint: name, service, view, shapes, load, live, streams: eventStream(live) };
  };
  const clients = endpoint('graphql', graphs.current);
  const routers = endpoint('subgraph', () => subgraph);
  const schema = () => graphs.current().graph.schema;
  const documents = await openDocuments({ service, metrics, schema });
  const authenticate = async (request: FastifyRequest): Promise<void> => {
    request.caller = await service.authenticate(request.headers);
  };
  await app.register(async (scope) => {
    await allowOrigins(scope, service.config);
    await acceptJson(scope, limits.batchBodyBytes);
    const pages = explorerRoutes(scope, service.config, explorer);
    const get = (request: FastifyRequest, reply: FastifyReply) =>
      serveOperation(request, reply, clients);
    doorRoutes(scope, {
      url: '/graphql',
      endpoint: clients,
      documents: documents.lookup,
      onRequest: [pages, authenticate],
      get,
    });
  });
  await app.register(async (scope) => {
    await acceptJson(scope, limits.batchBodyBytes);
    const onRequest = [requireRouter(routerSecret), authenticate];
    doorRoutes(scope, { url: '/subgraph', endpoint: routers, onRequest, get: postOnly });
  });
  metrics.watchSubscriptions(() => clients.live.open + routers.live.open);
  return {
    async hangUp() {
      await Promise.all([clients.live.hangUp(), routers.live.hangUp()]);
    },
    async stop() {
      documents.close();
      await Promise.all([graphs.stop(), subgraph.apollo.stop()]);
    },
  };
}

interface DoorRoutes {
  url: string;
  endpoint: EndpointParts;
  /** Where documents may be sent by id. */
  documents?: DocumentLookup;
  onRequest: onRequestHookHandler[];
  /** What a GET that is no WebSocket gets. */
  get: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> | never;
}

function doorRoutes(scope: FastifyInstance, door: DoorRoutes): void {
  const { url, endpoint, documents, onRequest, get } = door;
  const preHandler = documents === undefined ? [] : [findDocument(documents, endpoint.service)];
  scope.route({
    method: 'GET',
    url,
    config: { socketsOnly: get === postOnly },
    onRequest,
    preHandler,
    handler: get,
    wsHandler: webSocket(endpoint.live, documents),
  });
  scope.route({
    method: 'POST',
    url,
    onRequest,
    preHandler,
    handler: (request, reply) => serveOperation(request, reply, endpoint),
  });
}

/** A brand's own setting, else the default of its kind. */
function callerBuckets({ config }: Service): BucketOf {
  const byKind = bucketsByKind(config.limits);
  return (caller) => {
    const { size, perSecond } = byKind(caller);
    const own = brandBucketOf(caller);
    return { size: own?.size ?? size, perSecond: own?.perSecond ?? perSecond };
  };
}

/** A GET that is no WebSocket: routers send their operations by POST. */
function postOnly(_request: FastifyRequest, reply: FastifyReply): never {
  void reply.header('allow', 'POST');
  throw new RequestError('METHOD_NOT_ALLOWED');
}

/** Compares hashes, so that the time says nothing about the secret, and before the body is read. */
function requireRouter(secret: string) {
  const expected = sha256(secret);
  return async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    const given = request.headers['x-router-secret'];
    if (typeof given !== 'string' || !sameHash(sha256(given), expected)) {
      throw new RequestError('UNAUTHENTICATED', 'The router secret is missing or wrong.');
    }
  };
}
