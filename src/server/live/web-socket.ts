import type { FastifyRequest } from 'fastify';
import { GraphQLError, parse, type ExecutionArgs, type GraphQLFormattedError } from 'graphql';
import { makeHandler } from 'graphql-ws/use/@fastify/websocket';
import { RequestError } from '../../platform/errors';
import type { DocumentLookup } from '../documents/document-lookup';
import { withText } from '../documents/find-document';
import type { LiveOperations, LiveRequest, LiveResults } from './live-operations';

/** Connections are opened with `{"authorization": "Bearer …"}` in their first message, or the header. */
interface FirstMessage extends Record<string, unknown> {
  authorization?: unknown;
}

const anyDocument = parse('subscription { any }');

/**
 * Serves subscriptions over WebSocket, by the graphql-transport-ws protocol; where documents are looked
 * up, a message may carry an id beside an empty `query`.
 */
export function webSocket(
  live: LiveOperations,
  documents?: DocumentLookup,
): ReturnType<typeof makeHandler> {
  return makeHandler<FirstMessage>({
    async onConnect({ connectionParams, extra }) {
      try {
        await live.greet(askerOf(extra.request, connectionParams));
        return true;
      } catch (error) {
        if (error instanceof RequestError && error.status < 500) return false;
        throw error;
      }
    },
    async onSubscribe({ connectionParams, extra }, _id, payload) {
      try {
        const sent = documents ? (withText(payload, documents, false) as LiveRequest) : payload;
        const results = await live.start(askerOf(extra.request, connectionParams), sent);
        if (!(Symbol.asyncIterator in results)) return (results.errors ?? []).map(asGraphQLError);
        // What runs is decided; the library only has to be told that it is a subscription.
        return { document: anyDocument, contextValue: results } as unknown as ExecutionArgs;
      } catch (error) {
        return [live.refusal(error)];
      }
    },
    subscribe: ({ contextValue }) => contextValue as LiveResults,
    // Results come formatted already; the library would format them anew.
    onNext: (_context, _id, _payload, _args, result) => result,
    isProd: true,
  });
}

function asGraphQLError({ message, extensions }: GraphQLFormattedError): GraphQLError {
  return new GraphQLError(message, { extensions });
}

function askerOf(request: FastifyRequest, first: FirstMessage | undefined) {
  const said = first?.authorization ?? first?.['Authorization'];
  const authorization = typeof said === 'string' ? said : request.headers.authorization;
  return {
    headers: authorization === undefined ? {} : { authorization },
    address: request.ip,
    requestId: request.id,
  };
}
