import { startToyServer, type Answer, type ToyServer } from '../support/toy-server';
import { productionEnv } from '../support/toy-service';

const sandbox = 'https://studio.apollographql.com';
const shop = 'https://shop.example';

function preflight(server: ToyServer, origin: string, more = {}): Promise<Answer> {
  return server.fetch('/graphql', {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,authorization',
      ...more,
    },
  });
}

const corsHeaders = ({ headers }: Answer): string[] =>
  [...headers.keys()].filter((name) => name.startsWith('access-control-'));

describe('pages of other origins', () => {
  let server: ToyServer;
  beforeAll(async () => {
    server = await startToyServer({ env: { CORS_ORIGINS: `${shop}, http://localhost:3000` } });
  });
  afterAll(() => server.close());

  it.each([sandbox, shop, 'http://localhost:3000'])('may call from %s (H13)', async (origin) => {
    const answer = await preflight(server, origin);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.headers.get('access-control-allow-methods')).toBe('GET, POST');
    expect(answer.headers.get('access-control-allow-headers')).toBe(
      'content-type, authorization, apollo-require-preflight, x-apollo-operation-name, x-cost, x-query-plan, rewards-position',
    );
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    expect(answer.headers.get('vary')).toContain('Origin');
    const call = await server.run('{ me { id } }', 'brand', { headers: { origin } });
    expect(call.headers.get('access-control-allow-origin')).toBe(origin);
    const refused = await server.run('{ me { id } }', 'unknown', { headers: { origin } });
    expect(refused.headers.get('access-control-allow-origin')).toBe(origin);
  });

  it.each([
    'https://evil.example',
    'null',
    'https://studio.apollographql.com.evil.example',
    'https://evil-studio.apollographql.com',
    'http://studio.apollographql.com',
    'https://studio.apollographql.com:8443',
    'https://STUDIO.apollographql.com',
    'https://shop.example.evil.example',
    'http://localhost:3001',
    '*',
  ])('get no header at %s (H13)', async (origin) => {
    const asked = await preflight(server, origin, {
      'access-control-request-private-network': 'true',
    });
    expect(asked.status).toBe(405);
    expect(corsHeaders(asked)).toEqual([]);
    const call = await server.run('{ me { id } }', 'brand', { headers: { origin } });
    expect(corsHeaders(call)).toEqual([]);
  });

  it('may reach a private network when it is Sandbox that asks', async () => {
    const header = { 'access-control-request-private-network': 'true' };
    const answer = await preflight(server, sandbox, header);
    expect(answer.headers.get('access-control-allow-private-network')).toBe('true');
    const unasked = await preflight(server, sandbox);
    expect(unasked.headers.get('access-control-allow-private-network')).toBeNull();
  });

  it('never reach the door for routers', async () => {
    const answer = await server.run('{ me { id } }', 'brand', {
      path: '/subgraph',
      headers: { origin: sandbox },
    });
    expect(corsHeaders(answer)).toEqual([]);
  });
});

describe('pages of other origins in production', () => {
  it('may call from the configured ones alone, and from no private network (H13)', async () => {
    const server = await startToyServer({ env: { ...productionEnv, CORS_ORIGINS: shop } });
    expect(corsHeaders(await preflight(server, sandbox))).toEqual([]);
    const header = { 'access-control-request-private-network': 'true' };
    const own = await preflight(server, shop, header);
    expect(own.headers.get('access-control-allow-origin')).toBe(shop);
    expect(own.headers.get('access-control-allow-private-network')).toBeNull();
    await server.close();
  });
});
