import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/fastify';
import type { LiveOperations, LiveResults } from './live-operations';

/** Carries a subscription over server-sent events (graphql-sse, distinct connections). */
export type EventStream = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** Serves subscriptions sent by POST; what may not run is refused before the stream begins. */
export function eventStream(live: LiveOperations): EventStream {
  const started = new WeakMap<object, LiveResults | ExecutionResult>();
  const handle = createHandler({
    authenticate: () => null,
    onSubscribe: ({ raw }) => started.get(raw) as LiveResults,
  });
  return async (request, reply) => {
    const { ip: address, id: requestId, headers } = request;
    const body = request.body ?? {};
    started.set(request, await live.start({ headers, address, requestId }, body));
    reply.hijack();
    reply.raw.setHeader('x-request-id', requestId);
    reply.raw.setHeader('x-content-type-options', 'nosniff');
    await handle(request, reply);
    return reply;
  };
}
