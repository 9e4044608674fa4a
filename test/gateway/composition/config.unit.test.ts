import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSupergraphConfig } from '../../../src/gateway';
import { ConfigError } from '../../../src/platform/config';

const folder = mkdtempSync(join(tmpdir(), 'supergraph-config-'));
const path = join(folder, 'supergraph.yaml');
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string, env: NodeJS.ProcessEnv = {}) {
  writeFileSync(path, text);
  return readSupergraphConfig(path, env);
}

/** The lines of the refusal, without the path they begin with. */
function refusals(text: string, env: NodeJS.ProcessEnv = {}): string[] {
  try {
    read(text, env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const lines = error.message.split('\n');
    for (const line of lines) expect(line.startsWith(`${path}: `)).toBe(true);
    return lines.map((line) => line.slice(path.length + 2));
  }
  return [];
}

const shop = (settings: string) => `subgraphs:
  shop:
    routing_url: http://shop.test/graphql
    schema: { sdl: "type Query { a: Int }" }
    ${settings}
`;

describe('supergraph.yaml', () => {
  it('says where partners are, what is sent to them and who passes policies', () => {
    const config = read(`
      federation_version: =2.9.0
      subgraphs:
        shop:
          routing_url: https://shop.test/graphql
          schema: { file: ./partners/shop.graphql }
          headers: { X-Shop-Secret: s }
          forward: [Accept-Language, accept-language]
          timeout: 250
        crm:
          schema:
            subgraph_url: http://crm.test/graphql
            introspection_headers: { authorization: Bearer b }
          subscription: { protocol: ws }
      policies: { support_staff: [[mu:platform], [mu:read, mu:write]] }
      contracts: { frontend: { exclude: [operator] } }
    `);
    expect(config.partners).toEqual([
      {
        settings: {
          name: 'shop',
          url: 'https://shop.test/graphql',
          headers: { 'x-shop-secret': 's' },
          forward: ['accept-language'],
          subscriptions: { protocol: 'sse', url: 'https://shop.test/graphql' },
          timeoutMs: 250,
        },
        schema: { kind: 'file', path: join(folder, 'partners/shop.graphql') },
      },
      {
        settings: {
          name: 'crm',
          url: 'http://crm.test/graphql',
          headers: {},
          forward: [],
          subscriptions: { protocol: 'ws', url: 'ws://crm.test/graphql' },
        },
        schema: {
          kind: 'url',
          url: 'http://crm.test/graphql',
          headers: { authorization: 'Bearer b' },
        },
      },
    ]);
    expect(config.policies.get('support_staff')).toEqual([
      ['mu:platform'],
      ['mu:read', 'mu:write'],
    ]);
    expect(config.contracts.get('frontend')).toEqual({ exclude: ['operator'], include: [] });
  });

  it.each(['', '\n', '# nothing yet\n'])(
    'is not taken for a configuration while it is %j',
    (text) => {
      expect(refusals(text)).toEqual(['is empty; what configures nothing is {}']);
    },
  );

  it('may configure nothing, and may list our own subgraph as rover wants it', () => {
    expect(read('{}').partners).toEqual([]);
    const ours = 'subgraphs: { rewards: { routing_url: nowhere, schema: { graphref: x } } }';
    expect(read(ours).partners).toEqual([]);
  });

  it('takes values from the environment', () => {
    const text = shop('headers: { a: "Bearer ${env.KEY}", b: "${env.NONE:-plain}" }');
    expect(read(text, { KEY: 'k1' }).partners[0]!.settings.headers).toEqual({
      a: 'Bearer k1',
      b: 'plain',
    });
  });

  it('leaves SDL as it is', () => {
    const text =
      'subgraphs: { shop: { routing_url: http://a.test, schema: { sdl: "# ${env.X}" } } }';
    expect(read(text).partners[0]!.schema).toEqual({ kind: 'sdl', sdl: '# ${env.X}' });
  });

  it.each<[string, string, string]>([
    ['an unknown key', shop('headrs: {}'), 'subgraphs.shop.headrs: is no setting'],
    ['an unknown key at the top', 'subgraph: {}', 'subgraph: is no setting'],
    [
      'a variable that is not set',
      shop('headers: { a: "${env.SHOP_SECRET}" }'),
      'subgraphs.shop.headers.a: the environment variable SHOP_SECRET is not set',
    ],
    [
      'a variable written otherwise',
      shop('headers: { a: "${SHOP_SECRET}" }'),
      'subgraphs.shop.headers.a: what is in ${…} must be written ${env.NAME}',
    ],
    [
      'an address that is none',
      'subgraphs: { shop: { routing_url: shop.test } }',
      'subgraphs.shop.routing_url: must be an address that begins with http:// or https://, without a login or a fragment',
    ],
    [
      'an address with a login',
      'subgraphs: { shop: { routing_url: "http://user:word@shop.test" } }',
      'subgraphs.shop.routing_url: must be an address that begins with http:// or https://, without a login or a fragment',
    ],
    [
      'two kinds of schema',
      'subgraphs: { shop: { schema: { file: a, sdl: b } } }',
      'subgraphs.shop.schema: needs one of file, subgraph_url and sdl',
    ],
    [
      'headers for a file',
      'subgraphs: { shop: { schema: { file: a, introspection_headers: { b: c } } } }',
      'subgraphs.shop.schema: has introspection_headers, which go to a subgraph_url only',
    ],
    [
      'a header that is ours to set',
      shop('headers: { X-Caller: brand }'),
      'subgraphs.shop.headers.X-Caller: is set by the gateway itself',
    ],
    [
      'a header that is never passed on',
      shop('forward: [accept-language, X-Router-Secret]'),
      'subgraphs.shop.forward.1: is never passed on from a client',
    ],
    [
      'a value that is no header',
      shop('headers: { a: "b\\r\\nc: d" }'),
      'subgraphs.shop.headers.a: is no value of a header',
    ],
    [
      'a name a planner could not use',
      'subgraphs: { "shop/one": {} }',
      'subgraphs.shop/one: must be a letter and at most 63 letters, digits, - or _ after it',
    ],
    [
      'server-sent events at a socket',
      shop('subscription: { protocol: sse, url: "ws://shop.test" }'),
      'subgraphs.shop.subscription: of the protocol sse goes to an http address',
    ],
    [
      'a contract of nothing',
      'contracts: { frontend: {} }',
      'contracts.frontend: needs exclude or include',
    ],
    [
      'another federation',
      'federation_version: 1',
      'federation_version: must be a version of federation 2',
    ],
    ['no tree', '- a', 'the file: Invalid input: expected object, received array'],
  ])('is refused for %s', (_what, text, line) => {
    expect(refusals(text)).toEqual([line]);
  });

  it.each([0, 600_001, 1.5])('is refused for a timeout of %d', (timeout) => {
    expect(refusals(shop(`timeout: ${timeout}`))).toEqual([
      expect.stringMatching(/^subgraphs\.shop\.timeout: /),
    ]);
    expect(refusals(shop('timeout: 600000'))).toEqual([]);
    expect(refusals(shop('timeout: 1'))).toEqual([]);
  });

  it('is refused with a line for each problem, and without what is secret', () => {
    const text = shop('headers: { a: "${env.KEY}", b: "${env.X}", c: "${env.Y}" }');
    const lines = refusals(text, { KEY: 'top-secret' });
    expect(lines).toHaveLength(2);
    expect(lines.join()).not.toContain('top-secret');
  });

  it('is refused when it is no YAML, by the line', () => {
    expect(refusals('subgraphs: {\n  shop: [')[0]).toMatch(/line \d/);
    expect(refusals('a: 1\na: 2')[0]).toContain('unique');
  });

  it('is refused when it is not there', () => {
    const missing = join(folder, 'nowhere.yaml');
    expect(() => readSupergraphConfig(missing, {})).toThrow(`${missing}: cannot be read (ENOENT)`);
  });
});
