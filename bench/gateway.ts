import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { install, isInstalled } from './child';
import { startProcess, type BenchProcess } from './gateway/bench-process';
import { composeToy } from './gateway/compose-toy';
import { list, own, view, type BenchQuery } from './gateway/queries';
import { printRounds, runRounds, type Contender, type RoundSettings } from './gateway/rounds';

const built = 'dist/bench/gateway';
const settings: RoundSettings = {
  rounds: Number(process.env['BENCH_ROUNDS'] ?? 5),
  seconds: Number(process.env['BENCH_SECONDS'] ?? 5),
  connections: 32,
};

/** Our gateway against others, against what is written by hand, and against our own graph without one. */
async function main(): Promise<void> {
  installPeers();
  describeMachine();
  const running: BenchProcess[] = [];
  const start = async (file: string, environment: Record<string, string> = {}) => {
    const started = await startProcess(file, environment);
    running.push(started);
    return started;
  };
  try {
    const partners = await start(`${built}/partners-process.js`);
    const toy = composeToy(partners.urls);
    const shared = { TOY_GRAPH: JSON.stringify(toy) };
    const byUndici = { ...shared, HTTP_CLIENT: 'undici' };
    const alone = await start(`${built}/ours-process.js`);
    const ours = await start(`${built}/ours-process.js`, shared);
    await compareWithoutPartners(alone, ours);
    const engines: Record<string, BenchProcess> = {
      'this project, the gateway alone': await start(`${built}/engine-process.js`, shared),
      'this project, whole server': ours,
      'by hand, node:http and undici': await start(`${built}/by-hand-process.js`, shared),
      'Hive Gateway, undici as its client': await start('bench/peers/hive.js', byUndici),
      'Hive Gateway as it comes': await start('bench/peers/hive.js', shared),
      'Apollo Gateway, undici as its client': await start('bench/peers/apollo.js', byUndici),
      'Apollo Gateway as it comes': await start('bench/peers/apollo.js', shared),
    };
    for (const query of [view, list]) await compareEngines(engines, query);
  } finally {
    await Promise.all(running.map((one) => one.stop()));
  }
  describeLoad();
}

/** What our own fields cost at the door of a router, of clients, and of clients with partners beside. */
async function compareWithoutPartners(alone: BenchProcess, ours: BenchProcess): Promise<void> {
  const contender = (title: string, process: BenchProcess, door: string): Contender => ({
    title,
    process,
    url: process.urls[door] as string,
    headers: { 'x-router-secret': 'a-secret-for-the-benchmark' },
    query: own,
  });
  const graph = contender('/graphql, no partner', alone, 'graphql');
  const contenders = [
    graph,
    contender('/subgraph, no gateway', alone, 'subgraph'),
    contender('/graphql, two partners configured', ours, 'graphql'),
  ];
  printRounds(own.title, await runRounds(contenders, settings), graph);
}

async function compareEngines(
  engines: Record<string, BenchProcess>,
  query: BenchQuery,
): Promise<void> {
  const contenders = Object.entries(engines).map(([title, process]): Contender => {
    return { title, process, url: process.urls['graphql'] as string, query };
  });
  await demandSameAnswers(contenders);
  printRounds(query.title, await runRounds(contenders, settings), contenders[0] as Contender);
}

/** A faster engine that answers less would be no faster engine. */
async function demandSameAnswers(contenders: readonly Contender[]): Promise<void> {
  const [first, ...others] = await Promise.all(contenders.map((one) => askOnce(one)));
  for (const [at, other] of others.entries()) {
    if (isDeepStrictEqual(other, first)) continue;
    throw new Error(`${contenders[at + 1]?.title} answers something else than ours`);
  }
}

async function askOnce({ title, url, query }: Contender): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: query.text, variables: query.variables(7) }),
  });
  const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };
  if (data == null || errors !== undefined) throw new Error(`${title}: ${JSON.stringify(errors)}`);
  return data;
}

/** Other gateways have licences and weights we do not want in our own dependencies. */
function installPeers(): void {
  const folder = 'bench/peers';
  if (!isInstalled(folder) && !install(folder))
    throw new Error('the other gateways could not be installed');
}

function describeMachine(): void {
  const peers = [
    '@apollo/gateway',
    '@graphql-hive/gateway-runtime',
    '@graphql-hive/router-runtime',
  ];
  const versions = [
    `Node ${process.version}`,
    ...['graphql', '@apollo/server', '@graphql-hive/router-query-planner', 'undici'].map((name) =>
      versionOf(name, 'node_modules'),
    ),
    ...peers.map((name) => versionOf(name, 'bench/peers/node_modules')),
  ];
  process.stdout.write(`${new Date().toISOString()}, ${cpus().length} cores\n`);
  process.stdout.write(`${versions.join(', ')}\n`);
  process.stdout.write(`${JSON.stringify(settings)}; medians, and ratios round by round\n`);
  describeLoad();
}

function versionOf(name: string, folder: string): string {
  const text = readFileSync(join(folder, name, 'package.json'), 'utf8');
  return `${name} ${(JSON.parse(text) as { version: string }).version}`;
}

function describeLoad(): void {
  process.stdout.write(
    `load average ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}\n`,
  );
}

void main();
