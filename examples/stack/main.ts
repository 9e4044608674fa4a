import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tellOfShoppers } from './shoppers';

const children: ChildProcess[] = [];

/** What the service prints when it is ready. */
const ready = /is ready at (\S+)/;
const brandKey = /brand key\s+(\S+)/;

/**
 * `npm run example:stack`: the shop, the CRM, and the service as their gateway; then three shoppers whom all
 * of them know, and what one query says of the first.
 */
async function main(): Promise<void> {
  await Promise.all([
    start('dist/examples/orders/main.js', [ready]),
    start('dist/examples/crm/main.js', [ready]),
  ]);
  const config = { SUPERGRAPH_CONFIG: 'examples/supergraph.yaml' };
  const [url, key] = await start('dist/src/main.js', [ready, brandKey], config);
  const graph = { url: url as string, key: key as string };
  await tellOfShoppers(graph);
  const query = readFileSync('examples/operations/customer-in-one-query.graphql', 'utf8');
  const answer = await fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${graph.key}` },
    body: JSON.stringify({ query, variables: { externalId: 'cdnow-00111' } }),
  });
  process.stdout.write(`${JSON.stringify(await answer.json(), null, 2)}\n`);
}

/** Starts a program and waits until it has printed all of these; answers what they caught. */
function start(
  file: string,
  awaited: readonly RegExp[],
  env: Record<string, string> = {},
): Promise<string[]> {
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const caught: string[] = [];
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      process.stdout.write(`${line}\n`);
      const found = awaited[caught.length]?.exec(line)?.[1];
      if (found !== undefined && caught.push(found) === awaited.length) resolve(caught);
    });
    child.once('error', reject);
    child.once('exit', () => {
      reject(new Error(`${file} ended`));
      stop();
    });
  });
}

function stop(): void {
  for (const child of children) child.kill('SIGTERM');
}

process.once('SIGINT', stop).once('SIGTERM', stop);
main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
  stop();
});
