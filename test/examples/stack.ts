import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { tellOfShoppers } from '../../examples/stack/shoppers';
import { brandId } from '../../src/platform/auth/principal-ids';
import { root } from '../docs/markdown';
import { afterwards } from '../support/afterwards';
import { SpawnedService } from '../support/spawned-service';
import { createTestDatabase } from '../support/test-database';

const run = promisify(execFile);

/** The shop, the CRM and the service before both, each a process on a port it chose itself. */
export interface Stack {
  service: SpawnedService;
  url: string;
  /** The demo brand's, whose orders and tickets these are. */
  brandKey: string;
  crm: SpawnedService;
  /** The path of its supergraph.yaml, which is looked at ten times a second. */
  config: string;
  /** Starts the CRM where it was before. */
  startCrmAgain(): Promise<void>;
}

/** An operation of examples/operations. */
export function operation(name: string): string {
  return readFileSync(join(root, `examples/operations/${name}.graphql`), 'utf8');
}

/**
 * Starts all three as `npm run example:stack` does, on databases of their own, after `npm run import` has
 * brought the shop's customers in. Needs a built service.
 */
export async function startStack(): Promise<Stack> {
  const [rewards, orders] = [await createTestDatabase(), await createTestDatabase({ empty: true })];
  afterwards(() => Promise.all([rewards.drop(), orders.drop()]));
  const env = { PATH: process.env['PATH'], DATABASE_URL: rewards.url, LOG_LEVEL: 'warn' };
  const purchases = join(root, 'examples/data/cdnow-sample.txt');
  const words = [join(root, 'dist/src/cli/import.js'), 'orders', purchases];
  await Promise.all([buildExamples(), run(process.execPath, words, { cwd: tmpdir(), env })]);
  const [demo] = await rewards.query<{ id: string }>(`SELECT id FROM brands WHERE slug = 'demo'`);
  const brand = brandId.encode(demo?.id as string);
  const shop = start('orders', {
    ORDERS_PORT: '0',
    ORDERS_BRAND: brand,
    ORDERS_DATABASE_URL: orders.url,
  });
  const crm = start('crm', { CRM_PORT: '0', CRM_BRAND: brand });
  const [shopUrl, crmUrl] = [await shop.ready(), await crm.ready()];
  const config = configFor(shopUrl, crmUrl);
  const service = new SpawnedService({
    DATABASE_URL: rewards.url,
    SUPERGRAPH_CONFIG: config,
    LIMIT_SUPERGRAPH_POLL_MS: '100',
    // A partner that was down is tried again soon, as far as a test is concerned.
    LIMIT_SUBGRAPH_PAUSE_MS: '500',
  });
  const url = await service.ready();
  const brandKey = /brand key +(\S+)/.exec(service.output)?.[1] as string;
  await tellOfShoppers({ url: `${url}/graphql`, key: brandKey });
  const stack: Stack = {
    service,
    url,
    brandKey,
    crm,
    config,
    async startCrmAgain() {
      stack.crm = start('crm', { CRM_PORT: new URL(crmUrl).port, CRM_BRAND: brand });
      await stack.crm.ready();
    },
  };
  return stack;
}

/** What `npm run example:build` adds to a built service. */
async function buildExamples(): Promise<void> {
  const swc = join(root, 'node_modules/@swc/cli/bin/swc.js');
  const words = [swc, 'examples', 'schema/generated', '--out-dir', 'dist', '--quiet'];
  await run(process.execPath, words, { cwd: root });
}

function start(example: string, env: Record<string, string>): SpawnedService {
  return new SpawnedService(env, { program: `dist/examples/${example}/main.js`, cwd: root });
}

/** The examples' own configuration, with the addresses that are theirs here. */
function configFor(shopUrl: string, crmUrl: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'rewards-stack-'));
  afterwards(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'supergraph.yaml');
  const text = readFileSync(join(root, 'examples/supergraph.yaml'), 'utf8')
    .replaceAll('http://127.0.0.1:4101', shopUrl)
    .replaceAll('http://127.0.0.1:4102', crmUrl)
    .replaceAll('ws://127.0.0.1:4102', crmUrl.replace('http', 'ws'))
    .replaceAll('file: ./', `file: ${join(root, 'examples')}/`);
  writeFileSync(path, text);
  return path;
}

/** Runs something, and says how many requests the gateway has sent to each partner for it. */
export async function counting<T>(
  { url }: Stack,
  work: () => Promise<T>,
): Promise<[T, Record<string, number>]> {
  const before = await requests(url);
  const result = await work();
  const after = await requests(url);
  const counts = Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)]);
  return [result, Object.fromEntries(counts) as Record<string, number>];
}

async function requests(url: string): Promise<Record<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = /^rewards_subgraph_request_duration_seconds_count\{(.*)\} (\d+)$/gm;
  const found: Record<string, number> = { orders: 0, crm: 0 };
  for (const [, labels = '', count] of text.matchAll(line)) {
    const subgraph = /subgraph="(\w+)"/.exec(labels)?.[1] as string;
    found[subgraph] = (found[subgraph] ?? 0) + Number(count);
  }
  return found;
}
