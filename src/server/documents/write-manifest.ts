import { GraphQLError, Kind, parse, print, type DocumentNode } from 'graphql';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf, ManifestError } from './manifest';

/**
 * The manifest, in Apollo's format, of the `.graphql` files of a folder: of each its one named operation
 * with its fragments, printed as Apollo clients print them before they hash. Throws ManifestError.
 */
export function manifestOf(folder: string): string {
  const files = readdirSync(folder).filter((name) => name.endsWith('.graphql'));
  const operations = files.sort().map((file) => {
    const document = parsed(file, readFileSync(join(folder, file), 'utf8'));
    const { name, type } = operationOf(file, document);
    const body = print(document);
    return { id: hashOf(body), name, type, body };
  });
  const names = operations.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new ManifestError(`two operations are called ${twice}`);
  const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function parsed(file: string, text: string): DocumentNode {
  try {
    return parse(text, { noLocation: true });
  } catch (error) {
    if (error instanceof GraphQLError) throw new ManifestError(`${file}: ${error.message}`);
    throw error;
  }
}

function operationOf(file: string, { definitions }: DocumentNode): { name: string; type: string } {
  const [operation, ...others] = definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  if (operation?.name === undefined || others.length > 0) {
    throw new ManifestError(`${file}: it needs one operation, with a name`);
  }
  return { name: operation.name.value, type: operation.operation };
}
