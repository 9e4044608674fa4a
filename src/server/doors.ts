import type { ApolloServer } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { brandBucketOf } from '../brands';
import { sameHash, sha256 } from '../platform/auth/secrets';
import websocket from '@fastify/websocket';
import { RequestError } from '../platform/errors';
import { createApollo, type FormattedErrors } from './apollo';
import { allowOrigins } from './cors';
import { bucketsByKind, CostBuckets, type BucketOf } from './cost-buckets';
import { explorerRoutes, type ExplorerOptions } from './explorer';
import { serveOperation, type EndpointParts } from './graphql-endpoint';
import { eventStream } from './live/event-stream';
import { LiveOperations } from './live/live-operations';
import { webSocket } from './live/web-socket';
import { ShapeReader } from './limits/shape-limits';
import type { Metrics } from './metrics';
import { operationPlugin } from './operation-plugin';
import { acceptJson } from './request-body';
import type { Endpoint, Served } from './served';
import type { Service } from './service';

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

/** Adds `/graphql` for clients and `/subgraph` for routers, each over its own schema. */
export async function createDoors(app: FastifyInstance, parts: DoorParts): Promise<Doors> {
  const { service, explorer, metrics } = parts;
  const { limits } = service.config;
  app.decorateRequest('caller');
  await app.register(websocket, { options: { maxPayload: limits.bodyBytes } });
  const shared = { buckets: new CostBuckets(callerBuckets(service)), load: { open: 0 } };
  const clients = createEndpoint('graphql', service.publicSchema, parts, shared);
  const routers = createEndpoint('subgraph', service.subgraphSchema, parts, shared);
  await Promise.all([clients.apollo.start(), routers.apollo.start()]);
  const authenticate = async (request: FastifyRequest): Promise<void> => {
    request.caller = await service.authenticate(request.headers);
  };
  await app.register(async (scope) => {
    await allowOrigins(scope, service.config);
    await acceptJson(scope, limits.batchBodyBytes);
    const pages = explorerRoutes(scope, service.config, explorer);
    scope.route({
      method: 'GET',
      url: '/graphql',
      onRequest: [pages, authenticate],
      handler: (request, reply) => serveOperation(request, reply, clients),
      wsHandler: webSocket(clients.live),
    });
    scope.route({
      method: 'POST',
      url: '/graphql',
      onRequest: authenticate,
      handler: (request, reply) => serveOperation(request, reply, clients),
    });
  });
  await app.register(async (scope) => {
    await acceptJson(scope, limits.batchBodyBytes);
    scope.route({
      method: 'POST',
      url: '/subgraph',
      onRequest: [requireRouter(service.config.routerSecret), authenticate],
      handler: (request, reply) => serveOperation(request, reply, routers),
    });
    scope.route({
      method: 'GET',
      url: '/subgraph',
      config: { socketsOnly: true },
      onRequest: [requireRouter(service.config.routerSecret), authenticate],
      handler: postOnly,
      wsHandler: webSocket(routers.live),
    });
  });
  metrics.watchSubscriptions(() => clients.live.open + routers.live.open);
  return {
    async hangUp() {
      await Promise.all([clients.live.hangUp(), routers.live.hangUp()]);
    },
    async stop() {
      await Promise.all([clients.apollo.stop(), routers.apollo.stop()]);
    },
  };
}

function createEndpoint(
  endpoint: Endpoint,
  schema: GraphQLSchema,
  { service, metrics }: DoorParts,
  { buckets, load }: { buckets: CostBuckets; load: EndpointParts['load'] },
): EndpointParts {
  const { config, log } = service;
  const { limits } = config;
  const formatted: FormattedErrors = new WeakMap();
  const plugin = operationPlugin({ limits, buckets, metrics, formatted });
  const apollo: ApolloServer<Served> = createApollo({ schema, plugin, formatted, limits, log });
  const shapes = new ShapeReader(limits);
  const live = new LiveOperations({ service, schema, shapes, buckets });
  return { endpoint, service, apollo, shapes, load, live, streams: eventStream(live) };
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
