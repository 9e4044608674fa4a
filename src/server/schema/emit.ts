import 'reflect-metadata';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeOnce } from '../../gateway';
import { requestErrorCodes, userErrorCodes } from '../../platform/errors';
import { defaultLimits, limitSettings } from '../../platform/limits';
import { serviceSchemas } from '../create-service';
import { manifestOf } from '../documents/write-manifest';
import { topics } from '../features';

/**
 * Writes what is made from the code and committed beside it: the subgraph's SDL, the supergraph of
 * the examples, the manifest of the operations we ship and the tables of error codes, limits and topics. With `--check` nothing is written
 * and drift ends with exit code 1.
 */
const root = join(__dirname, '..', '..', '..', '..');

const generated: Record<string, () => string | Promise<string>> = {
  'schema/rewards.graphql': () => `${serviceSchemas().sdl.trimEnd()}\n`,
  'schema/supergraph.graphql': examplesSupergraph,
  'schema/persisted-operations.json': () => manifestOf(join(root, 'schema', 'operations')),
  'docs/errors.md': errorsPage,
  'docs/limits.md': limitsPage,
  'docs/topics.md': topicsPage,
};

async function examplesSupergraph(): Promise<string> {
  const path = join(root, 'examples', 'supergraph.yaml');
  const own = serviceSchemas();
  const { supergraph, problems } = await composeOnce(path, { env: {}, own, limits: defaultLimits });
  if (supergraph === undefined) throw new Error(problems.join('\n'));
  return `${supergraph.sdl.trimEnd()}\n`;
}

function errorsPage(): string {
  const business = Object.entries(userErrorCodes).map(
    ([code, meaning]) => `| \`${code}\` | ${meaning} |`,
  );
  const requests = Object.entries(requestErrorCodes).map(
    ([code, { status, meaning }]) => `| \`${code}\` | ${status} | ${meaning} |`,
  );
  return `${[
    '# Error codes',
    '',
    'Made from `src/platform/errors.ts` by `npm run schema:emit`.',
    '',
    '## `userErrors[].code`: the request ran, the business said no (HTTP 200)',
    '',
    'When the payload’s object is null, nothing was changed; the same key gets the same refusal again.',
    'Beside an object, the code says what was not done: an event that was stored but not paid, a customer',
    'of a list who is not known.',
    '',
    '| code | meaning |',
    '|---|---|',
    ...business,
    '',
    '## `errors[].extensions.code`: the request may not run, or something failed',
    '',
    'Order of precedence: identity, limits, shape, key, existence, state, funds.',
    '',
    '| code | HTTP status | meaning |',
    '|---|---|---|',
    ...requests,
  ].join('\n')}\n`;
}

function limitsPage(): string {
  const rows = Object.values(limitSettings).map(
    ({ variable, value, reason }) =>
      `| \`${variable}\` | ${value.toLocaleString('en')} | ${reason} |`,
  );
  return `${[
    '# Limits',
    '',
    'Made from `src/platform/limits.ts` by `npm run schema:emit`. Each is an environment variable.',
    '',
    '| variable | default | why |',
    '|---|---|---|',
    ...rows,
  ].join('\n')}\n`;
}

function topicsPage(): string {
  const rows = Object.entries(topics)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, sentence]) => `| \`${name}\` | ${sentence} |`);
  return `${[
    '# Topics',
    '',
    'Made from the features in `src/` by `npm run schema:emit`. [webhooks-out.md](webhooks-out.md) says how to be told of them.',
    '',
    '| topic | when it is told |',
    '|---|---|',
    ...rows,
  ].join('\n')}\n`;
}

async function main(check: boolean): Promise<void> {
  const stale: string[] = [];
  for (const [file, make] of Object.entries(generated)) {
    const path = join(root, file);
    const text = await make();
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
    if (!check) writeFileSync(path, text);
    stale.push(file);
  }
  const names = stale.join(', ');
  if (stale.length > 0) process.stdout.write(`${check ? 'stale' : 'written'}: ${names}\n`);
  if (check && stale.length > 0) process.exitCode = 1;
}

void main(process.argv.includes('--check'));
