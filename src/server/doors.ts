import websocket from '@fastify/websocket';
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { brandBucketOf } from '../brands';
import { sameHash, sha256 } from '../platform/auth/secrets';
import { RequestError } from '../platform/errors';
import { Admission } from './admission';
import { allowOrigins } from './cors';
import { bucketsByKind, CostBuckets, type BucketOf } from './cost-buckets';
import type { DocumentLookup } from './documents/document-lookup';
import { findDocument } from './documents/find-document';
import { openDocuments } from './documents/open-documents';
import { contractEndpoints, endpoints } from './endpoints';
import { explorerRoutes, type ExplorerOptions } from './explorer';
import { serveOperation, type EndpointParts } from './graphql-endpoint';
import { ownGraph } from './graphs/own-graph';
import { serveGraphs } from './graphs/served-graphs';
import type { SubgraphTable } from './health';
import type { Metrics } from './metrics';
import { acceptJson } from './request-body';
import type { Service } from './service';
import { createView } from './view';

/** What the two doors are made of. */
export interface DoorParts {
  service: Service;
  metrics: Metrics;
  explorer?: ExplorerOptions;
}

/** The GraphQL routes, running. */
export interface Doors {
  subgraphs: () => SubgraphTable;
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
  const admission = new Admission(limits, service.log);
  metrics.watchAdmission(admission);
  const endpoint = endpoints(viewParts, admission);
  const schema = () => graphs.current().graph.schema;
  const documents = await openDocuments({ service, metrics, schema });
  const clients = endpoint('graphql', graphs.current, documents.lookup);
  const routers = endpoint('subgraph', () => subgraph);
  const contracts = contractEndpoints(graphs, endpoint, documents.lookup);
  // Before anything is known of a request or read of its body: turning away must cost next to nothing.
  const admit: onRequestHookHandler = (_request, _reply, done) => {
    admission.check();
    done();
  };
  const authenticate = async (request: FastifyRequest): Promise<void> => {
    request.caller = await service.authenticate(request.headers);
  };
  await app.register(async (scope) => {
    await allowOrigins(scope, service.config);
    await acceptJson(scope, limits.batchBodyBytes);
    const pages = explorerRoutes(scope, service.config, explorer);
    const door = { service, documents: documents.lookup, takesGet: true };
    const onRequest = [pages, admit, authenticate];
    doorRoutes(scope, { ...door, url: '/graphql', endpointOf: () => clients, onRequest });
    const endpointOf = ({ params }: FastifyRequest) =>
      contracts.of((params as { contract: string }).contract);
    doorRoutes(scope, {
      ...door,
      url: '/graphql/:contract',
      endpointOf,
      onRequest: [admit, authenticate],
    });
  });
  await app.register(async (scope) => {
    await acceptJson(scope, limits.batchBodyBytes);
    const onRequest = [admit, requireRouter(routerSecret), authenticate];
    const endpointOf = () => routers;
    doorRoutes(scope, { service, url: '/subgraph', endpointOf, onRequest, takesGet: false });
  });
  const all = () => [clients, routers, ...contracts.all()].map(({ live }) => live);
  metrics.watchSubscriptions(() => all().reduce((sum, { open }) => sum + open, 0));
  return {
    subgraphs: () => ({ subgraphs: graphs.partners(), problems: service.supergraphs.problems() }),
    async hangUp() {
      await Promise.all(all().map((live) => live.hangUp()));
    },
    async stop() {
      admission.stop();
      documents.close();
      await Promise.all([graphs.stop(), subgraph.apollo.stop()]);
    },
  };
}

interface DoorRoutes {
  url: string;
  /** Throws RequestError NOT_FOUND where nothing is served. */
  endpointOf: (request: FastifyRequest) => EndpointParts;
  service: Service;
  /** Where documents may be sent by id. */
  documents?: DocumentLookup;
  onRequest: onRequestHookHandler[];
  /** Whether queries may come by GET; routers send theirs by POST. */
  takesGet: boolean;
}

function doorRoutes(scope: FastifyInstance, door: DoorRoutes): void {
  const { url, endpointOf, documents, takesGet, service } = door;
  const serve = (request: FastifyRequest, reply: FastifyReply) =>
    serveOperation(request, reply, endpointOf(request));
  const exists: onRequestHookHandler = (request, _reply, done) => {
    endpointOf(request);
    done();
  };
  const onRequest = [exists, ...door.onRequest];
  const preHandler = documents === undefined ? [] : [findDocument(documents, service)];
  scope.route({
    method: 'GET',
    url,
    config: { socketsOnly: !takesGet },
    onRequest,
    preHandler,
    handler: takesGet ? serve : postOnly,
    wsHandler(socket, request) {
      return endpointOf(request).sockets.call(this, socket, request);
    },
  });
  scope.route({ method: 'POST', url, onRequest, preHandler, handler: serve });
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
