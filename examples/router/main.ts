import { spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { runCompose } from '../../src/cli/compose';
import { printCustomer } from '../stack/customer-in-one-query';
import { brandKey, ready, runExample, startProgram } from '../stack/programs';
import { tellOfShoppers } from '../stack/shoppers';

/** Beside other data, where nothing that is built or checked looks. */
const folder = '.data/router';
const service = process.env['REWARDS_URL'] ?? `http://127.0.0.1:${process.env['PORT'] ?? 4000}`;
const routerPort = process.env['ROUTER_PORT'] ?? '4200';

/**
 * `npm run example:router`: the shop, the CRM and the service, and Hive Gateway before all three, which asks
 * the service at `/subgraph`. A service that runs already is taken as it is; BRAND_KEY then says who asks.
 */
async function main(): Promise<void> {
  installRouter();
  await Promise.all([
    startProgram({ file: 'dist/examples/orders/main.js' }, [ready]),
    startProgram({ file: 'dist/examples/crm/main.js' }, [ready]),
  ]);
  const key = await keyOfService();
  await tellOfShoppers({ url: `${service}/graphql`, key });
  const supergraph = resolve(folder, 'supergraph.graphql');
  const words = ['--router', `${service}/subgraph`, '--out', supergraph];
  if ((await runCompose(words)) !== 0) throw new Error('the supergraph does not compose');
  const url = `http://127.0.0.1:${routerPort}/graphql`;
  await startRouter(supergraph, {
    BRAND_KEY: key,
    BRAND_ID: await brandIdOf(key),
    ROUTER_SECRET: process.env['ROUTER_SECRET'] ?? 'demo-router-secret-not-for-production',
  });
  process.stdout.write(`Hive Gateway is ready at ${url}\n`);
  await printCustomer({ url, key });
}

/** The brand's key of the service that runs, or of one that is started. */
async function keyOfService(): Promise<string> {
  const runs = await fetch(`${service}/health/live`).then(
    ({ ok }) => ok,
    () => false,
  );
  const given = process.env['BRAND_KEY'];
  if (runs && given === undefined) {
    throw new Error(`a service runs at ${service}; set BRAND_KEY to the brand key it has printed`);
  }
  if (runs) return given as string;
  const [, key] = await startProgram({ file: 'dist/src/main.js' }, [ready, brandKey]);
  return key as string;
}

async function brandIdOf(key: string): Promise<string> {
  const answer = await fetch(`${service}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: '{ brand { id } }' }),
  });
  const { data } = (await answer.json()) as { data?: { brand: { id: string } | null } };
  if (data?.brand == null) throw new Error('BRAND_KEY is no key of a brand of this service');
  return data.brand.id;
}

async function startRouter(supergraph: string, env: Record<string, string>): Promise<void> {
  const file = 'node_modules/@graphql-hive/gateway/dist/bin.js';
  const at = ['--host', '127.0.0.1', '--port', routerPort];
  const words = ['supergraph', supergraph, ...at, '--config-path', 'gateway.config.ts'];
  await startProgram({ file, words, folder, env }, [/Listening on (http)/]);
}

/** A router is heavier than all of us; whoever only builds the service never installs it. */
function installRouter(): void {
  cpSync('examples/router', folder, { recursive: true });
  if (existsSync(`${folder}/node_modules/.package-lock.json`)) return;
  const words = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status } = spawnSync('npm', words, { cwd: folder, stdio: 'inherit' });
  if (status !== 0) throw new Error('the router could not be installed');
}

runExample(main);
