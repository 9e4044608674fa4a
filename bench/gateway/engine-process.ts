import 'reflect-metadata';
import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import fastify from 'fastify';
import { createPartner, createSupergraphGraph, type Graph } from '../../src/gateway';
import type { Context } from '../../src/platform/graphql/context';
import { gatewayMetrics } from '../../src/server/gateway-metrics';
import { ownSubgraph } from '../../src/server/graphs/own-subgraph';
import { createMetrics } from '../../src/server/metrics';
import { announce, toyGraph } from './engine';
import { benchEnvironment, toyService } from './toy-service';

/**
 * Our gateway where the peers are measured: behind a bare Apollo Server and fastify, without the checks
 * and the limits of our own server.
 */
async function main(): Promise<void> {
  const service = toyService(benchEnvironment, toyGraph());
  const graph = graphOf(service);
  const context = service.contextFor({ kind: 'platform' }, 'bench', service.log);
  const server = new ApolloServer<Context>({
    schema: graph.schema,
    plugins: [
      { requestDidStart: async () => ({ responseForOperation: (asked) => answer(graph, asked) }) },
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await server.start();
  const app = fastify({ logger: false });
  app.post('/graphql', async (request, reply) => {
    const headers = new HeaderMap([['content-type', String(request.headers['content-type'])]]);
    const answered = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: request.method, headers, search: '', body: request.body },
      context: async () => ({ ...context }),
    });
    for (const [name, value] of answered.headers) void reply.header(name, value);
    const text = answered.body.kind === 'complete' ? answered.body.string : '';
    return reply.code(answered.status ?? 200).send(text);
  });
  announce({ graphql: `${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql` });
}

type Service = ReturnType<typeof toyService>;

function graphOf({ config, log, subgraphSchema, supergraphs }: Service): Graph {
  const supergraph = supergraphs.current();
  if (supergraph === null) throw new Error('A gateway needs a supergraph');
  const { limits } = config;
  const report = gatewayMetrics(createMetrics().registry);
  const own = ownSubgraph(subgraphSchema, limits);
  const partners = supergraph.partners.map((one) =>
    createPartner(one, { limits, log, report: report.partners }),
  );
  const subgraphs = new Map([own, ...partners].map((one) => [one.name, one]));
  return createSupergraphGraph({ supergraph, subgraphs, limits, report });
}

interface Asked {
  document: Parameters<Graph['execute']>[0]['document'];
  source: string;
  request: { operationName?: string; variables?: Record<string, unknown> };
  contextValue: Context;
}

async function answer(graph: Graph, { document, source, request, contextValue }: Asked) {
  const { operationName, variables } = request;
  const asked = { document, source, operationName, variables, context: contextValue };
  const singleResult = await graph.execute(asked);
  return {
    http: { status: undefined, headers: new HeaderMap() },
    body: { kind: 'single' as const, singleResult: singleResult as never },
  };
}

void main();
