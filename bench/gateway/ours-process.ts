import 'reflect-metadata';
import { createHttpServer } from '../../src/server/http';
import { announce, toyGraph } from './engine';
import { toyService } from './toy-service';

/** The server of this project over the toy service; given a toy graph, as a gateway. */
async function main(): Promise<void> {
  const secret = 'a-secret-for-the-benchmark';
  const environment = {
    NODE_ENV: 'production',
    DATABASE_URL: 'postgres://nobody@localhost/none',
    PORT: '0',
    LOG_LEVEL: 'silent',
    PLATFORM_KEY: secret,
    ROUTER_SECRET: secret,
    TOKEN_SECRET: secret,
  };
  const service = toyService(environment, toyGraph());
  const server = await createHttpServer(service);
  const { url } = await server.listen();
  announce({ graphql: `${url}/graphql`, subgraph: `${url}/subgraph` });
}

void main();
