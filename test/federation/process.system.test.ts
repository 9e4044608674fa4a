import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterwards, cleanUp } from '../support/afterwards';
import { eventually, SpawnedService } from '../support/spawned-service';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { toyServer } from '../support/toy-partner';

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await createTestDatabase();
  afterwards(() => database.drop());
  folder = mkdtempSync(join(tmpdir(), 'rewards-gateway-'));
  afterwards(() => rmSync(folder, { recursive: true }));
});

afterEach(cleanUp);

const shop = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { parcels: Int }
  type Subscription { parcelMoved: Int }
`;

/** The path of a configuration with one partner. */
function configured(url = 'http://127.0.0.1:9/graphql'): string {
  const path = join(folder, 'supergraph.yaml');
  const subgraphs = { shop: { routing_url: url, schema: { sdl: shop } } };
  writeFileSync(path, JSON.stringify({ subgraphs }));
  return path;
}

function spawned(env: NodeJS.ProcessEnv): SpawnedService {
  return new SpawnedService({ DATABASE_URL: database.url, DATA_DIR: join(folder, 'data'), ...env });
}

const preloading = (file: string) => `--require ${join(__dirname, '../support', file)}`;

/** Parts of the gateway among what a service had loaded when it stopped. */
async function gatewayLoadedBy(env: NodeJS.ProcessEnv): Promise<Set<string>> {
  const list = join(folder, 'loaded');
  const NODE_OPTIONS = preloading('loaded-modules.js');
  const server = spawned({ ...env, NODE_OPTIONS, LOADED_MODULES: list });
  expect((await server.ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
  await server.kill('SIGTERM');
  const parts =
    /hive_router_query_planner(?=.*[.]node$)|federation-composition|dist\/src\/gateway(?=\/)/gm;
  return new Set(readFileSync(list, 'utf8').match(parts));
}

describe('A service without partners', () => {
  it('loads no part of the gateway, which one with partners does', async () => {
    expect(await gatewayLoadedBy({})).toEqual(new Set());
    const joined = await gatewayLoadedBy({ SUPERGRAPH_CONFIG: configured() });
    expect([...joined].sort()).toEqual([
      'dist/src/gateway',
      'federation-composition',
      'hive_router_query_planner',
    ]);
  });
});

describe('A service on a platform without the query planner', () => {
  const NODE_OPTIONS = preloading('without-planner.js');

  it('cannot start with partners, and says why in one line', async () => {
    const server = spawned({ NODE_OPTIONS, SUPERGRAPH_CONFIG: configured() });
    expect(await server.ended).toEqual({ code: 1, signal: null });
    expect(server.errors).toMatch(
      /^Atomic Rewards cannot start: SUPERGRAPH_CONFIG and SUPERGRAPH_SDL need the query planner, which cannot be loaded on \w+ \w+: [^\n]+\n$/,
    );
  });

  it('starts without partners', async () => {
    const server = spawned({ NODE_OPTIONS });
    expect((await server.ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
  });
});

describe('A service that is asked to stop while a partner hangs', () => {
  it('ends its streams and its requests within the drain time, and exits with 0', async () => {
    const heard: string[] = [];
    const closed: string[] = [];
    const hang = (request: IncomingMessage, response: ServerResponse): void => {
      const kind = request.headers.accept?.includes('event-stream') === true ? 'stream' : 'request';
      heard.push(kind);
      request.resume();
      response.once('close', () => closed.push(kind));
      if (kind === 'stream') {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      }
    };
    const partner = await toyServer(hang);
    afterwards(() => partner.close());
    const server = spawned({
      SUPERGRAPH_CONFIG: configured(partner.url),
      LIMIT_SUBGRAPH_TIMEOUT_MS: '600000',
      LIMIT_DRAIN_MS: '500',
    });
    const url = `${await server.ready()}/graphql`;
    const stream = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { parcelMoved }' }),
    });
    const streamed = stream.text().catch(() => 'cut off');
    const asked = server.ask('{ parcels }').catch(() => 'cut off');
    await eventually(() => heard.length === 2);
    const began = Date.now();
    server.child.kill('SIGTERM');
    const [ended] = await Promise.all([server.ended, streamed, asked]);
    expect(ended).toEqual({ code: 0, signal: null });
    expect(Date.now() - began).toBeLessThan(20_000);
    expect(await asked).toBe('cut off');
    await eventually(() => closed.length === 2);
    expect(closed.sort()).toEqual(['request', 'stream']);
    expect(server.output).toContain('cut off');
  });
});
