import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  parse,
  type ObjectTypeDefinitionNode,
  type ObjectValueNode,
  type ValueNode,
} from 'graphql';
import { readPage, root, tableRows } from './markdown';

interface Permission {
  operation: string;
  scope: string;
  customer: boolean;
  platform: boolean;
}

function strings(node: ValueNode | ObjectValueNode): string[] {
  if (node.kind === 'StringValue') return [node.value];
  return node.kind === 'ListValue' ? node.values.flatMap(strings) : [];
}

/** Who may run each root field, as the committed schema says it to routers. */
function permissionsOfSchema(): Permission[] {
  const { definitions } = parse(readFileSync(join(root, 'schema/rewards.graphql'), 'utf8'));
  const roots = definitions.filter(
    (node): node is ObjectTypeDefinitionNode =>
      node.kind === 'ObjectTypeDefinition' &&
      /^(Query|Mutation|Subscription)$/.test(node.name.value),
  );
  return roots.flatMap(({ fields = [] }) =>
    fields.map((field) => {
      const directive = field.directives?.find(({ name }) => name.value === 'requiresScopes');
      const scopes = strings(directive!.arguments![0]!.value);
      const ofBrand = scopes.filter((scope) => !/^mu:(customer|platform)$/.test(scope));
      return {
        operation: field.name.value,
        scope: ofBrand.map((scope) => scope.slice('mu:'.length).toUpperCase()).join(),
        customer: scopes.includes('mu:customer'),
        platform: scopes.includes('mu:platform'),
      };
    }),
  );
}

function permissionsOfPage(): Permission[] {
  return tableRows(readPage('docs/graph.md'), 'operation').map(
    ([operation = '', brand = '', customer = '', platform = '']) => ({
      operation: operation.replaceAll('`', ''),
      scope: [...brand.matchAll(/`([A-Z]+)`/g)].map(([, scope]) => scope).join(),
      customer: customer !== '',
      platform: platform !== '',
    }),
  );
}

const byName = (a: Permission, b: Permission) => a.operation.localeCompare(b.operation);

describe('docs/graph.md', () => {
  it('says who may run each operation as the schema does', () => {
    expect(permissionsOfPage().sort(byName)).toEqual(permissionsOfSchema().sort(byName));
  });
});
