import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { brandLoader } from '../../brands';
import { allowedDestination, clickOf } from '../../message-view';
import type { Link } from '../../platform/auth/link-token';
import type { MailEdge } from './mail-edge';

const noWay = 'This link is not valid, or not any more.\n';

/**
 * `GET /c/<token>`: records the click and leads on, to where the brand had signed the link to lead, as
 * long as the brand still lets links lead there. Everything else is one same page.
 */
export function clickRoute(scope: FastifyInstance, edge: MailEdge): void {
  scope.route<{ Params: { token: string } }>({
    method: ['GET', 'HEAD'],
    url: '/c/:token',
    handler: async (request, reply) => {
      const link = edge.open('click', request.params.token, request);
      const destination = link === null ? null : await destinationOf(edge, link, request);
      if (link === null || destination === null) return refuse(reply);
      if (request.method === 'GET') {
        await edge.record(clickOf(link, request.headers['user-agent']), request);
      }
      return reply.code(302).header('location', destination).send();
    },
  });
}

async function destinationOf(
  edge: MailEdge,
  { brandId, detail }: Link,
  request: FastifyRequest,
): Promise<string | null> {
  const brand = await edge.reading(brandId, request, (context) =>
    brandLoader(context).load(brandId),
  );
  return allowedDestination(detail ?? '', brand?.linkOrigins ?? []);
}

function refuse(reply: FastifyReply): FastifyReply {
  return reply.code(400).type('text/plain; charset=utf-8').send(noWay);
}
