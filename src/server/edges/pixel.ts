import type { FastifyInstance } from 'fastify';
import { openOf } from '../../message-view';
import type { MailEdge } from './mail-edge';
import { withoutEnding } from './token-in-path';

/** One transparent pixel. */
const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/**
 * `GET /o/<token>.gif`: the invisible picture of a mail, whose loading is an open. The answer is the
 * same picture whatever the token is, so that it tells nobody anything.
 */
export function pixelRoute(scope: FastifyInstance, edge: MailEdge): void {
  scope.route<{ Params: { name: string } }>({
    method: ['GET', 'HEAD'],
    url: '/o/:name',
    handler: async (request, reply) => {
      if (request.method === 'GET') {
        const token = withoutEnding(request.params.name, '.gif');
        const link = edge.openQuietly('open', token, request);
        if (link !== null) await edge.record(openOf(link, request.headers['user-agent']), request);
      }
      return reply.type('image/gif').send(gif);
    },
  });
}
