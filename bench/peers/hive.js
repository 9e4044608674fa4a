const { createGatewayRuntime } = require('@graphql-hive/gateway-runtime');
const { unifiedGraphHandler } = require('@graphql-hive/router-runtime');
const { defaultPrintFn } = require('@graphql-mesh/transport-common');
const http = require('@graphql-mesh/transport-http');
const graphql = require('graphql');
const { createServer } = require('node:http');
const { announce, toyGraph } = require('../../dist/bench/gateway/engine.js');
const { listenOnAnyPort } = require('../../dist/bench/gateway/plain-http.js');
const { rewardsSchema } = require('../../dist/bench/gateway/toy-schemas.js');
const undiciClient = require('./undici-client.js');

/** Our own subgraph in the gateway's process, executed as the service executes it. */
const local = {
  getSubgraphExecutor() {
    const schema = rewardsSchema(graphql);
    return ({ document, variables }) =>
      graphql.execute({ schema, document, variableValues: variables });
  },
};

/** A partner by undici instead of the client that comes with the gateway. */
const byUndici = {
  getSubgraphExecutor({ transportEntry }) {
    const ask = undiciClient(transportEntry.location);
    return ({ document, variables }) => ask(defaultPrintFn(document), variables);
  },
};

async function main() {
  const { supergraphSdl } = toyGraph();
  const gateway = createGatewayRuntime({
    supergraph: () => supergraphSdl,
    unifiedGraphHandler,
    transports: { http: process.env.HTTP_CLIENT === 'undici' ? byUndici : http, local },
    transportEntries: { rewards: { kind: 'local' } },
    logging: false,
    landingPage: false,
  });
  const server = createServer(gateway);
  announce({ graphql: `${await listenOnAnyPort(server)}/graphql` });
}

void main();
