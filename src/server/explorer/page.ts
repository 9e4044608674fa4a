import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { exampleOperations } from './operations';

interface Renderer {
  renderGraphiQL: (options: Record<string, unknown>) => string;
}

/** Not imported above: nine megabytes that most processes never need. */
const load = createRequire(__filename);

/** The explorer's page, made at the first visit and kept compressed. */
export interface Page {
  gzipped(): Promise<Buffer>;
  plain(): Promise<Buffer>;
}

/** Renders GraphiQL with one tab for each operation we ship; all tabs start with these headers. */
export function createPage({ headers }: { headers: Record<string, string> }): Page {
  let made: Promise<Buffer> | null = null;
  const gzipped = (): Promise<Buffer> => (made ??= render(JSON.stringify(headers, null, 2)));
  return { gzipped, plain: async () => promisify(gunzip)(await gzipped()) };
}

async function render(headers: string): Promise<Buffer> {
  const { renderGraphiQL } = load('@graphql-yoga/render-graphiql') as Renderer;
  const html = renderGraphiQL({
    title: 'Atomic Rewards',
    logo: '<span></span>',
    endpoint: '/graphql',
    subscriptionsProtocol: 'GRAPHQL_SSE',
    headers,
    defaultHeaders: headers,
    shouldPersistHeaders: true,
    defaultTabs: exampleOperations().map((operation) => ({ ...operation, headers })),
  });
  return promisify(gzip)(html.trimStart());
}
