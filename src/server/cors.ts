import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../platform/config';
import { positionHeader } from '../platform/database/standby/position';

/** Where Apollo Sandbox runs: a page in the developer's browser that calls this machine. */
const sandboxOrigin = 'https://studio.apollographql.com';

/**
 * Lets pages of the configured origins, and in development Apollo Sandbox, call the routes of a scope.
 * No other origin gets a header, and none gets credentials: keys travel in a header, not in cookies.
 */
export async function allowOrigins(scope: FastifyInstance, config: Config): Promise<void> {
  const allowed = new Set(config.corsOrigins);
  if (config.developerTools) {
    allowed.add(sandboxOrigin);
    allowPrivateNetwork(scope, allowed);
  }
  // Where no page may call, none is told so: a browser takes silence for a refusal.
  if (allowed.size === 0) return;
  await scope.register(cors, {
    origin: (origin, tell) => tell(null, origin !== undefined && allowed.has(origin)),
    methods: ['GET', 'POST'],
    allowedHeaders: [
      'content-type',
      'authorization',
      'apollo-require-preflight',
      'x-apollo-operation-name',
      'x-cost',
      'x-query-plan',
      positionHeader,
    ],
    exposedHeaders: ['retry-after', 'x-request-id', positionHeader],
    strictPreflight: false,
    maxAge: 600,
  });
}

function allowPrivateNetwork(scope: FastifyInstance, allowed: ReadonlySet<string>): void {
  scope.addHook('onRequest', (request, reply, done) => {
    const { origin } = request.headers;
    const asksForPrivate = request.headers['access-control-request-private-network'] === 'true';
    if (asksForPrivate && origin !== undefined && allowed.has(origin)) {
      void reply.header('access-control-allow-private-network', 'true');
    }
    done();
  });
}
