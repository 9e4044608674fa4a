import 'reflect-metadata';
import { createHttpServer } from '../../src/server/http';
import { announce, toyGraph } from './engine';
import { benchEnvironment, toyService } from './toy-service';

/** The server of this project over the toy service; given a toy graph, as a gateway. */
async function main(): Promise<void> {
  const service = toyService(benchEnvironment, toyGraph());
  const server = await createHttpServer(service);
  const { url } = await server.listen();
  announce({ graphql: `${url}/graphql`, subgraph: `${url}/subgraph` });
}

void main();
