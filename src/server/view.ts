import type { ApolloServer } from '@apollo/server';
import type { Graph } from '../gateway';
import { createApollo, type FormattedErrors } from './apollo';
import type { CostBuckets } from './cost-buckets';
import type { Metrics } from './metrics';
import { operationPlugin } from './operation-plugin';
import type { Served } from './served';
import type { Service } from './service';

/** A graph as clients of a door see it, with what runs it. */
export interface View {
  graph: Graph;
  apollo: ApolloServer<Served>;
}

/** What views of all doors share. */
export interface ViewParts {
  service: Service;
  metrics: Metrics;
  buckets: CostBuckets;
}

/** Puts Apollo Server before a graph and starts it. */
export async function createView(
  graph: Graph,
  { service, metrics, buckets }: ViewParts,
): Promise<View> {
  const { config, log } = service;
  const { limits } = config;
  const formatted: FormattedErrors = new WeakMap();
  const plugin = operationPlugin({ graph, limits, buckets, metrics, formatted });
  const apollo = createApollo({ schema: graph.schema, plugin, formatted, limits, log });
  await apollo.start();
  return { graph, apollo };
}
