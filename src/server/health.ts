import type { FastifyInstance } from 'fastify';
import type { PartnerHealth } from '../gateway';
import type { StandbyHealth } from '../platform/database/standby/standby';
import { UnavailableError } from '../platform/errors';
import { sendError } from './json-errors';
import type { Metrics } from './metrics';

/** The database must answer a readiness check within this time. */
const pingMs = 1000;

/** What the health routes look at. */
export interface Health {
  ping: () => Promise<void>;
  draining: () => boolean;
  metrics: Metrics;
  /** How partners' subgraphs fare, and what is wrong with the supergraph; empty without any. */
  subgraphs: () => SubgraphTable;
  /** How the standbys fare; null where there are none. One that is down never makes the service unready. */
  standbys: () => StandbyHealth[] | null;
}

/** What `/health/ready?verbose` adds. A partner that is down never makes the service unready. */
export interface SubgraphTable {
  subgraphs: PartnerHealth[];
  /** Why the newest configuration or schema is not served; empty when it is. */
  problems: string[];
}

/**
 * `/health/live` says that the process turns, `/health/ready` that it may get traffic, `/metrics` how it
 * fares. None needs a key or waits for a connection of the pool longer than a second.
 */
export function healthRoutes(
  app: FastifyInstance,
  { ping, draining, metrics, subgraphs, standbys }: Health,
): void {
  const { registry } = metrics;
  const table = (): object => {
    const found = standbys();
    return found === null ? subgraphs() : { ...subgraphs(), standbys: found };
  };
  const answers = sharedPing(ping);
  const method = ['GET', 'HEAD'];
  app.route({ method, url: '/health/live', handler: async () => ({ status: 'live' }) });
  app.route({
    method,
    url: '/health/ready',
    async handler(request, reply) {
      const ready = !draining() && (await answers());
      const verbose = 'verbose' in (request.query as object);
      if (ready) return { status: 'ready', ...(verbose ? table() : {}) };
      return sendError(request, reply, new UnavailableError(draining() ? 'draining' : 'database'));
    },
  });
  app.route({
    method,
    url: '/metrics',
    async handler(_request, reply) {
      return reply.type(registry.contentType).send(await registry.metrics());
    },
  });
}

/** Checks that come while one is under way share it, so that asking often costs one connection. */
function sharedPing(ping: () => Promise<void>): () => Promise<boolean> {
  let underWay: Promise<boolean> | null = null;
  return () => {
    underWay ??= within(pingMs, ping()).finally(() => (underWay = null));
    return underWay;
  };
}

async function within(milliseconds: number, work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const done = work.then(
    () => true,
    () => false,
  );
  return Promise.race([done, late]).finally(() => clearTimeout(timer));
}
