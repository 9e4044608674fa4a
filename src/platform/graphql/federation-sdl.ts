import { getDocumentNodeFromSchema } from '@graphql-tools/utils';
import {
  Kind,
  lexicographicSortSchema,
  print,
  specifiedDirectives,
  visit,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { withCosts } from './cost-directives';

const linkUrl = 'https://specs.apollo.dev/link/v1.0';
const federationUrl = 'https://specs.apollo.dev/federation/v2.9';

/** What federation 2.9 lets a subgraph import. */
const federationDirectives = new Set([
  'authenticated',
  'composeDirective',
  'context',
  'cost',
  'extends',
  'external',
  'fromContext',
  'inaccessible',
  'interfaceObject',
  'key',
  'listSize',
  'override',
  'policy',
  'provides',
  'requires',
  'requiresScopes',
  'shareable',
  'tag',
]);

const standardDirectives = new Set(specifiedDirectives.map((directive) => directive.name));

/**
 * The SDL a router composes from: sorted, so that it changes only when the schema does, with what
 * fields cost, after a header that imports exactly the federation directives in use. Throws for a directive that neither
 * GraphQL nor federation knows.
 */
export function printSubgraph(schema: GraphQLSchema): string {
  const sorted = lexicographicSortSchema(schema);
  const document = withCosts(getDocumentNodeFromSchema(sorted), sorted);
  const definitions = document.definitions.filter(
    (definition) => definition.kind !== Kind.SCHEMA_DEFINITION,
  );
  const imports = usedDirectives(document).map((name) => `"@${name}"`);
  const header = [
    'extend schema',
    `  @link(url: "${linkUrl}")`,
    `  @link(url: "${federationUrl}", import: [${imports.join(', ')}])`,
  ];
  return `${header.join('\n')}\n\n${print({ ...document, definitions })}\n`;
}

function usedDirectives(document: DocumentNode): string[] {
  const used = new Set<string>();
  visit(document, { Directive: (node) => void used.add(node.name.value) });
  const imported = [...used].filter((name) => !standardDirectives.has(name)).sort();
  const unknown = imported.filter((name) => !federationDirectives.has(name));
  if (unknown.length > 0) throw new Error(`unknown directives: @${unknown.join(', @')}`);
  return imported;
}
