import { serverAudits } from 'graphql-http';
import { startToyServer, type ToyServer } from '../support/toy-server';
import { developmentSecrets } from '../../src/platform/config';

/** The doors, with the headers that let the audit's plain requests in. */
const doors: [path: string, headers: Record<string, string>][] = [
  ['/graphql', { 'apollo-require-preflight': '1' }],
  ['/subgraph', { 'x-router-secret': developmentSecrets.routerSecret }],
];

let server: ToyServer;
beforeAll(async () => (server = await startToyServer()));
afterAll(() => server.close());

describe.each(doors)('GraphQL over HTTP at %s (d12)', (path, headers) => {
  const audits = serverAudits({
    url: () => `${server.url}${path}`,
    fetchFn: (url: string, init: RequestInit = {}) =>
      fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), ...headers } }),
  });
  // The router's door takes POST alone, which the specification allows.
  const applicable = audits.filter(({ name }) => path === '/graphql' || !name.includes('GET'));

  it.each(applicable.map((audit) => [audit.name, audit] as const))('%s', async (_name, audit) => {
    const result = await audit.fn();
    const reason = 'reason' in result ? result.reason : undefined;
    const accepted = audit.name.startsWith('MUST') ? ['ok'] : ['ok', 'notice', 'warn'];
    expect({ accepted, reason }).toEqual({
      accepted: expect.arrayContaining([result.status]),
      reason,
    });
  });
});
