import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../platform/config';
import { RequestError } from '../platform/errors';
import { createPage } from './explorer/page';
import { sendError } from './json-errors';

/** What the explorer is opened with. */
export interface ExplorerOptions {
  /** Headers every tab starts with, such as the demo brand's key. */
  headers: Record<string, string>;
}

/** Everything the page needs is in the page; the browser is told to fetch from nowhere else. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' blob:",
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  'worker-src blob:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

type PageHook = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>;

/**
 * Adds the pages for developers: a browser that opens `/graphql` gets an explorer that works without
 * internet, `/sandbox` leads to Apollo Sandbox. Answers the hook that `/graphql` runs first. In
 * production there are none, and the hook answers 404.
 */
export function explorerRoutes(
  scope: FastifyInstance,
  config: Config,
  options: ExplorerOptions = { headers: {} },
): PageHook {
  const page = createPage(options);
  if (config.developerTools) {
    scope.get('/sandbox', async (request, reply) => {
      const endpoint = encodeURIComponent(`${request.protocol}://${request.host}/graphql`);
      const sandbox = `https://studio.apollographql.com/sandbox/explorer?endpoint=${endpoint}`;
      return reply.redirect(sandbox, 302);
    });
  }
  return async (request, reply) => {
    const wantsPage = request.method === 'GET' && /text\/html/.test(request.headers.accept ?? '');
    if (!wantsPage) return undefined;
    if (!config.developerTools) return sendError(request, reply, new RequestError('NOT_FOUND'));
    const encoding = request.headers['accept-encoding'];
    const gzipped = /\bgzip\b/.test(Array.isArray(encoding) ? encoding.join() : (encoding ?? ''));
    if (gzipped) void reply.header('content-encoding', 'gzip');
    return reply
      .type('text/html; charset=utf-8')
      .headers({ 'content-security-policy': contentSecurityPolicy, vary: 'accept-encoding' })
      .send(gzipped ? await page.gzipped() : await page.plain());
  };
}
