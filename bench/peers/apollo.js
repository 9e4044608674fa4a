const { ApolloServer, HeaderMap } = require('@apollo/server');
const disabled = require('@apollo/server/plugin/disabled');
const { ApolloGateway, RemoteGraphQLDataSource } = require('@apollo/gateway');
const fastify = require('fastify');
const graphql = require('graphql');
const { announce, toyGraph } = require('../../dist/bench/gateway/engine.js');
const { rewardsSchema } = require('../../dist/bench/gateway/toy-schemas.js');
const undiciClient = require('./undici-client.js');

/** Our own subgraph in the gateway's process, executed as the service executes it. */
class InProcess {
  schema = rewardsSchema(graphql);
  documents = new Map();

  async process({ request }) {
    const document = this.documents.get(request.query) ?? graphql.parse(request.query);
    this.documents.set(request.query, document);
    return graphql.execute({ schema: this.schema, document, variableValues: request.variables });
  }
}

/** A partner by undici instead of the client that comes with the gateway. */
class ByUndici {
  constructor(url) {
    this.ask = undiciClient(url);
  }

  process({ request }) {
    return this.ask(request.query, request.variables);
  }
}

async function main() {
  const { supergraphSdl } = toyGraph();
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger: { debug() {}, info() {}, warn: console.warn, error: console.error },
    buildService({ name, url }) {
      if (name === 'rewards') return new InProcess();
      if (process.env.HTTP_CLIENT === 'undici') return new ByUndici(url);
      return new RemoteGraphQLDataSource({ url });
    },
  });
  const server = new ApolloServer({
    gateway,
    plugins: [
      disabled.ApolloServerPluginCacheControlDisabled(),
      disabled.ApolloServerPluginInlineTraceDisabled(),
      disabled.ApolloServerPluginLandingPageDisabled(),
      disabled.ApolloServerPluginSchemaReportingDisabled(),
      disabled.ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await server.start();
  const app = fastify({ logger: false });
  app.post('/graphql', async (request, reply) => {
    const answer = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method,
        headers: new HeaderMap([['content-type', request.headers['content-type']]]),
        search: '',
        body: request.body,
      },
      context: async () => ({}),
    });
    for (const [name, value] of answer.headers) reply.header(name, value);
    return reply.code(answer.status ?? 200).send(answer.body.string);
  });
  announce({ graphql: `${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql` });
}

void main();
