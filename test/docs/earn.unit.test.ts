import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getOperationAST, getVariableValues, parse, print } from 'graphql';
import { serviceSchemas } from '../../src/server/create-service';
import { readPage, root } from './markdown';

const folder = 'docs/earn';
const pages = [
  ...readdirSync(join(root, folder)).map((file) => `${folder}/${file}`),
  'docs/analytics.md',
  'docs/micronbox.md',
  'docs/economics.md',
  'docs/orders.md',
  'docs/worth.md',
  'docs/segments.md',
  'docs/worth-model.md',
];
const operations = join(root, 'schema/operations');

const published = new Map(
  readdirSync(operations)
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => parse(readFileSync(join(operations, file), 'utf8')))
    .map((document) => [getOperationAST(document)?.name?.value, print(document)]),
);

interface Example {
  operation: string;
  /** What stands below it as its variables, if anything does. */
  variables: Record<string, unknown> | undefined;
}

function examplesOf(page: string): Example[] {
  const blocks = [...readPage(page).text.matchAll(/```(\w+)\n([\s\S]*?)```/g)];
  return blocks.flatMap(([, language, text], at) => {
    if (language !== 'graphql') return [];
    const next = blocks[at + 1];
    const variables =
      next?.[1] === 'json' ? (JSON.parse(next[2] ?? '') as Example['variables']) : undefined;
    return [{ operation: text ?? '', variables }];
  });
}

describe.each(pages)('%s', (page) => {
  it('is in the list of pages', () => {
    expect(readPage('docs/README.md').text).toContain(`(${page.replace('docs/', '')})`);
  });

  it('has an operation to run, and only published ones', () => {
    const examples = examplesOf(page);
    expect(examples.length).toBeGreaterThan(0);
    for (const { operation } of examples) {
      const document = parse(operation);
      const name = getOperationAST(document)?.name?.value;
      expect({ name, text: print(document) }).toEqual({ name, text: published.get(name) });
    }
  });

  it('has variables that fit', () => {
    const { publicSchema } = serviceSchemas();
    for (const { operation, variables } of examplesOf(page)) {
      if (variables === undefined) continue;
      const ast = getOperationAST(parse(operation));
      const { errors } = getVariableValues(publicSchema, ast?.variableDefinitions ?? [], variables);
      expect(errors?.map(({ message }) => message)).toBeUndefined();
    }
  });
});
