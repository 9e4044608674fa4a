import * as graphql from 'graphql';
import { createServer } from 'node:http';
import { announce } from './engine';
import { listenOnAnyPort, readText } from './plain-http';
import { partnerSchema } from './toy-schemas';

/** Both partners in one process: what they cost is the same for every engine. */
async function main(): Promise<void> {
  announce({ orders: await serve('orders'), crm: await serve('crm') });
}

async function serve(name: 'orders' | 'crm'): Promise<string> {
  const schema = partnerSchema(name, graphql);
  const documents = new Map<string, graphql.DocumentNode>();
  const server = createServer((request, response) => {
    void readText(request).then((text) => {
      const { query, variables } = JSON.parse(text) as { query: string; variables: object };
      const document = documents.get(query) ?? graphql.parse(query);
      documents.set(query, document);
      const result = graphql.executeSync({ schema, document, variableValues: { ...variables } });
      const body = Buffer.from(JSON.stringify(result));
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': body.byteLength,
      });
      response.end(body);
    });
  });
  server.keepAliveTimeout = 600_000;
  return listenOnAnyPort(server);
}

void main();
