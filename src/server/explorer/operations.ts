import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A tab of the explorer. */
export interface ExampleOperation {
  query: string;
  /** JSON text, when a file with the operation's name and the ending `.json` stands beside it. */
  variables?: string;
}

/** The tabs that tell the main job in order come first; the others follow by name. */
const firstSteps = [
  'upsert-earn-rule',
  'identify-customer',
  'record-message',
  'record-attention',
  'customer-view',
];

function place(file: string): number {
  const step = firstSteps.indexOf(basename(file, '.graphql'));
  return step < 0 ? firstSteps.length : step;
}

/** Reads the operations shipped in `schema/operations`; none when they are not installed. */
export function exampleOperations(folder = operationsFolder()): ExampleOperation[] {
  if (folder === null || !existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .sort((a, b) => place(a) - place(b) || a.localeCompare(b))
    .map((name) => {
      const variables = join(folder, `${basename(name, '.graphql')}.json`);
      const query = readFileSync(join(folder, name), 'utf8');
      return existsSync(variables)
        ? { query, variables: readFileSync(variables, 'utf8') }
        : { query };
    });
}

/** The package's own folder, found from the source as well as from the compiled tree. */
function operationsFolder(): string | null {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) return null;
    folder = parent;
  }
  return join(folder, 'schema', 'operations');
}
