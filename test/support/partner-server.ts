import { execute, GraphQLError, parse, validate } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/http';
import { useServer } from 'graphql-ws/use/ws';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { WebSocketServer } from 'ws';
import { makeSubgraph, type Reference, type Subgraph } from '../../examples/partner/subgraph';

/** What the fields of one request of a partner share: who asks, as the gateway says it. */
export type PartnerContext = { headers: IncomingHttpHeaders };

/** What a partner's graph is and how it answers. */
export interface PartnerGraph {
  /** Without the link to the specification, which is put before it. */
  sdl: string;
  fields?: Record<string, unknown>;
  entities?: Record<string, Reference<PartnerContext>>;
}

/** An operation that a partner was sent. */
export interface PartnerAsked {
  query: string;
  variables: Record<string, unknown>;
  headers: IncomingHttpHeaders;
}

/** A partner's subgraph on a port of its own, which remembers what it was asked. */
export interface PartnerServer {
  name: string;
  url: string;
  /** All operations but those for the SDL. */
  asked: PartnerAsked[];
  /** Has answers wait until they are released; `asked` resolves with the first operation that waits. */
  hold(): { asked: Promise<void>; release(): void };
  /** Becomes another graph, from the next request on. */
  become(graph: PartnerGraph): void;
  close(): Promise<void>;
}

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@authenticated", "@cost", "@external", "@inaccessible", "@interfaceObject", "@key", "@listSize",
  "@override", "@policy", "@provides", "@requires", "@requiresScopes", "@shareable", "@tag"
])\n`;

/**
 * Serves a graph at `/graphql` as partners do: operations by POST, subscriptions by server-sent events
 * or WebSocket at the same address.
 */
export async function startPartner(name: string, graph: PartnerGraph): Promise<PartnerServer> {
  let subgraph = subgraphOf(graph);
  let gate: Promise<void> | undefined;
  let heard = (): void => undefined;
  const asked: PartnerAsked[] = [];
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });
  const listened = (
    query: string,
    variables: Record<string, unknown> | null | undefined,
    headers: IncomingHttpHeaders,
  ) => {
    asked.push({ query, variables: variables ?? {}, headers });
    return {
      schema: subgraph.schema,
      rootValue: subgraph.root,
      document: parse(query),
      variableValues: variables ?? {},
      contextValue: { headers },
    };
  };
  const stream = createHandler({
    onSubscribe: ({ raw }, { query, variables }) => listened(query, variables, raw.headers),
  });
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.headers.accept?.includes('text/event-stream')) return stream(request, response);
    const { query, variables } = JSON.parse(await text(request)) as PartnerAsked;
    const { headers } = request;
    if (!query.includes('_service')) asked.push({ query, variables, headers });
    heard();
    await gate;
    const { schema, root: rootValue } = subgraph;
    const document = parse(query);
    const errors = validate(schema, document);
    const result =
      errors.length > 0
        ? { errors }
        : await execute({
            schema,
            rootValue,
            document,
            variableValues: variables,
            contextValue: { headers },
          });
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(result));
  };
  const sockets = new WebSocketServer({ server, path: '/graphql' });
  useServer(
    {
      onSubscribe: ({ extra }, _id, { query, variables }) =>
        listened(query, variables, extra.request.headers),
    },
    sockets,
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    name,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    asked,
    hold() {
      let release = (): void => undefined;
      gate = new Promise((resolve) => (release = resolve));
      return { release, asked: new Promise((resolve) => (heard = resolve)) };
    },
    become: (next) => (subgraph = subgraphOf(next)),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function subgraphOf({ sdl, fields = {}, entities = {} }: PartnerGraph): Subgraph {
  return makeSubgraph(`${link}${sdl}`, fields as Record<string, object>, entities as never);
}

/** An error of a partner with a code, and with words that no client may ever read. */
export function partnerError(code: string): GraphQLError {
  return new GraphQLError('partner-secret-words', { extensions: { code } });
}
