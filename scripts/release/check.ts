import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rcompare } from 'semver';
import type { SchemaChange } from './federation-changes';
import { compositionErrors, schemaChanges } from './schema-changes';

const releases = 'schema/releases';
const marks = { breaking: '✗', dangerous: '!', safe: '+' } as const;

/**
 * `npm run schema:check`: holds schema/rewards.graphql against the SDL of the last release, and composes it
 * with the example subgraphs. Ends with exit code 1 on a breaking change or when they do not compose.
 */
async function main(): Promise<void> {
  const last = lastRelease(readdirSync(releases));
  const now = readFileSync('schema/rewards.graphql', 'utf8');
  const changes = await schemaChanges(readFileSync(join(releases, last), 'utf8'), now);
  const errors = compositionErrors({
    rewards: now,
    orders: readFileSync('examples/orders/schema.graphql', 'utf8'),
    crm: readFileSync('examples/crm/schema.graphql', 'utf8'),
  });
  process.stdout.write(report(last.replace('.graphql', ''), changes, errors));
  if (errors.length > 0 || count(changes, 'breaking') > 0) process.exitCode = 1;
}

/** The file of the newest version. */
function lastRelease(files: readonly string[]): string {
  const [last] = files
    .filter((file) => file.endsWith('.graphql'))
    .toSorted((a, b) => rcompare(a.replace('.graphql', ''), b.replace('.graphql', '')));
  if (last === undefined) throw new Error(`${releases} holds no release`);
  return last;
}

/** What breaks and what may, line by line; what is only new is counted. */
function report(release: string, changes: SchemaChange[], errors: string[]): string {
  const lines = changes
    .filter(({ severity }) => severity !== 'safe')
    .map(({ severity, path, message }) => `  ${marks[severity]} ${path}: ${message}`);
  const [breaking, dangerous, safe] = (['breaking', 'dangerous', 'safe'] as const).map((severity) =>
    count(changes, severity),
  );
  return [
    `Since ${release}: ${breaking} breaking (✗), ${dangerous} to look at (!), ${safe} safe`,
    ...lines,
    errors.length === 0 ? 'Composes with orders and crm' : 'Does not compose with orders and crm:',
    ...errors.map((error) => `  ✗ ${error}`),
    '',
  ].join('\n');
}

function count(changes: readonly SchemaChange[], severity: SchemaChange['severity']): number {
  return changes.filter((change) => change.severity === severity).length;
}

void main();
