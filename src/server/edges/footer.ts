import type { FastifyInstance, FastifyRequest } from 'fastify';
import { walletLoader } from '../../ledger';
import { blankPng, footerImage, openOf, type FooterTheme } from '../../message-view';
import type { Link } from '../../platform/auth/link-token';
import type { MailEdge } from './mail-edge';
import { withoutEnding } from './token-in-path';

interface Footer {
  Params: { name: string };
  Querystring: { theme?: unknown };
}

/**
 * `GET /f/<token>.png`: the live count in the footer of a mail, as much of the balance as the brand may
 * see. Loading it is the same open as loading the pixel, and the count has it already. A link that is
 * not good, and a reader who has opted out, get a picture of nothing.
 */
export function footerRoute(scope: FastifyInstance, edge: MailEdge): void {
  scope.route<Footer>({
    method: ['GET', 'HEAD'],
    url: '/f/:name',
    handler: async (request, reply) => {
      const token = withoutEnding(request.params.name, '.png');
      const link = edge.open('footer', token, request);
      if (link !== null && request.method === 'GET') {
        await edge.record(openOf(link, request.headers['user-agent']), request);
      }
      const theme = request.query.theme === 'dark' ? 'dark' : 'light';
      const picture = link === null ? blankPng : await draw(edge, link, theme, request);
      return reply.type('image/png').send(picture);
    },
  });
}

async function draw(
  edge: MailEdge,
  { brandId, customerId }: Link,
  theme: FooterTheme,
  request: FastifyRequest,
): Promise<Buffer> {
  const wallet = await edge.reading(brandId, request, (context) =>
    walletLoader(context).load(customerId),
  );
  return footerImage(wallet, theme);
}
