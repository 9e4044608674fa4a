import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { execute, parse, validate, type DocumentNode, type ExecutionResult } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/fastify';
import { useServer } from 'graphql-ws/use/ws';
import type { IncomingHttpHeaders } from 'node:http';
import { WebSocketServer } from 'ws';
import { knowsSecret, readCaller, type Caller } from './caller';
import { badInput, type Subgraph } from './subgraph';

/** How a subgraph is served. */
export interface Serving<Context> {
  subgraph: Subgraph;
  port: number;
  /** The header that every request must carry, and what it must say. */
  secret: { header: string; value: string };
  /** Makes what the fields of one request share. */
  contextFor: (caller: Caller) => Context;
}

/** A subgraph that listens. */
export interface Served {
  url: string;
  close(): Promise<void>;
}

interface Operation {
  query?: unknown;
  variables?: Record<string, unknown>;
  operationName?: string;
}

/**
 * Serves a subgraph on 127.0.0.1 at `/graphql`: queries and mutations by POST, subscriptions by server-sent
 * events at the same address or by the WebSocket protocol `graphql-transport-ws`.
 */
export async function serve<Context extends Record<PropertyKey, unknown>>(
  options: Serving<Context>,
): Promise<Served> {
  const { subgraph, port, secret, contextFor } = options;
  const server = fastify({ bodyLimit: 1024 * 1024 });
  const stream = createHandler({
    onSubscribe: (request, { query, variables, operationName }) => ({
      schema: subgraph.schema,
      rootValue: subgraph.root,
      document: parse(query),
      variableValues: variables,
      operationName,
      contextValue: contextFor(readCaller(request.raw.headers)),
    }),
  });
  server.post('/graphql', async (request, reply) => {
    if (!knowsSecret(request.headers[secret.header], secret.value)) {
      return reply
        .code(401)
        .send({ errors: [{ message: `${secret.header} is missing or wrong` }] });
    }
    if (request.headers.accept?.includes('text/event-stream')) {
      await stream(request, reply);
      return reply;
    }
    return answer(request, reply, options);
  });
  const sockets = new WebSocketServer({ server: server.server, path: '/graphql' });
  useServer(
    {
      schema: subgraph.schema,
      roots: { query: subgraph.root, mutation: subgraph.root, subscription: subgraph.root },
      onConnect: ({ extra, connectionParams }) =>
        knowsSecret(
          headersOf(extra.request.headers, connectionParams)[secret.header],
          secret.value,
        ),
      context: ({ extra, connectionParams }) =>
        contextFor(readCaller(headersOf(extra.request.headers, connectionParams))),
    },
    sockets,
  );
  const url = await server.listen({ host: '127.0.0.1', port });
  const close = async () => {
    for (const socket of sockets.clients) socket.terminate();
    server.server.closeAllConnections();
    await server.close();
  };
  return { url: `${url}/graphql`, close };
}

async function answer<Context>(
  request: FastifyRequest,
  reply: FastifyReply,
  { subgraph: { schema, root }, contextFor }: Serving<Context>,
): Promise<FastifyReply> {
  const { query, variables, operationName } = (request.body ?? {}) as Operation;
  const document = read(query);
  const errors = document instanceof Error ? [document] : validate(schema, document);
  if (document instanceof Error || errors.length > 0) return reply.code(400).send({ errors });
  const result: ExecutionResult = await execute({
    schema,
    document,
    rootValue: root,
    contextValue: contextFor(readCaller(request.headers)),
    variableValues: variables,
    operationName,
  });
  return reply.send(result);
}

function read(query: unknown): DocumentNode | Error {
  if (typeof query !== 'string') return badInput('A query is missing.');
  try {
    return parse(query);
  } catch (error) {
    return error as Error;
  }
}

/** A gateway may send its headers with the upgrade, or in the first message where it cannot. */
function headersOf(headers: IncomingHttpHeaders, params: unknown): IncomingHttpHeaders {
  return { ...headers, ...(params as IncomingHttpHeaders | undefined) };
}
