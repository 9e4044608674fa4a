import type { FastifyInstance } from 'fastify';
import type { Service } from '../service';
import { ampFormRoute } from './amp-form';
import { clickRoute } from './click';
import { footerRoute } from './footer';
import { MailEdge } from './mail-edge';
import { pixelRoute } from './pixel';
import { qrLandingRoute } from './qr-landing';

/**
 * The addresses that mails themselves call: pixel, footer, clicks and forms, each of which takes one
 * signed link and no other credential; and the address on a printed code, which takes none.
 */
export function mailRoutes(scope: FastifyInstance, service: Service): void {
  const edge = new MailEdge(service);
  scope.addHook('onRequest', async (_request, reply) => {
    void reply.headers({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    });
  });
  pixelRoute(scope, edge);
  footerRoute(scope, edge);
  clickRoute(scope, edge);
  ampFormRoute(scope, edge);
  qrLandingRoute(scope, edge);
}
