import * as graphql from 'graphql';
import { apiSchemaOf, type Supergraph } from '../../src/gateway';
import { loadConfig } from '../../src/platform/config';
import type { Context } from '../../src/platform/graphql/context';
import { createLog } from '../../src/platform/log';
import type { Service } from '../../src/server/service';
import type { ToyGraph } from './engine';
import { rewardsSchema, toySdl } from './toy-schemas';

const secret = 'a-secret-for-the-benchmark';

/** A server in production, as far as a toy can be. */
export const benchEnvironment = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://nobody@localhost/none',
  PORT: '0',
  LOG_LEVEL: 'silent',
  PLATFORM_KEY: secret,
  ROUTER_SECRET: secret,
  TOKEN_SECRET: secret,
};

/**
 * The service as the server takes it, with the toy schema instead of ours and nothing behind it: what
 * is measured is the server, not the database. Who asks is always the platform, with no limit on cost.
 * With a toy graph it is a gateway before the two partners.
 */
export function toyService(environment: NodeJS.ProcessEnv, toy: ToyGraph | null): Service {
  const config = loadConfig(environment);
  const log = createLog('silent');
  const schema = rewardsSchema(graphql);
  const unlimited = { platformBucket: 1e12, platformBucketPerSecond: 1e12, operationCost: 1e9 };
  Object.assign(config.limits, unlimited);
  const parts = {
    config,
    log,
    features: [],
    publicSchema: schema,
    subgraphSchema: schema,
    sdl: toySdl.rewards,
    supergraphs: {
      current: () => toy && supergraphOf(toy, schema),
      onChange: () => undefined,
      problems: () => [],
    },
    authenticate: async () => ({ kind: 'platform' }),
    contextFor: (caller: Context['caller'], requestId: string) => ({
      caller,
      config,
      log,
      requestId,
      reads: { statements: 0, close: async () => undefined },
    }),
    commands: { depth: 0 },
    database: { ping: async () => undefined },
    close: async () => undefined,
  };
  // Whatever is missing belongs to resolvers that the toy schema does not have.
  return parts as unknown as Service;
}

function supergraphOf(toy: ToyGraph, schema: graphql.GraphQLSchema): Supergraph {
  const partner = (name: string, url: string) => ({
    name,
    url,
    headers: {},
    forward: [],
    subscriptions: { protocol: 'sse' as const, url },
  });
  return {
    sdl: toy.supergraphSdl,
    schema: apiSchemaOf(toy.supergraphSdl, schema),
    contracts: new Map(),
    partners: [partner('orders', toy.ordersUrl), partner('crm', toy.crmUrl)],
    policies: new Map(),
  };
}
